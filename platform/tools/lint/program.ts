/** A project as one program of the compiler, with the state that `npm run typecheck` keeps in `.cache/`, too. */
import { dirname } from 'node:path'
import ts from 'typescript'
import { cleanState } from './unchanged.ts'

/** One project: its program, and what the compiler has to say about it. */
export type Project = {
  /** Made when it is first asked for: where every file is in the cache of a tool nobody needs it. */
  program(): ts.Program
  /** As the compiler would print it; empty where all is well. Files unchanged since the last time are not checked again; no program is built where none has changed. */
  typeComplaints(): string
}

/** Opens the project of a `tsconfig.json`. */
export const openProject = (configFile: string): Project => {
  const host: ts.FormatDiagnosticsHost = {
    getCurrentDirectory: () => dirname(configFile),
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  }
  const textOf = (complaints: readonly ts.Diagnostic[]): string =>
    complaints.length === 0 ? '' : ts.formatDiagnosticsWithColorAndContext(complaints, host)
  const config = ts.getParsedCommandLineOfConfigFile(configFile, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (complaint) => {
      throw new Error(textOf([complaint]))
    },
  })
  if (config === undefined) throw new Error(`${configFile} cannot be read`)
  const { fileNames: rootNames, options, errors: configFileParsingDiagnostics } = config
  const build = () => ts.createIncrementalProgram({ rootNames, options, configFileParsingDiagnostics })
  let built: ReturnType<typeof build> | undefined
  const builder = () => (built ??= build())
  const state = options.tsBuildInfoFile
  const clean = state === undefined ? undefined : cleanState(`${state}.clean`, configFile, rootNames)

  return {
    program: () => builder().getProgram(),
    typeComplaints: () => {
      if (clean?.isUnchanged() === true) return ''
      const program = builder()
      const complaints = [
        ...program.getConfigFileParsingDiagnostics(),
        ...program.getOptionsDiagnostics(),
        ...program.getSyntacticDiagnostics(),
        ...program.getGlobalDiagnostics(),
        ...program.getSemanticDiagnostics(),
      ]
      // `noEmit`: only the state of the check is written.
      const { diagnostics } = program.emit()
      const text = textOf(ts.sortAndDeduplicateDiagnostics([...complaints, ...diagnostics]))
      if (text === '') clean?.keep(program.getSourceFiles())
      return text
    },
  }
}

/** A project as one program of the compiler, with the state that `npm run typecheck` keeps in `.cache/`, too. */
import { dirname } from 'node:path'
import ts from 'typescript'

/** One project: its program, and what the compiler has to say about it. */
export type Project = {
  /** Made when it is first asked for: where every file is in the cache of a tool nobody needs it. */
  program(): ts.Program
  /** As the compiler would print it; empty where all is well. Files unchanged since the last time are not checked again. */
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
  const build = () => {
    const config = ts.getParsedCommandLineOfConfigFile(configFile, undefined, {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: (complaint) => {
        throw new Error(textOf([complaint]))
      },
    })
    if (config === undefined) throw new Error(`${configFile} cannot be read`)
    const { fileNames: rootNames, options, errors: configFileParsingDiagnostics } = config
    return ts.createIncrementalProgram({ rootNames, options, configFileParsingDiagnostics })
  }
  let built: ReturnType<typeof build> | undefined
  const builder = () => (built ??= build())

  return {
    program: () => builder().getProgram(),
    typeComplaints: () => {
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
      return textOf(ts.sortAndDeduplicateDiagnostics([...complaints, ...diagnostics]))
    },
  }
}

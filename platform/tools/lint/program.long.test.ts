import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProject } from './program.ts'
import { typedParserOver } from './typed-parser.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-program-'))
  const compilerOptions = {
    ...{
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      lib: ['es2015'],
      target: 'es2023',
      module: 'nodenext',
      types: [],
    },
    ...{ incremental: true, tsBuildInfoFile: 'state.tsbuildinfo' },
  }
  write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  write('package.json', '{"type": "module"}')
  write('used.ts', 'export const count = async (): Promise<number> => 1\n')
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const write = (name: string, text: string): void => {
  writeFileSync(join(folder, name), text)
}
const open = () => openProject(join(folder, 'tsconfig.json'))

/** Names of the rules that a type-aware linter over the project breaks into. */
const lint = async (): Promise<readonly (string | null)[]> => {
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: {
      files: ['*.ts'],
      plugins: { '@typescript-eslint': tseslint.plugin },
      languageOptions: { parser: typedParserOver(open()), parserOptions: { projectService: true } },
      rules: { '@typescript-eslint/no-floating-promises': 'error' },
    },
  })
  return (await eslint.lintFiles(['using.ts'])).flatMap(({ messages }) =>
    messages.map(({ ruleId }) => ruleId),
  )
}

describe('one program for lint and types', () => {
  it('tells what the compiler would tell, again from the kept state, and nothing once it is mended', () => {
    write('using.ts', `import { count } from './used.js'\nexport const name: string = await count()\n`)
    for (const project of [open(), open()]) expect(project.typeComplaints()).toMatch(/using\.ts[^]*TS2322/)
    // The file that changes is not the file that was wrong.
    write('used.ts', `export const count = async (): Promise<string> => 'one'\n`)
    expect(open().typeComplaints()).toBe('')
  })

  it('builds no program where nothing has changed since there was no complaint, and tells of the first that has', () => {
    mkdirSync(join(folder, 'node_modules'), { recursive: true })
    write('node_modules/.package-lock.json', '{}')
    const state = join(folder, 'state.tsbuildinfo')
    expect(open().typeComplaints()).toBe('')
    rmSync(state)
    expect(open().typeComplaints()).toBe('')
    expect(existsSync(state)).toBe(false)
    write('used.ts', `export const count = async (): Promise<number> => 1\n`)
    for (const project of [open(), open()]) expect(project.typeComplaints()).toMatch(/using\.ts[^]*TS2322/)
    expect(existsSync(state)).toBe(true)
  })

  it('answers rules that look beyond a file', async () => {
    write('using.ts', `import { count } from './used.js'\ncount()\n`)
    expect(await lint()).toEqual(['@typescript-eslint/no-floating-promises'])
    write('using.ts', `import { count } from './used.js'\nawait count()\n`)
    expect(await lint()).toEqual([])
  })
})

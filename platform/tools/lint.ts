/**
 * `npm run lint`: ESLint with a cache that tells no old lies. With `--types`, as `npm run check` runs it, the compiler's
 * complaints too: lint and types over one program cost little more than either alone.
 *
 * Type-aware rules look beyond a file, but ESLint's cache knows the file alone. A cached complaint may be out of date,
 * so files with complaints are linted again without the cache. A cached pass may be out of date too: CI starts without
 * a cache and finds it at the latest. The rules of this house are no part of ESLint's cache key, so they are put into
 * the cache's name.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ESLint, type Linter } from 'eslint'
import { openProject } from './lint/program.ts'
import { typedParserOver } from './lint/typed-parser.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const rules = ['eslint.config.js', 'platform/tools/lint/house-rules.js', 'package-lock.json', 'tsconfig.json']

function cacheFile(): string {
  const hash = createHash('sha256')
  for (const path of rules) hash.update(readFileSync(new URL(path, `file://${root}`)))
  return `.cache/eslint/${hash.digest('hex').slice(0, 16)}`
}

const project = openProject(`${root}tsconfig.json`)
const overrideConfig: Linter.Config[] = [
  { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parser: typedParserOver(project) } },
]

async function lintComplaints(): Promise<string> {
  const cached = new ESLint({
    cwd: root,
    overrideConfig,
    cache: true,
    cacheStrategy: 'content',
    cacheLocation: cacheFile(),
  })
  const complaints = (results: readonly ESLint.LintResult[]) =>
    results.filter(({ messages }) => messages.length > 0)

  const first = await cached.lintFiles(['.'])
  const doubtful = complaints(first).map(({ filePath }) => filePath)
  const isFresh = doubtful.length === 0
  const second = isFresh ? [] : await new ESLint({ cwd: root, overrideConfig }).lintFiles(doubtful)
  const found = complaints(second)
  if (found.length === 0) return ''
  const formatter = await cached.loadFormatter('stylish')
  return formatter.format(found, {})
}

const found = [process.argv.includes('--types') ? project.typeComplaints() : '', await lintComplaints()]
for (const text of found.filter((one) => one !== '')) {
  console.log(text)
  process.exitCode = 1
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ESLint } from 'eslint'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/**
 * A planted fault for every rule that carries a promise of ours. The text is linted as if it stood in `file` of a project
 * that holds nothing else, so that the type-aware rules start quickly.
 */
const planted: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['max-lines', 'platform/process/log.ts', 'export const a = 1\n'.repeat(401).replaceAll('const a', 'let a')],
  ['max-lines-per-function', 'platform/process/log.ts', `export function f() {\n${'  f()\n'.repeat(60)}}\n`],
  [
    'complexity',
    'platform/process/log.ts',
    `export const f = (n: number) => ${'n === 1 ? 2 : '.repeat(10)}3\n`,
  ],
  ['no-warning-comments', 'platform/process/log.ts', `// ${'TO'}${'DO'}: later\n`],
  ['no-console', 'platform/process/log.ts', "console.log('a')\n"],
  ['no-restricted-syntax', 'platform/process/log.ts', 'const a = 1\nexport default a\n'],
  ['no-restricted-properties', 'platform/process/log.ts', "export const a = process.env['A']\n"],
  [
    'no-restricted-imports',
    'platform/process/log.ts',
    "import { env } from 'node:process'\nexport const a = env['A']\n",
  ],
  ['house/reasoned-suppressions', 'platform/process/log.ts', '/* eslint-disable complexity */\n'],
  ['house/hash-across-folders', 'platform/process/log.ts', "export * from '../../domain/person.ts'\n"],
  ['house/hash-across-folders', 'workflows/messages.ts', "export * from '#workflows/index.ts'\n"],
  [
    'house/constant-log-message',
    'platform/process/log.ts',
    'declare const log: { info(m: string): void }\nexport const f = (n: string) => log.info(`found ${n}`)\n',
  ],
  ['@typescript-eslint/no-explicit-any', 'platform/process/log.ts', 'export const f = (a: any) => void a\n'],
  ['@typescript-eslint/no-floating-promises', 'platform/process/log.ts', 'Promise.resolve(1)\n'],
  [
    '@typescript-eslint/no-misused-promises',
    'platform/process/log.ts',
    'export const f = (a: Promise<boolean>) => (a ? 1 : 2)\n',
  ],
  [
    '@typescript-eslint/switch-exhaustiveness-check',
    'platform/process/log.ts',
    "export function f(a: 'x' | 'y') {\n  switch (a) {\n    case 'x':\n      return 1\n  }\n  return 2\n}\n",
  ],
  [
    '@typescript-eslint/consistent-type-imports',
    'platform/process/log.ts',
    "import { Agent } from 'node:http'\nexport const f = (a: Agent) => void a\n",
  ],
  [
    '@typescript-eslint/ban-ts-comment',
    'platform/process/log.ts',
    '// @ts-expect-error\nexport const a: string = 1\n',
  ],
  ['no-restricted-properties', 'workflows/messages.ts', "export const a = process.env['A']\n"],
  ...['fetch', 'process', 'crypto', 'setInterval'].map(
    (name) => ['no-restricted-globals', 'workflows/messages.ts', `export const a = ${name}\n`] as const,
  ),
  ['no-restricted-properties', 'domain/risk/facts.ts', 'export const a = Date.now()\n'],
  ['no-restricted-properties', 'domain/risk/facts.ts', 'export const a = Math.random()\n'],
]

const workflow = (body: string, head = "import * as wf from '@temporalio/workflow'\n") =>
  `${head}export async function story(input: { a: string }) {\n${body}\n}\n`

/** One example for each kind of Temporal rule; the others are the package's own concern. */
const temporal: readonly (readonly [rule: string, text: string])[] = [
  [
    'workflow-require-type-only-activity-imports',
    "import { a } from '../activities/index.ts'\nexport const b = a\n",
  ],
  [
    'workflow-no-node-or-dom-imports',
    "import { readFileSync } from 'node:fs'\nexport const a = readFileSync\n",
  ],
  ['workflow-no-console', workflow("console.log(input.a)\nawait wf.sleep('1s')")],
  ['workflow-no-throw-raw-error', workflow("await wf.sleep('1s')\nthrow new Error('a')")],
  [
    'workflow-message-name-literal',
    "import { defineSignal } from '@temporalio/workflow'\nconst n = 'a' + 'b'\nexport const s = defineSignal(n)\n",
  ],
  [
    'workflow-no-crypto-random',
    workflow("await wf.sleep('1s')\nreturn crypto.getRandomValues(new Uint8Array(1))"),
  ],
]

const root = mkdtempSync(join(tmpdir(), 'lint-'))
const settings = fileURLToPath(new URL('../../../eslint.config.js', import.meta.url))
let eslint: ESLint
beforeAll(() => {
  const compilerOptions = { target: 'es2023', module: 'nodenext', strict: true, noEmit: true, types: [] }
  const files = [...new Set([...planted.map(([, file]) => file), 'workflows/messages.ts'])]
  const contents = [
    ['tsconfig.json', JSON.stringify({ compilerOptions, include: ['**/*.ts'] })],
    ['package.json', '{ "type": "module" }'],
    ...files.map((file) => [file, 'export {}\n']),
  ]
  for (const [path = '', text = ''] of contents) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  eslint = new ESLint({ cwd: root, overrideConfigFile: settings })
})
afterAll(() => {
  rmSync(root, { recursive: true })
})

async function rulesFiredBy(filePath: string, text: string): Promise<readonly (string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, filePath) })
  return (result?.messages ?? []).map(({ ruleId }) => ruleId)
}

describe('lint rules fire on a planted fault', { timeout: 60_000 }, () => {
  it.each(planted)('%s in %s', async (rule, file, text) => {
    expect(await rulesFiredBy(file, text)).toContain(rule)
  })

  it.each(temporal)('temporal/%s in workflows', async (rule, text) => {
    expect(await rulesFiredBy('workflows/messages.ts', text)).toContain(`temporal/${rule}`)
  })

  it('lets clean text pass', async () => {
    expect(await rulesFiredBy('platform/process/log.ts', 'export const a = 1\n')).toEqual([])
  })
})

/**
 * `npm run test:coverage:workflows`: how much of the workflows the stories on a real server run through. Their code runs in a
 * sandbox, out of one bundle, where the test runner's coverage does not see it; V8 counts it all the same.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import type { Profiler } from 'node:inspector'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { convert } from 'ast-v8-to-istanbul'
import { parseAstAsync } from 'vite'
import { buildBundle } from '#activities/testing/bundle.ts'
import { countsVariable } from './counts.ts'

/** Least shares, per cent. */
const floors: Readonly<Record<string, number>> = { statements: 90, branches: 90 }

const root = fileURLToPath(new URL('../../', import.meta.url))
/**
 * Files whose tests play stories. Others do too (approvers, decisions, loops), through code that these run already: they
 * add nothing to the count (looked at one by one).
 */
const tests = [
  ...['stories', 'handover'].map((name) => `workflows/${name}.it.test.ts`),
  ...['stories', 'resets', 'operator', 'purposes', 'starts', 'impersonations', 'two-approvals'].map(
    (name) => `activities/stories/${name}.it.test.ts`,
  ),
]

type Counts = { readonly covered: number; readonly total: number; readonly missing: readonly number[] }
type Converted = Awaited<ReturnType<typeof convert>>[string]

/** Runs the stories, their workflows in the test's own thread. */
const play = (folder: string): readonly Profiler.ScriptCoverage[] => {
  for (const test of tests) if (!existsSync(join(root, test))) throw new Error(`${test} does not exist`)
  const env = { ...process.env, TEMPORAL_DEBUG: '1', [countsVariable]: folder }
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'it', ...tests], {
    stdio: 'inherit',
    env,
  })
  if (status !== 0) throw new Error('the stories failed')
  return readdirSync(folder).map(
    (name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profiler.ScriptCoverage,
  )
}

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const endOf = ({ functions }: Profiler.ScriptCoverage): number =>
  Math.max(...functions.flatMap(({ ranges }) => ranges.map(({ endOffset }) => endOffset)))

/** The counts of our own files, one list for each script that ran the bundle as it ships. */
const countsIn = async (scripts: readonly Profiler.ScriptCoverage[]) => {
  const path = await buildBundle()
  const code = readFileSync(path, 'utf8')
  rmSync(dirname(path), { recursive: true })
  const [, map = ''] =
    /sourceMappingURL=data:application\/json;[^,]*base64,([A-Za-z0-9+/=]+)/.exec(code) ?? []
  const sourceMap = JSON.parse(Buffer.from(map, 'base64').toString('utf8')) as never
  const same = scripts.filter((script) => endOf(script) === code.length)
  if (same.length === 0) throw new Error('no story ran the bundle')
  // Each script has a tree of its own: a conversion marks what it has counted, and the next would pass over it.
  return Promise.all(
    same.map((coverage) => convert({ code, sourceMap, coverage, ast: parseAstAsync(code) as never })),
  )
}

/** Statements or branches of a file that ran in any of the scripts. */
const sum = (
  files: readonly Converted[],
  of: (file: Converted) => readonly (readonly [line: number, n: number])[],
): Counts => {
  const lists = files.map(of)
  const missing = (lists[0] ?? []).flatMap(([line], index) =>
    lists.some((list) => (list[index]?.[1] ?? 0) > 0) ? [] : [line],
  )
  const total = lists[0]?.length ?? 0
  return { covered: total - missing.length, total, missing: [...new Set(missing)] }
}

const statementsOf = ({ s, statementMap }: Converted) =>
  Object.entries(s).map(([id, n]) => [statementMap[id]?.start.line ?? 0, n] as const)
const branchesOf = ({ b, branchMap }: Converted) =>
  Object.entries(b).flatMap(([id, list]) => list.map((n) => [branchMap[id]?.loc.start.line ?? 0, n] as const))

const folder = mkdtempSync(join(tmpdir(), 'countersign-counts-'))
const converted = await countsIn(play(folder))
rmSync(folder, { recursive: true })
const totals = { statements: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 } }
for (const path of Object.keys(converted[0] ?? {}).filter((name) =>
  /^workflows\/.+\.ts$/.test(relative(root, name)),
)) {
  const files = converted.flatMap((map) => map[path] ?? [])
  for (const [kind, counts] of [
    ['statements', sum(files, statementsOf)],
    ['branches', sum(files, branchesOf)],
  ] as const) {
    totals[kind].covered += counts.covered
    totals[kind].total += counts.total
    if (counts.missing.length > 0)
      say(`${relative(root, path)}: ${kind} not run at lines ${counts.missing.join(', ')}`)
  }
}
for (const [kind, { covered, total }] of Object.entries(totals)) {
  const share = (100 * covered) / total
  say(`workflows: ${share.toFixed(1)} % of ${kind} (${String(covered)} of ${String(total)})`)
  if (share < (floors[kind] ?? 100)) process.exitCode = 1
}

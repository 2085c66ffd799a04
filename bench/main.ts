/**
 * `npm run bench -- NAME`: measures the product beside a bare twin and prints one JSON object as its last line. What each
 * bench measures, and how, is in docs/performance.md. The exit code is 1 when a goal is missed.
 */
import type { Report } from './lib/report.ts'

/** Loaded one by one: what one bench needs must not burden another. */
const benches: Readonly<Record<string, () => Promise<{ run: () => Promise<Report> }>>> = {
  events: () => import('./events/run.ts'),
  overhead: () => import('./overhead/run.ts'),
  'portal-size': () => import('./portal-size/run.ts'),
  list: () => import('./list/run.ts'),
  memory: () => import('./memory/run.ts'),
  start: () => import('./start/run.ts'),
  notices: () => import('./notices/run.ts'),
  judgement: () => import('./judgement/run.ts'),
  score: () => import('./score/run.ts'),
  backtest: () => import('./backtest/run.ts'),
  directory: () => import('./directory/run.ts'),
  timing: () => import('./timing/run.ts'),
}

const name = process.argv[2] ?? ''
const load = benches[name]
if (load === undefined) {
  console.error(`There is no bench called "${name}"; there are ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
const { run } = await load()
const report = await run()
for (const { id, value, limit, met } of report.goals)
  console.error(`${met ? 'met    ' : 'MISSED '} ${id}: ${String(value)} (limit ${String(limit)})`)
console.log(JSON.stringify(report))
// Native threads of the workflow engine may linger after an orderly close.
process.exit(report.goals.every(({ met }) => met) ? 0 : 1)

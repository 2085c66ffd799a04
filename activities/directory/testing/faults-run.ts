/**
 * `npm run faults:directory -- --n 300`: so many resets on a real Samba domain controller, each with one fault on the wire,
 * and the domain's own count of passwords as the judge (R4). It continues where the last run ended, and adds to the figures
 * of docs/reliability.md; `--record` writes the new totals there.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { installPrograms, sambaPrograms } from '#dev/stack/directories/install.ts'
import { createActiveDirectory } from '../ldap/ad-adapter.ts'
import { startCuttingProxy } from './cutting-proxy.ts'
import { type Faulted, faultedReset, faultOf, isLie, withinLimits } from './faults.ts'
import { openSambaScene } from './samba-bench.ts'

/** The sum of all runs. `lies`: reported as done where it was not, or the other way round. */
type Tally = {
  resets: number
  writtenTwice: number
  lies: number
  unknown: number
  lostAndWritten: number
  lostAndNotWritten: number
  byKind: Record<string, number>
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)

const file = join(process.cwd(), '.data', 'faults-directory.json')
const document = join(process.cwd(), 'docs/reliability.md')
const columns = ['resets', 'writtenTwice', 'lies', 'unknown', 'lostAndWritten', 'lostAndNotWritten'] as const
/** The one row of figures of the table there. */
const row = /^\|( *[\d,]+ *\|){6}$/m

/** The tally as the document has it. @throws when it has none */
const readTally = (): Tally => {
  const cells = (row.exec(readFileSync(document, 'utf8'))?.[0] ?? '').split('|').slice(1, -1)
  const counts = cells.map((cell) => Number(cell.replaceAll(',', '')))
  if (counts.length !== columns.length) throw new Error('docs/reliability.md has no row of the tally')
  const [resets = 0, writtenTwice = 0, lies = 0, unknown = 0, lostAndWritten = 0, lostAndNotWritten = 0] =
    counts
  return { resets, writtenTwice, lies, unknown, lostAndWritten, lostAndNotWritten, byKind: {} }
}

/** Writes it there, each figure as wide as its column. */
const recordTally = (tally: Tally): void => {
  const text = readFileSync(document, 'utf8')
  const cells = (row.exec(text)?.[0] ?? '').split('|').slice(1, -1)
  const filled = columns.map((column, index) =>
    ` ${tally[column].toLocaleString('en')}`.padEnd(cells[index]?.length ?? 0),
  )
  writeFileSync(document, text.replace(row, `|${filled.join('|')}|`))
}

/** A reset sends about so many pieces. */
const pieces = 6

const add = (tally: Tally, faulted: Faulted): void => {
  const { cut, said, wasLost, writes } = faulted
  tally.resets += 1
  tally.byKind[cut.when] = (tally.byKind[cut.when] ?? 0) + 1
  if (writes > 1) tally.writtenTwice += 1
  if (said === 'unknown') tally.unknown += 1
  if (isLie(faulted)) tally.lies += 1
  if (wasLost && writes === 1) tally.lostAndWritten += 1
  if (wasLost && writes === 0) tally.lostAndNotWritten += 1
}

const { values } = parseArgs({
  options: { n: { type: 'string', default: '60' }, record: { type: 'boolean', default: false } },
})
const wanted = Number(values.n)
if (!Number.isInteger(wanted) || wanted < 1) throw new Error('Say how many: --n 300')
installPrograms(sambaPrograms, print)
const tally = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : readTally()
mkdirSync(dirname(file), { recursive: true })
const scene = await openSambaScene()
const proxy = await startCuttingProxy(scene.samba.port)
const options = scene.options({ url: `ldaps://localhost:${String(proxy.port)}` })
const through = withinLimits(createActiveDirectory(options))
const startedAt = Date.now()
try {
  for (let done = 0; done < wanted; done += 1) {
    const faulted = await faultedReset(scene.bench, through, proxy, faultOf(tally.resets, pieces))
    add(tally, faulted)
    if (faulted.writes > 1 || faulted.said === 'unknown') print(JSON.stringify(faulted))
    writeFileSync(file, JSON.stringify(tally, null, 2))
  }
} finally {
  await proxy.close()
  await scene.close()
}
print(`${String(wanted)} faulted resets in ${String(Math.round((Date.now() - startedAt) / 1000))} s; in all:`)
print(JSON.stringify(tally))
if (values.record) recordTally(tally)
if (tally.writtenTwice + tally.lies > 0) process.exitCode = 1
process.exit()

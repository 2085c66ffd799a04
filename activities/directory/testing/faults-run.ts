/**
 * `npm run faults:directory -- --n 300`: so many resets on a real Samba domain controller, each with one fault on the wire, and
 * the domain's own count of passwords as the judge (security.md R4). It goes on where the last run ended: the tally is kept in
 * `.data/faults-directory.json`, and what it came to stands in docs/reliability.md.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { installPrograms, sambaPrograms } from '#platform/embedded/directories/install.ts'
import { createActiveDirectory } from '../active-directory.ts'
import { steady, steadyOptions } from '../steady.ts'
import { type Cut, faultKinds, startCuttingProxy } from './cutting-proxy.ts'
import { faultedReset, type Faulted } from './faults.ts'
import { openSambaScene } from './samba-bench.ts'

/** What all runs came to. `lies`: said done where it was not, or the other way round. */
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
const nothing: Tally = {
  ...{ resets: 0, writtenTwice: 0, lies: 0, unknown: 0, lostAndWritten: 0, lostAndNotWritten: 0 },
  byKind: {},
}

/** A reset sends about so many pieces. */
const pieces = 6
/** Kinds that keep a connection waiting until its deadline come once in so many. */
const slowEvery = 30

/** The n-th fault: every quick kind at every piece in turn, and the slow ones now and then. */
const faultOf = (index: number): Cut => {
  const [quick, slow] = [faultKinds.slice(0, 4), faultKinds.slice(4)]
  const piece = 1 + (Math.floor(index / quick.length) % pieces)
  const kinds = index % slowEvery === slowEvery - 1 ? slow : quick
  return {
    piece,
    when: kinds[(kinds === slow ? Math.floor(index / slowEvery) : index) % kinds.length] ?? 'before',
  }
}

const add = (tally: Tally, { cut, said, wasLost, writes, signsIn }: Faulted): void => {
  tally.resets += 1
  tally.byKind[cut.when] = (tally.byKind[cut.when] ?? 0) + 1
  if (writes > 1) tally.writtenTwice += 1
  if (said === 'unknown') tally.unknown += 1
  else if ((said === 'done') !== (writes === 1 && signsIn)) tally.lies += 1
  if (wasLost && writes === 1) tally.lostAndWritten += 1
  if (wasLost && writes === 0) tally.lostAndNotWritten += 1
}

const { values } = parseArgs({ options: { n: { type: 'string', default: '60' } } })
const wanted = Number(values.n)
if (!Number.isInteger(wanted) || wanted < 1) throw new Error('Say how many: --n 300')
installPrograms(sambaPrograms, print)
const tally = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Tally) : nothing
mkdirSync(dirname(file), { recursive: true })
const scene = await openSambaScene()
const proxy = await startCuttingProxy(scene.samba.port)
const options = scene.options({ url: `ldaps://localhost:${String(proxy.port)}` })
// Each reset is by itself here: a breaker would keep most of them from being tried.
const through = steady(createActiveDirectory(options), { ...steadyOptions, failures: Infinity }).directory
const startedAt = Date.now()
try {
  for (let done = 0; done < wanted; done += 1) {
    const faulted = await faultedReset(scene.bench, through, proxy, faultOf(tally.resets))
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
if (tally.writtenTwice + tally.lies > 0) process.exitCode = 1
process.exit()

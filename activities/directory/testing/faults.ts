/** Resets with one fault on the wire, at every piece that the client sends, with the directory's own count as the judge (R4). */
import { setTimeout as rest } from 'node:timers/promises'
import { goodPassword, plain, writeOf, type DirectoryBench } from './bench.ts'
import { type Cut, type CuttingProxy, faultKinds } from './cutting-proxy.ts'
import type { Directory } from '../port.ts'
import { withLimits, directoryLimits } from '../limits.ts'

/** A log may be this far behind. */
const logMs = 2_000

/** The result of one faulted reset. `said`: our answer, or what reading back found where there was none. */
export type Faulted = {
  readonly cut: Cut
  readonly said: 'done' | 'not_done' | 'unknown'
  readonly wasLost: boolean
  readonly writes: number
  readonly signsIn: boolean
}

/** Resets a new account through the proxy with one cut, and reads back by the straight way. */
export const faultedReset = async (
  bench: DirectoryBench,
  throughProxy: Directory,
  proxy: CuttingProxy,
  cut: Cut,
): Promise<Faulted> => {
  const account = await bench.newAccount()
  const [write, password] = [await writeOf(bench, account), goodPassword()]
  const before = await bench.passwordWrites(account)
  proxy.cutAt(cut)
  const answer = await throughProxy.setPassword(write, password, plain).catch(() => null)
  proxy.cutAt({ piece: 0, when: 'before' })
  const said = answer === null ? (await bench.directory.readBack(write)).kind : wordOf(answer.kind)
  const signsIn = await bench.signsIn(account, password)
  const count = async (): Promise<number> => (await bench.passwordWrites(account)) - before
  return { cut, said, wasLost: answer === null, writes: await settled(count, signsIn), signsIn }
}

/** A directory's own log may be a moment behind what it holds. */
const settled = async (count: () => Promise<number>, signsIn: boolean): Promise<number> => {
  const until = Date.now() + logMs
  for (;;) {
    const writes = await count()
    if (writes > 0 || !signsIn || Date.now() > until) return writes
    await rest(25)
  }
}

const wordOf = (kind: string): Faulted['said'] => (kind === 'accepted' ? 'done' : 'not_done')

/** Kinds that keep a connection waiting until its deadline come once in so many. */
export const usualSlowEvery = 30
export const quickKinds = faultKinds.slice(0, 4)
const slowKinds = faultKinds.slice(4)

/** The n-th fault: every quick kind at every one of so many pieces in turn, and the slow ones now and then. */
export const faultOf = (index: number, pieces: number, slowEvery = usualSlowEvery): Cut => {
  const piece = 1 + (Math.floor(index / quickKinds.length) % pieces)
  const isSlow = index % slowEvery === slowEvery - 1
  const [kinds, turn] = isSlow ? [slowKinds, Math.floor(index / slowEvery)] : [quickKinds, index]
  const when = kinds[turn % kinds.length]
  return { piece, when: when ?? 'before' }
}

/**
 * The limits of every adapter, without the breaker: each reset is tested by itself here, and a breaker would keep most from
 * being tried.
 */
export const withinLimits = (directory: Directory): Directory =>
  withLimits(directory, { ...directoryLimits, failures: Infinity }).directory

/** True if it was reported as done where it was not, or the other way round; an unknown is no lie. */
export const isLie = ({ said, writes, signsIn }: Faulted): boolean =>
  said !== 'unknown' && (said === 'done') !== (writes === 1 && signsIn)

/** Measures how long some work blocks the one thread that does everything. */
import { existsSync, readFileSync } from 'node:fs'

/** Processor time of the main thread in milliseconds, or the clock where the system does not tell. */
const thread = '/proc/self/schedstat'
const threadMs = (): number =>
  existsSync(thread) ? Number(readFileSync(thread, 'utf8').split(' ')[0]) / 1e6 : performance.now()

const probeMs = 1

/** Milliseconds. `longestMs` and `p99Ms` by the clock, `longestCpuMs` of processor time: what a busy machine does not change. */
export type Blocking = {
  readonly ms: number
  readonly longestMs: number
  readonly p99Ms: number
  readonly longestCpuMs: number
}

/** Does the work, and looks each millisecond how long nothing else could run. */
export const blocking = async (work: () => Promise<unknown>): Promise<Blocking> => {
  const pauses: { readonly ms: number; readonly cpuMs: number }[] = []
  let last = { at: performance.now(), cpu: threadMs() }
  const begun = last.at
  const look = (): void => {
    const now = { at: performance.now(), cpu: threadMs() }
    pauses.push({ ms: Math.max(0, now.at - last.at - probeMs), cpuMs: now.cpu - last.cpu })
    last = now
  }
  const probe = setInterval(look, probeMs)
  await work()
  clearInterval(probe)
  look()
  const sorted = pauses.map(({ ms }) => ms).sort((a, b) => a - b)
  return {
    ms: performance.now() - begun,
    longestMs: sorted.at(-1) ?? 0,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
    longestCpuMs: Math.max(...pauses.map(({ cpuMs }) => cpuMs)),
  }
}

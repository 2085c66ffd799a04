/**
 * Gives garbage back to the system while there is no work. V8 collects its old generation when that has grown, and a
 * process without work does not grow: what a start or a burst of work left behind would stay for hours (35 MB in a worker
 * that has carried the seed to analytics; docs/performance.md).
 */
import { Session } from 'node:inspector'
import { setImmediate } from 'node:timers/promises'

/** How often it is looked whether there is work. Milliseconds. */
const lookEveryMs = 5_000
/** So many looks in a row must find no work: a collection keeps everything else waiting for some tenths of a second. */
const quietLooks = 2
/** Processor time of all threads above this share of a core is work; loops that look every second take less. */
const quietShare = 0.15
/** Less than this is not worth a collection: 8 MB, which a process without work leaves in some minutes. */
const worthBytes = 8 * 1024 * 1024

/** What it looks at, and does. */
export type IdleCollectorDeps = {
  readonly collect: () => Promise<void>
  /** Bytes of objects, dead ones included */
  readonly usedBytes: () => number
  /** Share of a core that was used since it was asked last */
  readonly cpuShare: () => number
  readonly everyMs: number
}

/** Starts looking. `look` does it once; the timer does it by itself and keeps no process alive. */
export function startIdleCollector(deps: Partial<IdleCollectorDeps> = {}): {
  look(): Promise<void>
  stop(): void
} {
  const { collect, usedBytes, cpuShare, everyMs } = { ...usual(), ...deps }
  let quiet = 0
  let afterLast = 0
  const look = async (): Promise<void> => {
    quiet = cpuShare() > quietShare ? 0 : quiet + 1
    if (quiet < quietLooks || usedBytes() < afterLast + worthBytes) return
    // One at a time.
    afterLast = Infinity
    await collect()
    afterLast = usedBytes()
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return {
    look,
    stop: () => {
      clearInterval(timer)
    },
  }
}

const usual = (): IdleCollectorDeps => ({
  collect: collectAll,
  usedBytes: () => process.memoryUsage().heapUsed,
  cpuShare: createCpuShare(),
  everyMs: lookEveryMs,
})

/**
 * V8's answer to a system that is short of memory, asked for within the process; no port is opened. What `--expose-gc` gives
 * frees objects, but neither moves those that are left together nor gives the pages between them back.
 */
async function collectAll(): Promise<void> {
  const session = new Session()
  session.connect()
  await new Promise<void>((resolve) => {
    session.post('HeapProfiler.collectGarbage', () => {
      resolve()
    })
  })
  // Not within its own answer: that waits for itself without end.
  await setImmediate()
  session.disconnect()
}

/** Share of a core since it was asked last: milliseconds by the clock, microseconds of processor time so far. */
export function createCpuShare(
  clock = () => performance.now(),
  read: () => NodeJS.CpuUsage = () => process.cpuUsage(),
): () => number {
  const usedMs = (): number => {
    const { user, system } = read()
    return (user + system) / 1000
  }
  let [at, used] = [clock(), usedMs()]
  return () => {
    const [now, usedNow] = [clock(), usedMs()]
    const share = (usedNow - used) / (now - at)
    ;[at, used] = [now, usedNow]
    return share
  }
}

import type { Logger } from './log.ts'

/** Something that has to be closed before the process may end. */
export type Stop = () => Promise<void> | void

/** The end of one part at the stop. */
export interface StopReport {
  readonly part: string
  readonly result: 'stopped' | 'failed' | 'timed_out'
}

/**
 * Stops parts one after the other, the last registered first, so that nothing is closed under those who use it.
 * A part that fails or hangs never keeps the others from stopping.
 */
export interface Shutdown {
  /** Registers a part right after it has started. */
  add(part: string, stop: Stop): void
  /** True from the first moment of the end: readiness must answer no. */
  readonly ending: boolean
  /** Stops everything. Called again it returns the same promise. */
  run(): Promise<readonly StopReport[]>
}

async function stopWithin(stop: Stop, limitMs: number): Promise<StopReport['result']> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<'timed_out'>((resolve) => {
    timer = setTimeout(() => {
      resolve('timed_out')
    }, limitMs)
  })
  const stopping = (async () => {
    await stop()
    return 'stopped' as const
  })().catch(() => 'failed' as const)
  const result = await Promise.race([stopping, limit])
  clearTimeout(timer)
  return result
}

/**
 * @param options.limitMs how long one part may take before the next one is stopped all the same
 */
export function createShutdown(options: { readonly log: Logger; readonly limitMs: number }): Shutdown {
  const parts: { part: string; stop: Stop }[] = []
  let running: Promise<readonly StopReport[]> | undefined
  async function stopAll(): Promise<readonly StopReport[]> {
    const reports: StopReport[] = []
    for (let next = parts.pop(); next !== undefined; next = parts.pop()) {
      const report = { part: next.part, result: await stopWithin(next.stop, options.limitMs) }
      if (report.result === 'stopped') options.log.info('part stopped', { part: next.part })
      else options.log.error('part did not stop', { part: next.part, reason: report.result })
      reports.push(report)
    }
    return reports
  }
  return {
    add: (part, stop) => void parts.push({ part, stop }),
    get ending() {
      return running !== undefined
    },
    run: () => (running ??= stopAll()),
  }
}

/** The signals that end a process in good order. */
const endingSignals = ['SIGINT', 'SIGTERM'] as const

/** `endOnSignal` needs this of `process`; given in tests. */
export interface SignalSource {
  on(signal: (typeof endingSignals)[number], listener: () => void): unknown
  exit(code: number): void
}

/**
 * Runs the shutdown on SIGINT and SIGTERM, then exits: 0 when every part stopped, 1 otherwise. A second signal exits at once.
 * Not for the worker process, whose signals belong to Temporal's runtime.
 */
export function endOnSignal(shutdown: Shutdown, source: SignalSource = process): void {
  for (const signal of endingSignals)
    source.on(signal, () => {
      if (shutdown.ending) {
        source.exit(1)
        return
      }
      void shutdown.run().then((reports) => {
        source.exit(reports.every(({ result }) => result === 'stopped') ? 0 : 1)
      })
    })
}

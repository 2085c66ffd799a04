import type { Inserter } from './client.ts'
import { clickHouseTime, eventRow, factRow } from './rows.ts'
import type { OutboxEvent } from './rows.ts'
import { events, progress, verifications } from './tables.ts'

/** Name of the relay's cursor in the database. */
export const relayCursor = 'analytics'

/** A place in the outbox (transaction number, id). */
export type Position = { readonly xid: string; readonly id: number }

/** The rows that `take` gives: the next ones after the cursor, in their final order. */
export type RelayBatch = {
  readonly from: Position
  /** When the cursor came to `from`; differs after a rewind, so that tokens do too. */
  readonly since: string
  readonly rows: readonly (OutboxEvent & Position)[]
  /** With these rows delivered, everything recorded up to then is; null when more may be waiting. */
  readonly completeTo: Date | null
}

/** The lines the relay writes; the worker's logger fits. */
export type RelayLog = {
  info(message: string, fields?: { readonly count?: number }): void
  warn(
    message: string,
    fields?: { readonly attempt?: number; readonly eventId?: string; readonly error?: unknown },
  ): void
}

/** The dependencies of the relay. */
export type RelayDeps = {
  readonly take: (limit: number) => Promise<RelayBatch>
  readonly advance: (from: Position, to: Position) => Promise<boolean>
  readonly inserter: Inserter
  readonly log: RelayLog
  readonly batch?: Partial<RelayBatching>
}

/** The size and the pace of batches. */
export type RelayBatching = {
  /** A block of so many rows goes out at once; the store wants few large blocks. */
  readonly fullRows: number
  readonly mostRows: number
  /** Smaller blocks go out at most this often. */
  readonly everyMs: number
  /** Longest wait between two tries while the store is down. */
  readonly mostBackOffMs: number
  /** "Complete up to" is written this often while nothing happens. */
  readonly progressEveryMs: number
}

const usual: RelayBatching = {
  fullRows: 1_000,
  mostRows: 2_000,
  everyMs: 1_000,
  mostBackOffMs: 30_000,
  progressEveryMs: 15_000,
}

/** The result of a pass, for metrics. */
export type RelayStatus = {
  readonly delivered: number
  /** Tries that failed since the last one that worked; 0 when all is well. */
  readonly failures: number
  /** Everything recorded up to then is in the store; null before the first complete pass. */
  readonly completeTo: Date | null
}

/** Carries the outbox to the analytics store. */
export type Relay = {
  /** Delivers one block and gives its number of rows. @throws when database or store fail; nothing is lost then */
  pass(): Promise<number>
  /** Passes until the signal. Failures are waited out, longer each time, and never end it. */
  run(signal: AbortSignal): Promise<void>
  status(): RelayStatus
}

/** Names the block by its content: the rows between two places of the outbox never change. */
const tokenOf = ({ from, since }: RelayBatch, last: Position, count: number): string =>
  ['relay', since, from.xid, from.id, last.xid, last.id, count].join(':')

/** Waits, or returns at once when the signal fires. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resume) => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resume()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
    if (signal.aborted) done()
  })

/** Puts one block into the store, then moves the cursor. */
async function deliver(
  { inserter, advance, log }: RelayDeps,
  found: RelayBatch,
  last: Position,
): Promise<void> {
  const token = tokenOf(found, last, found.rows.length)
  const facts = found.rows.flatMap((row) => {
    const fact = factRow(row)
    if (fact === null && row.verificationId !== null)
      log.warn('event does not say of which verification it is', { eventId: row.eventId })
    return fact ?? []
  })
  await inserter.insert(events, found.rows.map(eventRow), token)
  await inserter.insert(verifications, facts, token)
  await advance(found.from, { xid: last.xid, id: last.id })
}

/**
 * Delivery is at least once, and every table takes a second delivery without a change of any figure: first the rows
 * go into the store, then the cursor moves. A store that is down delays figures and loses none.
 */
export function createRelay(deps: RelayDeps): Relay {
  const { take, inserter, log } = deps
  const batching = { ...usual, ...deps.batch }
  let delivered = 0
  let failures = 0
  let completeTo: Date | null = null
  let progressDueAt = 0

  async function noteProgress(at: Date | null, anyRows: boolean): Promise<void> {
    const isDue = anyRows || performance.now() >= progressDueAt
    if (at === null || !isDue) return
    const time = clickHouseTime(at)
    await inserter.insert(progress, [{ name: 'relay', as_of: time }], `progress:${time}`)
    completeTo = at
    progressDueAt = performance.now() + batching.progressEveryMs
  }

  async function pass(): Promise<number> {
    const found = await take(batching.mostRows)
    const last = found.rows.at(-1)
    if (last !== undefined) await deliver(deps, found, last)
    delivered += found.rows.length
    await noteProgress(found.completeTo, last !== undefined)
    return found.rows.length
  }

  /** One pass that cannot throw; gives how long to wait before the next. */
  async function guardedPass(): Promise<number> {
    try {
      const count = await pass()
      if (failures > 0) log.info('analytics store follows again', { count })
      failures = 0
      return count >= batching.fullRows ? 0 : batching.everyMs
    } catch (error) {
      failures += 1
      // Once, not every time: an outage of an hour is one line, its end another.
      if (failures === 1) log.warn('analytics store cannot follow; rows wait', { attempt: failures, error })
      return Math.min(batching.everyMs * 2 ** (failures - 1), batching.mostBackOffMs)
    }
  }

  return {
    pass,
    run: async (signal) => {
      while (!signal.aborted) await pause(await guardedPass(), signal)
    },
    status: () => ({ delivered, failures, completeTo }),
  }
}

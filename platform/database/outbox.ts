import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from './connect.ts'
import { inRelay } from './transaction.ts'
import type { Tx } from './transaction.ts'

/** One row of the outbox. */
export type OutboxRow = {
  readonly xid: string
  readonly id: number
  readonly eventId: string
  readonly type: string
  readonly version: number
  readonly tenantId: string
  readonly verificationId: string | null
  readonly payload: unknown
  readonly occurredAt: Date
  readonly recordedAt: Date
}

/** The position of a reader: everything up to and including this row is delivered. */
export type OutboxPosition = { readonly xid: string; readonly id: number }

/** The rows that one look at the outbox found. */
export type OutboxBatch = {
  readonly from: OutboxPosition
  /** When the cursor came to `from`, ISO 8601; differs after a rewind. */
  readonly since: string
  readonly rows: readonly OutboxRow[]
  /** With all of `rows` delivered, everything recorded up to then is; null when there may be more rows waiting. */
  readonly completeTo: Date | null
}

/** Rows of the outbox in the order in which they may be read, for one named reader. */
export type Outbox = {
  /** The next rows after the cursor, at most `limit`. */
  take(limit: number): Promise<OutboxBatch>
  /** Moves the cursor; false when another process has moved it meanwhile. */
  advance(from: OutboxPosition, to: OutboxPosition): Promise<boolean>
  /** Back to the beginning: everything is delivered again. */
  rewind(): Promise<void>
  /** The number of rows that wait behind the cursor, counted up to `most`. */
  waiting(most: number): Promise<number>
}

/*
 * Ids are handed out before commit, so a reader that remembers only the last id skips the rows of a transaction that
 * was still open. Each row carries its transaction's number instead; a row may be read once
 * that number is below the oldest one still running, and (number, id) is then a final order.
 */
const nextRows = `
  select xid::text as xid, id, event_id as "eventId", type, version, tenant_id as "tenantId",
    verification_id as "verificationId", payload, occurred_at as "occurredAt", created_at as "recordedAt"
  from outbox
  where (xid, id) > ($1::text::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by outbox.xid, outbox.id limit $3
`

/** Asked before the rows are read: what is committed by now and readable will be among them. */
const horizon = `
  select coalesce(min(created_at), clock_timestamp()) as at from outbox
  where xid >= pg_snapshot_xmin(pg_current_snapshot())
`

const cursor = `
  select xid::text as xid, id, to_char(moved_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as since
  from relay_cursors where name = $1
`

type Cursor = OutboxPosition & { readonly since: string }

async function cursorOf(tx: Tx, name: string): Promise<Cursor> {
  const known = await tx.one<Cursor>(cursor, [name])
  if (known !== undefined) return known
  await tx.run('insert into relay_cursors (name) values ($1) on conflict do nothing', [name])
  const made = await tx.one<Cursor>(cursor, [name])
  if (made === undefined) throw new Error('The relay cursor cannot be read.')
  return made
}

/**
 * The outbox as one reader sees it. Needs the worker's role.
 * @param name the reader's cursor; two readers never share one
 */
export function openOutbox(db: Db, name: string): Outbox {
  return {
    take: (limit) =>
      inRelay(db, async (tx) => {
        const { xid, id, since } = await cursorOf(tx, name)
        const until = await tx.one<{ at: Date }>(horizon)
        const rows = await tx.query<OutboxRow>(nextRows, [xid, id, limit])
        return {
          from: { xid, id },
          since,
          rows,
          completeTo: rows.length < limit ? (until?.at ?? null) : null,
        }
      }),
    advance: (from, to) =>
      inRelay(db, async (tx) => {
        const moved = await tx.run(
          `update relay_cursors set xid = $4::text::xid8, id = $5, moved_at = clock_timestamp()
           where name = $1 and xid = $2::text::xid8 and id = $3`,
          [name, from.xid, from.id, to.xid, to.id],
        )
        return moved === 1
      }),
    rewind: () =>
      inRelay(db, async (tx) => {
        await cursorOf(tx, name)
        await tx.run(
          `update relay_cursors set xid = '0', id = 0, moved_at = clock_timestamp() where name = $1`,
          [name],
        )
      }),
    waiting: (most) =>
      inRelay(db, async (tx) => {
        const { xid, id } = await cursorOf(tx, name)
        const found = await tx.query(
          'select from outbox where (xid, id) > ($1::text::xid8, $2::bigint) limit $3',
          [xid, id, most],
        )
        return found.length
      }),
  }
}

/** Session locks of loops that only one process at a time runs; a number each, anywhere in the database. */
const locks = {
  relay: 7_301_946,
  imports: 7_301_947,
  thinFiles: 7_301_948,
  harvests: 7_301_949,
  directories: 7_301_950,
  signInLogs: 7_301_951,
} as const

/**
 * Runs `work` while this process alone holds the named lock; returns false at once when another one holds it. The lock ends
 * with its connection, so a killed process frees it. `lost` is called when that connection breaks during the work.
 */
export async function whileAlone(
  db: Db,
  lock: keyof typeof locks,
  work: () => Promise<void>,
  lost: () => void,
): Promise<boolean> {
  const client = await db.pool.connect()
  client.on('error', lost)
  let isClean = false
  try {
    const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [
      locks[lock],
    ])
    isClean = rows[0]?.got !== true
    if (isClean) return false
    try {
      await work()
    } finally {
      await client.query('select pg_advisory_unlock($1)', [locks[lock]]).then(
        () => (isClean = true),
        () => undefined,
      )
    }
    return true
  } finally {
    client.off('error', lost)
    // A connection that may still hold the lock is not handed on: its end frees it.
    client.release(!isClean)
  }
}

/**
 * Runs `work` for as long as this process holds the lock, and tries again whenever it does not: another process holds
 * it, the connection broke, or the work failed. Ends with the signal.
 * @param retryMs how long to wait between two tries
 */
export async function keepAlone(
  db: Db,
  lock: keyof typeof locks,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
  retryMs = 5_000,
): Promise<void> {
  while (!signal.aborted) {
    const lost = new AbortController()
    const both = AbortSignal.any([signal, lost.signal])
    // The work itself reports a failure; without the database there is nothing to do but wait for it.
    await whileAlone(
      db,
      lock,
      () => work(both),
      () => {
        lost.abort()
      },
    ).catch(() => false)
    if (!signal.aborted) await sleep(retryMs, undefined, { signal }).catch(() => undefined)
  }
}

import pg from 'pg'
import { clientConfig, type Db } from './connect.ts'
import type { Tx } from './transaction.ts'

/** The kinds of changes. Consoles re-fetch what they show, so no content travels. */
export const channels = ['verification', 'person', 'queue', 'settings', 'alarm'] as const

/** One channel. */
export type NotifyChannel = (typeof channels)[number]

/** A committed change of one row. */
export type Change = { readonly channel: NotifyChannel; readonly tenantId: string; readonly id: string }

/** Tells the listeners, once this transaction is committed, that a row changed. Ids only. */
export const notify = async (tx: Tx, channel: NotifyChannel, id: string): Promise<void> => {
  await tx.query('select pg_notify($1, $2)', [channel, `${tx.tenantId}/${id}`])
}

/** A running listener. */
export type Listener = { stop(): Promise<void> }

/** The options of a listener. */
export type ListenOptions = {
  readonly onChange: (change: Change) => void
  /**
   * The connection was lost and is back: changes in between are unknown, so listeners look at everything again.
   * Called after each (re)connection but the first.
   */
  readonly onGap?: () => void
  readonly onError?: (error: Error) => void
}

const longestPauseMs = 10_000

/**
 * Listens on one connection of its own; one per process. A lost connection is opened again, after a pause that
 * doubles up to ten seconds.
 * @throws when the first connection fails
 */
export async function listen(db: Db, options: ListenOptions): Promise<Listener> {
  const state: State = { stopped: false, client: undefined, timer: undefined }
  await open(db, options, state)
  return {
    stop: async () => {
      state.stopped = true
      clearTimeout(state.timer)
      await state.client?.end().catch(() => undefined)
    },
  }
}

type State = { stopped: boolean; client: pg.Client | undefined; timer: NodeJS.Timeout | undefined }

async function open(db: Db, options: ListenOptions, state: State): Promise<void> {
  const client = new pg.Client(clientConfig(db.options))
  client.on('notification', ({ channel, payload }) => {
    const [tenantId, id] = (payload ?? '').split('/')
    if (tenantId && id) options.onChange({ channel: channel as NotifyChannel, tenantId, id })
  })
  // While it is being set up, a failure rejects; afterwards it is reported here, perhaps more than once.
  let established = false
  const lose = (error?: Error) => {
    if (!established) return
    established = false
    if (error) options.onError?.(error)
    void client.end().catch(() => undefined)
    if (!state.stopped) reopen(db, options, state, 100)
  }
  client.on('error', lose)
  client.on('end', () => lose())
  try {
    await client.connect()
    for (const channel of channels) await client.query(`listen ${channel}`)
  } catch (error) {
    void client.end().catch(() => undefined)
    throw error
  }
  established = true
  state.client = client
  if (state.stopped) await client.end()
}

function reopen(db: Db, options: ListenOptions, state: State, pauseMs: number): void {
  state.timer = setTimeout(() => {
    open(db, options, state).then(
      () => options.onGap?.(),
      (error: unknown) => {
        options.onError?.(error instanceof Error ? error : new Error(String(error)))
        if (!state.stopped) reopen(db, options, state, Math.min(longestPauseMs, pauseMs * 2))
      },
    )
  }, pauseMs)
}

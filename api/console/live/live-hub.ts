import type { ServerResponse } from 'node:http'
import type { Change, NotifyChannel } from '#platform/database/notify.ts'
import { roomFor, type Holder } from './live-room.ts'

/** At most four batches a second reach a console. */
const flushMs = 250
const heartbeatMs = 15_000
/** An ended session loses its stream within this time (F4). */
const recheckMs = 4_000

/** Streams of one process, and of one session of staff. */
const limits = { streams: 2_000, perSession: 5 }

/** An open stream. */
export type LiveClient = Holder & {
  /** Gets alarms too; nobody else can see that there was one. */
  readonly isWatching: boolean
  readonly response: ServerResponse
  readonly isSignedIn: () => Promise<boolean>
}

/** Hands committed changes to open consoles: ids only, in batches, encoded once for all of a tenant. */
export type LiveHub = {
  /** True if a stream could be kept, at the cost of another one where need be. */
  hasRoom(of: Holder): boolean
  /** Keeps a stream until it closes, its session ends or its place is needed. */
  add(client: LiveClient): void
  change(change: Change): void
  /** Changes may have been missed: every console looks again. */
  gap(): void
  readonly size: number
  stop(): void
}

/** Channels that consoles hear of, with the name of their event there. */
const eventOf: Partial<Record<NotifyChannel, string>> = {
  verification: 'verifications',
  person: 'people',
  settings: 'settings',
  // The consoles of those who watch handle an alarm like any other change of the lines above the page.
  alarm: 'settings',
}

const encoded = (event: string, data: unknown): Buffer =>
  Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

const enter = (clients: Set<LiveClient>, client: LiveClient): void => {
  clients.add(client)
  client.response.on('close', () => clients.delete(client))
}

/** Ends a stream whose place is needed: its page looks again from time to time, and comes back when its reader does. */
const release = (clients: Set<LiveClient>, client: LiveClient): void => {
  clients.delete(client)
  client.response.end(encoded('pause', {}))
}

/** Makes a hub; nothing runs while nobody is connected but a timer. */
export const createLiveHub = (): LiveHub => {
  const clients = new Set<LiveClient>()
  /** Ids by tenant and channel. */
  const changed = new Map<string, Map<NotifyChannel, Set<string>>>()
  const send = (to: Iterable<LiveClient>, bytes: Buffer): void => {
    for (const client of to) client.response.write(bytes)
  }
  const ofTenant = (tenantId: string, isAlarm: boolean) =>
    [...clients].filter((client) => client.tenantId === tenantId && (client.isWatching || !isAlarm))
  const flush = setInterval(() => {
    for (const [tenantId, channels] of changed)
      for (const [channel, ids] of channels)
        send(ofTenant(tenantId, channel === 'alarm'), encoded(eventOf[channel] ?? channel, { ids: [...ids] }))
    changed.clear()
  }, flushMs)
  const heartbeat = setInterval(() => {
    send(clients, Buffer.from(':\n\n'))
  }, heartbeatMs)
  const recheck = setInterval(() => {
    for (const client of clients)
      void client.isSignedIn().then(
        (isSignedIn) => {
          if (!isSignedIn) client.response.end()
        },
        // The database is away: what cannot be checked does not stay open.
        () => client.response.end(),
      )
  }, recheckMs)
  for (const timer of [flush, heartbeat, recheck]) timer.unref()
  return {
    hasRoom: (of) => roomFor([...clients], of, limits) !== 'full',
    add: (client) => {
      const leaving = roomFor([...clients], client, limits)
      if (leaving !== 'full') enter(clients, client)
      if (leaving !== null) release(clients, leaving === 'full' ? client : leaving)
      if (leaving !== 'full') client.response.write('retry: 2000\n\n')
    },
    change: ({ tenantId, id, channel }) => {
      if (eventOf[channel] === undefined) return
      const ids = changed.get(tenantId) ?? new Map<NotifyChannel, Set<string>>()
      changed.set(tenantId, ids.set(channel, (ids.get(channel) ?? new Set()).add(id)))
    },
    gap: () => {
      send(clients, encoded('gap', {}))
    },
    get size() {
      return clients.size
    },
    stop: () => {
      for (const timer of [flush, heartbeat, recheck]) clearInterval(timer)
      for (const client of clients) client.response.end()
    },
  }
}

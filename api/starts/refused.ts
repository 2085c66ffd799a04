/** Starts that were refused: each of staff and of systems is an entry of the audit, those of nobody known are counted (G1). */
import { Counter, type Registry } from 'prom-client'
import type { Db } from '#platform/database/connect.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { Logger } from '#platform/process/log.ts'
import type { RouteName } from '../contract/routes.ts'
import type { Named } from '../http/limit-alarm.ts'

const metric = 'countersign_refused_starts_total'

/** Counts one, by who asked and why it was refused. */
export const countRefusedStart = (
  metrics: Registry,
  by: Named['kind'] | 'self_service',
  reason: string,
): void => {
  const known = metrics.getSingleMetric(metric) as Counter | undefined
  const counter =
    known ??
    new Counter({
      name: metric,
      help: 'Verifications that were asked for and not started, since the start.',
      labelNames: ['by', 'reason'],
      registers: [metrics],
    })
  counter.inc({ by, reason })
}

const starts: ReadonlySet<RouteName> = new Set(['console.startVerification', 'integration.startVerification'])

/** True if a route starts a verification. */
export const isStart = (name: RouteName): boolean => starts.has(name)

const textOf = (body: unknown, name: string): string | undefined => {
  const value = (body as Readonly<Record<string, unknown>> | null | undefined)?.[name]
  return typeof value === 'string' ? value : undefined
}

/** Records a start that a named caller asked for; `body` is what they sent, read before and found well formed. */
export const recordRefusedStart = (tx: Tx, actor: Named, reason: string, body: unknown): Promise<void> => {
  const personId = textOf(body, 'personId')
  const own = { kind: actor.kind === 'agent' ? ('staff' as const) : ('api_client' as const), id: actor.id }
  const object = personId === undefined ? own : { kind: 'person' as const, id: personId }
  const payload = { reason, purpose: textOf(body, 'purpose') ?? null }
  return recordEvents(tx, actor, null, [{ type: 'start.refused', object, payload }])
}

/** Between two entries about one organisation and reason, milliseconds: a flood fills no audit. */
const windowMs = 60_000

/** Refused starts of people themselves: the person who asked is not known, so nobody is named. */
export type RefusedStarts = { note(tenantId: string, reason: string): Promise<void> }

/** The first of a minute is an entry at once; those that follow within it are one entry at its end, with how many they were. */
export const createRefusedStarts = (
  { db, log, metrics }: { readonly db: Db; readonly log: Logger; readonly metrics: Registry },
  everyMs = windowMs,
): RefusedStarts => {
  const waiting = new Map<string, number>()
  const record = (tenantId: string, reason: string, count: number): Promise<void> =>
    inTenant(db, tenantId, (tx) =>
      recordEvents(tx, { kind: 'system', id: 'self_service' }, null, [
        { type: 'start.refused', object: { kind: 'tenant', id: tenantId }, payload: { reason, count } },
      ]),
    )
  const end = async (key: string, tenantId: string, reason: string): Promise<void> => {
    const count = waiting.get(key) ?? 0
    waiting.delete(key)
    if (count > 0) await record(tenantId, reason, count)
  }
  return {
    note: async (tenantId, reason) => {
      countRefusedStart(metrics, 'self_service', reason)
      const key = `${tenantId}/${reason}`
      const count = waiting.get(key)
      if (count !== undefined) {
        waiting.set(key, count + 1)
        return
      }
      waiting.set(key, 0)
      setTimeout(() => {
        end(key, tenantId, reason).catch((error: unknown) => {
          log.warn('refused starts could not be recorded', { tenantId, error })
        })
      }, everyMs).unref()
      await record(tenantId, reason, 1)
    },
  }
}

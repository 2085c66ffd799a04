import { randomUUID } from 'node:crypto'
import type { Queryable } from '../transaction.ts'

/** An event as a test records it; what is left out is made up. */
export type TestEvent = {
  readonly tenantId: string
  readonly id?: string
  readonly type?: string
  /** The case and object that it is about; null: none, so that analytics learn nothing. */
  readonly verificationId?: string | null
  readonly payload?: object
  readonly analytics?: object | null
  readonly occurredAt?: string
}

/** Records one event by `append_events`, as both processes do; gives its number in the chain. */
export const appendOne = async (on: Queryable, event: TestEvent): Promise<number | undefined> => {
  const { tenantId, verificationId = null, payload = {}, analytics = null } = event
  const row = {
    ...{ id: event.id ?? randomUUID(), type: event.type ?? 'verification.created', version: 1 },
    ...{ actor_kind: 'agent', actor_id: 'a1', actor_name: 'Alex Ünal' },
    ...{ object_kind: 'verification', object_id: verificationId ?? 'v1' },
    ...{ payload, analytics, occurred_at: event.occurredAt ?? null },
  }
  const sql = `select (append_events($1, $2, '{}', $3))[1] as seq`
  return (await on.one<{ seq: number }>(sql, [tenantId, verificationId, JSON.stringify([row])]))?.seq
}

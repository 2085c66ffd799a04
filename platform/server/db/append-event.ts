import { createHash } from 'node:crypto'
import { eventVersions, type EventPayload, type EventType } from '#domain/events/catalog.ts'
import type { Tx } from './transaction.ts'

/** Who did it, as the audit keeps it. `name` for staff only. */
export type EventActor = {
  readonly kind: 'agent' | 'participant' | 'api_client' | 'provider' | 'system'
  readonly id: string
  readonly name?: string | null
}

/** One event, ready to be recorded in the transaction of the state that it tells of. */
export type Event = {
  /** Repeatable: the same happening has the same id, so a second record of it changes nothing. */
  readonly id: string
  readonly type: EventType
  readonly actor: EventActor
  readonly object: { readonly kind: string; readonly id: string }
  readonly verificationId: string | null
  readonly payload: EventPayload
  /** What analytics may know (security.md E8); null where they do not follow this kind. */
  readonly analytics: EventPayload | null
  /** ISO 8601 UTC; the database's clock when absent. */
  readonly occurredAt?: string
}

/** A UUID that is always the same for the same parts (RFC 9562 version 8 over SHA-256). */
export const uuidOf = (...parts: readonly string[]): string => {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Records events: audit entry and outbox row, in this transaction (G1). Call it last: it holds the chain's head. */
export const appendEvents = async (tx: Tx, events: readonly Event[]): Promise<void> => {
  for (const event of events) {
    await tx.named(
      'append_event',
      'select append_event($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)',
      [
        tx.tenantId,
        event.id,
        event.type,
        eventVersions[event.type],
        event.actor.kind,
        event.actor.id,
        event.actor.name ?? null,
        event.object.kind,
        event.object.id,
        event.verificationId,
        JSON.stringify(event.payload),
        event.analytics === null ? null : JSON.stringify(event.analytics),
        event.occurredAt ?? null,
      ],
    )
  }
}

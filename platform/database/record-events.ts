import { createHash, randomUUID } from 'node:crypto'
import { analyticsPayload } from '#domain/events/analytics.ts'
import { eventVersions, type EventDraft, type EventPayload, type EventType } from '#domain/events/catalog.ts'
import type { Actor } from '#domain/verification/verification.ts'
import type { Tx } from './transaction.ts'

/** The actor, as the audit keeps it. `name` for staff only. */
export type EventActor = {
  readonly kind: 'agent' | 'participant' | 'approver' | 'api_client' | 'provider' | 'system'
  readonly id: string
  readonly name?: string | null
}

/** One event, ready to be recorded in the transaction of the state that it describes. */
export type Event = {
  /** Repeatable: the same happening has the same id, so a second record of it changes nothing. */
  readonly id: string
  readonly type: EventType
  readonly actor: EventActor
  readonly object: { readonly kind: string; readonly id: string }
  readonly payload: EventPayload
  /** Analytics may know this of the event beside its verification (E8). */
  readonly analytics: EventPayload
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

/*
 * The fields that every event of a verification gives analytics are read beside it (the fields of `AnalyticsVerification`);
 * looking things up is for the audit, figures are made of verifications only. Consoles learn of it with the commit.
 *
 * The person is asked for by a query within the row, here and in other statements that begin with one case: as a plain join,
 * a database without statistics yet begins with everybody and looks for the case once for each of them, in every month.
 */
const append = `
  select append_events($1, $2, (
      select jsonb_build_object('startedAt', iso_instant(v.created_at),
        'pseudonym', (select p.pseudonym from people p where p.tenant_id = v.tenant_id and p.id = v.person_id),
        'purpose', v.purpose, 'tier', v.tier, 'channel', v.channel, 'referrerKind', v.referrer_kind,
        'referrerId', case when v.referrer_kind <> 'self_service' then v.referrer_id end)
      from verifications v where v.tenant_id = $1 and v.id = $2
    ), $3),
    case when $4::boolean then pg_notify('verification', $1::uuid::text || '/' || $2::uuid::text) end,
    case when $5::uuid is not null then pg_notify('person', $1::uuid::text || '/' || $5::uuid::text) end
`

/** A draft, ready to be recorded. */
export const eventOf = (actor: Actor, draft: EventDraft, id: string): Event => ({
  id,
  type: draft.type,
  actor,
  object: draft.object,
  payload: draft.payload,
  analytics: analyticsPayload(draft, { actor, verification: null }),
  ...(draft.occurredAt === undefined ? {} : { occurredAt: draft.occurredAt }),
})

/** Says if open consoles fetch again once this is committed: something that they show has changed. */
export type Tell = 'quietly' | 'to_consoles' | ToPersonCards

/** To consoles, and to those that show the card of this person: a case of theirs starts or ends. */
type ToPersonCards = { readonly personId: string }

const paramsOf = (
  tx: Tx,
  verificationId: string | null,
  events: readonly Event[],
  tell: Tell,
): readonly unknown[] => {
  const rows = events.map((event) => ({
    id: event.id,
    type: event.type,
    version: eventVersions[event.type],
    actor_kind: event.actor.kind,
    actor_id: event.actor.id,
    actor_name: event.actor.name ?? null,
    object_kind: event.object.kind,
    object_id: event.object.id,
    payload: event.payload,
    analytics: event.analytics,
    occurred_at: event.occurredAt ?? null,
  }))
  const isTold = tell !== 'quietly' && verificationId !== null
  const personId = typeof tell === 'object' ? tell.personId : null
  return [tx.tenantId, verificationId, JSON.stringify(rows), isTold, personId]
}

/** Records events, in one of the two ways below. */
export type AppendEvents = (
  tx: Tx,
  verificationId: string | null,
  events: readonly Event[],
  tell?: Tell,
) => Promise<void>

/**
 * Records events of one verification, or of none: audit entries and outbox rows, in this transaction and in one statement
 * (G1). Call it last: it holds the chain's head.
 */
export const appendEvents: AppendEvents = async (tx, verificationId, events, tell = 'quietly') => {
  await tx.named('append_events', append, paramsOf(tx, verificationId, events, tell))
}

/** The same where nothing of the transaction comes after it: the commit travels with it, and frees the chain's head. */
export const appendLastEvents: AppendEvents = async (tx, verificationId, events, tell = 'quietly') => {
  await tx.last('append_events', append, paramsOf(tx, verificationId, events, tell))
}

/**
 * Records what happened, in the transaction of the rows it describes (G1). Last in a transaction: it holds the tenant's chain
 * head.
 * @param ids one repeatable id for each event where the same happening may be recorded twice
 */
export const recordEvents = (
  tx: Tx,
  actor: Actor,
  verificationId: string | null,
  drafts: readonly EventDraft[],
  ids: readonly string[] = [],
  tell: Tell = 'quietly',
): Promise<void> =>
  appendEvents(
    tx,
    verificationId,
    drafts.map((draft, index) => eventOf(actor, draft, ids[index] ?? randomUUID())),
    tell,
  )

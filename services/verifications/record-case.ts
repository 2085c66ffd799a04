/** The workflow's records of a verification: whole snapshots, guarded by (run start, seq). */
import { analyticsPayload } from '#domain/events/analytics.ts'
import type { EventPayload, EventType } from '#domain/events/catalog.ts'
import type { Actor } from '#domain/verification/verification.ts'
import type { ActorRef } from '#workflows/messages.ts'
import type { CaseRef, RecordedMove, Snapshot } from '#workflows/verification/activity-types.ts'
import type { WorkerSignature } from '#platform/crypto/worker-signature.ts'
import { appendEvents, uuidOf, type AppendEvents, type Event } from '#platform/database/record-events.ts'
import type { Tx } from '#platform/database/transaction.ts'
import {
  bytesInJson,
  insertCase,
  notDecided,
  notScored,
  updateCase,
  type CaseDecided,
  type CaseScored,
  type CaseState,
  type CaseUpdate,
} from './case-row.ts'
import type { Scored } from './verifications.ts'

/** The decider, and the reason. */
export type Decided = {
  readonly actor: Actor
  readonly reason: string
  /** Member of staff who gave the second approval. */
  readonly secondBy?: string
  /** The signature of an approval, as the worker made it. */
  readonly signature?: WorkerSignature & { readonly sessionId: string | null }
}

/** A record: the state after these moves, and what came with them on the same row. */
export type CaseRecord = {
  readonly case: CaseRef
  readonly snapshot: Snapshot
  readonly moves: readonly RecordedMove[]
  /** Added to the event of the move with this seq. */
  readonly payloads?: Readonly<Record<number, EventPayload>>
  readonly scored?: Scored
  readonly decided?: Decided
  /** Events that led to the moves are recorded before them. */
  readonly before?: readonly Event[]
  /** Match codes typed since the last record. */
  readonly codeTries?: number
}

const eventsOfMove: Readonly<Record<RecordedMove['move'], readonly EventType[]>> = {
  create: ['verification.created'],
  deliver: ['link.sent'],
  fail_delivery: ['link.undelivered'],
  open: ['verification.opened'],
  begin: ['verification.answering_begun'],
  complete: ['verification.scored'],
  hand_over: ['verification.handed_over'],
  approve: ['verification.decided', 'verification.closed'],
  refuse: ['verification.decided', 'verification.closed'],
  end_short: ['verification.closed'],
  expire: ['verification.closed'],
  cancel: ['verification.closed'],
  report: ['verification.closed'],
}

/**
 * Nothing moves a case that is closed, so that its start, sent once more, opens it no second time.
 *
 * Stores a record: the row if it is newer, then its events, in this transaction. False: an older or repeated record,
 * which changes nothing and is a success. Last in a transaction, as every event is.
 * @param append `appendLastEvents` where nothing at all follows
 */
export const recordCase = async (
  tx: Tx,
  record: CaseRecord,
  append: AppendEvents = appendEvents,
): Promise<boolean> => {
  const born = isBirth(record) ? await insert(tx, record) : undefined
  if (born === undefined && !(await update(tx, record))) return false
  const { verificationId, personId } = record.case
  const events = [...(record.before ?? []), ...(await eventsOf(tx, record, born))]
  // Open cases and tries are on the person card too.
  const isOnCard = isBirth(record) || record.snapshot.state === 'closed'
  await append(tx, verificationId, events, isOnCard ? { personId } : 'to_consoles')
  return true
}

const isBirth = ({ moves }: CaseRecord): boolean => moves.some((move) => move.move === 'create')

const update = async (tx: Tx, record: CaseRecord): Promise<boolean> => {
  const row: CaseUpdate = {
    ...stateOf(record),
    ...(record.scored === undefined ? notScored : scoredRow(record.scored)),
    ...(record.decided === undefined ? notDecided : decidedRow(record.decided)),
    code_tries: record.codeTries ?? 0,
  }
  return updateCase(tx, record.case.verificationId, row)
}

const timeOf = (moves: readonly RecordedMove[], ...wanted: readonly RecordedMove['move'][]): string | null =>
  moves.findLast((move) => wanted.includes(move.move))?.occurredAt ?? null

const stateOf = ({ case: ref, snapshot, moves }: CaseRecord): CaseState => ({
  state: snapshot.state,
  outcome: snapshot.outcome,
  decision: snapshot.decision,
  channel: snapshot.channel,
  contact_id: snapshot.contactId,
  contact_masked: snapshot.contactMasked,
  link_ordinal: snapshot.linkOrdinal,
  run_id: ref.run.id,
  run_started_at: ref.run.startedAt,
  seq: snapshot.seq,
  occurred_at: moves.at(-1)?.occurredAt ?? ref.run.startedAt,
  sent_at: timeOf(moves, 'deliver'),
  opened_at: timeOf(moves, 'open'),
  scored_at: timeOf(moves, 'complete'),
  decided_at: timeOf(moves, 'approve', 'refuse'),
  closed_at: snapshot.state === 'closed' ? (moves.at(-1)?.occurredAt ?? null) : null,
})

const scoredRow = (scored: Scored): CaseScored => ({
  risk_tenths: scored.riskTenths,
  decide_tenths: scored.decideTenths,
  band: scored.band,
  answered: scored.answered,
  correct: scored.correct,
  recommendation: scored.recommendation,
  recommendation_reasons: scored.reasons,
  instruction: scored.instruction,
})

const decidedRow = ({ actor, reason, secondBy, signature }: Decided): CaseDecided => ({
  decided_by_kind: actor.kind,
  decided_by_id: actor.id,
  decided_by_name: 'name' in actor ? actor.name : null,
  decision_reason: reason,
  second_by: secondBy ?? null,
  decision_key_id: signature?.keyId ?? null,
  decision_signature: signature === undefined ? null : bytesInJson(signature.signature),
  decision_session_id: signature?.sessionId ?? null,
})

/** The row of a verification that has none yet; gives its referrer's name. Undefined: it is there already. */
const insert = (tx: Tx, record: CaseRecord): Promise<{ readonly name: string } | undefined> => {
  const { case: ref } = record
  const { referrer } = ref
  return insertCase(tx, ref.verificationId, {
    ...stateOf(record),
    created_at: ref.createdAt,
    purpose: ref.purpose,
    tier: ref.tier,
    policy_version: ref.policyVersion,
    person_id: ref.personId,
    referrer_kind: referrer.kind,
    referrer_id: referrer.id,
    referrer_name: referrer.kind === 'self_service' ? 'Self-service' : 'API client',
    ticket: ref.ticket,
    expires_at: ref.expiresAt,
  })
}

/** Display name of staff, for the audit; nobody else has one there. */
export const actorOf = async (tx: Tx, { kind, id }: ActorRef): Promise<Actor> => {
  if (kind !== 'agent') return { kind, id }
  const row = await tx.one<{ display_name: string }>(
    'select display_name from staff where tenant_id = $1 and id = $2',
    [tx.tenantId, id],
  )
  return { kind, id, name: row?.display_name ?? '' }
}

/** Those whose name the record has learned already are not read again. */
const knownActors = (
  { case: ref, decided }: CaseRecord,
  born: { readonly name: string } | undefined,
): Actor[] => [
  ...(born !== undefined && ref.referrer.kind === 'agent'
    ? [{ kind: 'agent' as const, id: ref.referrer.id, name: born.name }]
    : []),
  ...(decided === undefined ? [] : [decided.actor]),
]

const eventsOf = async (
  tx: Tx,
  record: CaseRecord,
  born: { readonly name: string } | undefined,
): Promise<Event[]> => {
  const { case: ref, snapshot, moves, payloads } = record
  const known = knownActors(record, born)
  const events: Event[] = []
  for (const move of moves) {
    const { kind, id } = move.actor
    const actor = known.find((one) => one.kind === kind && one.id === id) ?? (await actorOf(tx, move.actor))
    for (const type of eventsOfMove[move.move]) {
      const payload: EventPayload = { state: move.to, ...detailOf(move, snapshot), ...payloads?.[move.seq] }
      events.push({
        id: uuidOf(ref.verificationId, ref.run.id, String(move.seq), type),
        type,
        actor,
        object: { kind: 'verification', id: ref.verificationId },
        payload,
        analytics: analyticsPayload({ type, payload }, { actor, verification: null }),
        occurredAt: move.occurredAt,
      })
    }
  }
  return events
}

/** The move's own detail; `delivery` and `ordinal` belong to a link. */
const detailOf = (move: RecordedMove, snapshot: Snapshot): EventPayload => ({
  ...(move.reason === undefined ? {} : { reason: move.reason, delivery: move.reason }),
  ...(move.person === undefined ? {} : { person: move.person }),
  ...(move.ref === undefined ? {} : { ref: move.ref }),
  ...(move.move === 'deliver' || move.move === 'fail_delivery' ? { ordinal: snapshot.linkOrdinal } : {}),
  ...(move.to === 'closed' ? { outcome: snapshot.outcome, decision: snapshot.decision } : {}),
})

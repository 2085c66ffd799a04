/** The workflow's records of a verification: whole snapshots, guarded by (run start, seq) (temporal.md section 9.2). */
import { analyticsPayload } from '#domain/events/analytics.ts'
import type { EventPayload, EventType } from '#domain/events/catalog.ts'
import type { Actor } from '#domain/verification/verification.ts'
import type { ActorRef } from '#workflows/messages.ts'
import type { CaseRef, RecordedMove, Snapshot } from '#workflows/verification/steps.ts'
import type { GrantSignature } from '#platform/crypto/sealing.ts'
import { appendEvents, uuidOf, type AppendEvents, type Event } from '#platform/database/record-events.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { Scored } from './verifications-write.ts'

/** Who decided, and why. */
export type Decided = {
  readonly actor: Actor
  readonly reason: string
  /** Member of staff who gave the second approval. */
  readonly secondBy?: string
  /** Of an approval: as the worker signed it. */
  readonly signature?: GrantSignature & { readonly sessionId: string | null }
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
  /** What led to the moves, recorded before them. */
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
  // What is open and what was tried stand on the person card too.
  const isOnCard = isBirth(record) || record.snapshot.state === 'closed'
  await append(tx, verificationId, events, isOnCard ? { personId } : 'to_consoles')
  return true
}

const isBirth = ({ moves }: CaseRecord): boolean => moves.some((move) => move.move === 'create')

const updateSql = `
  update verifications v set state = $3, outcome = $4, decision = $5, channel = $6, contact_id = $7, contact_masked = $8,
    link_ordinal = $9, run_id = $10, run_started_at = $11, seq = $12, occurred_at = $13, recorded_at = now(),
    sent_at = coalesce($14, sent_at), opened_at = coalesce(opened_at, $15),
    scored_at = coalesce($16, scored_at), decided_at = coalesce($17, decided_at), closed_at = coalesce($18, closed_at),
    code_tries = code_tries + $19::integer,
    risk_tenths = coalesce($20, risk_tenths), decide_tenths = coalesce($21, decide_tenths), band = coalesce($22, band),
    answered = coalesce($23, answered), correct = coalesce($24, correct), recommendation = coalesce($25, recommendation),
    recommendation_reasons = coalesce($26, recommendation_reasons), instruction = coalesce($27, instruction),
    answers_completed_at = case when $20::integer is null then answers_completed_at
      else coalesce((select p.completed_at from plans p where p.tenant_id = $1 and p.verification_id = $2), now())
    end,
    decided_by_kind = coalesce($28, decided_by_kind), decided_by_id = coalesce($29, decided_by_id),
    decided_by_name = coalesce($30, decided_by_name), decision_reason = coalesce($31, decision_reason),
    second_by = coalesce($32, second_by), decision_key_id = coalesce($33, decision_key_id),
    decision_signature = coalesce($34, decision_signature), decision_session_id = coalesce($35, decision_session_id)
  where v.tenant_id = $1 and v.id = $2 and v.state <> 'closed'
    and (v.run_started_at, v.seq) < ($11::timestamptz, $12::integer)
  returning 1
`

const update = async (tx: Tx, record: CaseRecord): Promise<boolean> => {
  const changed = await tx.named('update_verification', updateSql, [
    tx.tenantId,
    record.case.verificationId,
    ...stateColumns(record),
    record.codeTries ?? 0,
    ...scoredColumns(record.scored),
    ...decidedColumns(record.decided),
  ])
  return changed.length > 0
}

const timeOf = (moves: readonly RecordedMove[], ...wanted: readonly RecordedMove['move'][]): string | null =>
  moves.findLast((move) => wanted.includes(move.move))?.occurredAt ?? null

const stateColumns = ({ case: ref, snapshot, moves }: CaseRecord): unknown[] => [
  snapshot.state,
  snapshot.outcome,
  snapshot.decision,
  snapshot.channel,
  snapshot.contactId,
  snapshot.contactMasked,
  snapshot.linkOrdinal,
  ref.run.id,
  ref.run.startedAt,
  snapshot.seq,
  moves.at(-1)?.occurredAt ?? ref.run.startedAt,
  timeOf(moves, 'deliver'),
  timeOf(moves, 'open'),
  timeOf(moves, 'complete'),
  timeOf(moves, 'approve', 'refuse'),
  snapshot.state === 'closed' ? (moves.at(-1)?.occurredAt ?? null) : null,
]

const nothing = (count: number): null[] => Array.from({ length: count }, () => null)

const scoredColumns = (scored: Scored | undefined): unknown[] =>
  scored === undefined
    ? nothing(8)
    : [
        scored.riskTenths,
        scored.decideTenths,
        scored.band,
        scored.answered,
        scored.correct,
        scored.recommendation,
        scored.reasons,
        scored.instruction,
      ]

const decidedColumns = (decided: Decided | undefined): unknown[] => {
  if (decided === undefined) return nothing(8)
  const { actor, reason, secondBy, signature } = decided
  const name = 'name' in actor ? actor.name : null
  const signed = [signature?.keyId ?? null, signature?.signature ?? null, signature?.sessionId ?? null]
  return [actor.kind, actor.id, name, reason, secondBy ?? null, ...signed]
}

/** The row of a verification that has none yet; gives its referrer's name. Undefined: it is there already. */
const insert = async (tx: Tx, record: CaseRecord): Promise<{ readonly name: string } | undefined> => {
  const { case: ref } = record
  const { referrer } = ref
  const [row] = await tx.named<{ name: string }>(
    'insert_verification',
    `insert into verifications (tenant_id, id, state, outcome, decision, channel, contact_id, contact_masked, link_ordinal,
       run_id, run_started_at, seq, occurred_at, sent_at, opened_at, scored_at, decided_at, closed_at,
       created_at, purpose, tier, policy_version, person_id, referrer_kind, referrer_id, referrer_name, ticket, expires_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::timestamptz, $15::timestamptz, $16::timestamptz,
       $17::timestamptz, $18::timestamptz, $19, $20, $21, $22, $23, $24, $25,
       coalesce((select display_name from staff where tenant_id = $1 and id = $25), $26), $27, $28
     where not exists (select from verifications where tenant_id = $1 and id = $2)
     on conflict do nothing returning referrer_name as name`,
    [
      tx.tenantId,
      ref.verificationId,
      ...stateColumns(record),
      ref.createdAt,
      ref.purpose,
      ref.tier,
      ref.policyVersion,
      ref.personId,
      referrer.kind,
      referrer.id,
      referrer.kind === 'self_service' ? 'Self-service' : 'API client',
      ref.ticket,
      ref.expiresAt,
    ],
  )
  return row
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

/** What the move itself says; `delivery` and `ordinal` belong to a link. */
const detailOf = (move: RecordedMove, snapshot: Snapshot): EventPayload => ({
  ...(move.reason === undefined ? {} : { reason: move.reason, delivery: move.reason }),
  ...(move.person === undefined ? {} : { person: move.person }),
  ...(move.ref === undefined ? {} : { ref: move.ref }),
  ...(move.move === 'deliver' || move.move === 'fail_delivery' ? { ordinal: snapshot.linkOrdinal } : {}),
  ...(move.to === 'closed' ? { outcome: snapshot.outcome, decision: snapshot.decision } : {}),
})

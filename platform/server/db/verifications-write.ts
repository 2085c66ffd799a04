/** The workflow's records of a verification: whole snapshots, guarded by (run start, seq) (temporal.md section 9.2). */
import { analyticsPayload } from '#domain/events/analytics.ts'
import type { EventPayload, EventType } from '#domain/events/catalog.ts'
import type { Actor } from '#domain/verification/verification.ts'
import type { ActorRef } from '#workflows/messages.ts'
import type { CaseRef, RecordedMove, Snapshot } from '#workflows/verification/steps.ts'
import { appendEvents, uuidOf, type Event } from './append-event.ts'
import { notify } from './notify.ts'
import { aboutVerification } from './record-events.ts'
import type { Tx } from './transaction.ts'

/** A record: the state after these moves. */
export type CaseRecord = {
  readonly case: CaseRef
  readonly snapshot: Snapshot
  readonly moves: readonly RecordedMove[]
  /** Added to the event of the move with this seq. */
  readonly payloads?: Readonly<Record<number, EventPayload>>
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

const timeOf = (moves: readonly RecordedMove[], ...wanted: readonly RecordedMove['move'][]): string | null =>
  moves.findLast((move) => wanted.includes(move.move))?.occurredAt ?? null

/** Display name of staff, for the audit; nobody else has one there. */
export const actorOf = async (tx: Tx, { kind, id }: ActorRef): Promise<Actor> => {
  if (kind !== 'agent') return { kind, id }
  const row = await tx.one<{ display_name: string }>(
    'select display_name from staff where tenant_id = $1 and id = $2',
    [tx.tenantId, id],
  )
  return { kind, id, name: row?.display_name ?? '' }
}

/**
 * Stores a record: the row if it is newer, then its events, in this transaction. False: an older or repeated record,
 * which changes nothing and is a success.
 */
export const recordCase = async (tx: Tx, record: CaseRecord): Promise<boolean> => {
  const isNewer = (await update(tx, record)) || (isBirth(record) && (await insert(tx, record)))
  if (!isNewer) return false
  await notify(tx, 'verification', record.case.verificationId)
  await appendEvents(tx, await eventsOf(tx, record))
  return true
}

const isBirth = ({ moves }: CaseRecord): boolean => moves.some((move) => move.move === 'create')

const update = async (tx: Tx, { case: ref, snapshot, moves }: CaseRecord): Promise<boolean> => {
  const changed = await tx.run(
    `update verifications set state = $3, outcome = $4, decision = $5, channel = $6, contact_id = $7, contact_masked = $8,
       link_ordinal = $9, run_id = $10, run_started_at = $11, seq = $12, occurred_at = $13, recorded_at = now(),
       sent_at = coalesce($14, sent_at), opened_at = coalesce(opened_at, $15),
       scored_at = coalesce($16, scored_at), decided_at = coalesce($17, decided_at), closed_at = coalesce($18, closed_at)
     where tenant_id = $1 and id = $2 and (run_started_at, seq) < ($11::timestamptz, $12::integer)`,
    [ref.tenantId, ref.verificationId, ...columnsOf(ref, snapshot, moves)],
  )
  return changed > 0
}

const columnsOf = (ref: CaseRef, snapshot: Snapshot, moves: readonly RecordedMove[]): unknown[] => [
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

const insert = async (tx: Tx, { case: ref, snapshot, moves }: CaseRecord): Promise<boolean> => {
  const { referrer } = ref
  const added = await tx.run(
    `insert into verifications (tenant_id, id, state, outcome, decision, channel, contact_id, contact_masked, link_ordinal,
       run_id, run_started_at, seq, occurred_at, sent_at, opened_at, scored_at, decided_at, closed_at,
       created_at, purpose, tier, policy_version, person_id, referrer_kind, referrer_id, referrer_name, ticket, expires_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::timestamptz, $15::timestamptz, $16::timestamptz,
       $17::timestamptz, $18::timestamptz, $19, $20, $21, $22, $23, $24, $25,
       coalesce((select display_name from staff where tenant_id = $1 and id = $25), $26), $27, $28
     where not exists (select from verifications where tenant_id = $1 and id = $2)
     on conflict do nothing`,
    [
      ref.tenantId,
      ref.verificationId,
      ...columnsOf(ref, snapshot, moves),
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
  return added > 0
}

const eventsOf = async (tx: Tx, record: CaseRecord): Promise<Event[]> => {
  const { case: ref, snapshot, moves, payloads } = record
  const verification = await aboutVerification(tx, ref.verificationId)
  const events: Event[] = []
  for (const move of moves) {
    const actor = await actorOf(tx, move.actor)
    for (const type of eventsOfMove[move.move]) {
      const payload: EventPayload = { state: move.to, ...detailOf(move, snapshot), ...payloads?.[move.seq] }
      events.push({
        id: uuidOf(ref.verificationId, ref.run.id, String(move.seq), type),
        type,
        actor,
        object: { kind: 'verification', id: ref.verificationId },
        verificationId: ref.verificationId,
        payload,
        analytics: analyticsPayload({ type, payload }, { actor, verification }),
        occurredAt: move.occurredAt,
      })
    }
  }
  return events
}

/** What the move itself says; `delivery` and `ordinal` belong to a link. */
const detailOf = (move: RecordedMove, snapshot: Snapshot): EventPayload => ({
  ...(move.reason === undefined ? {} : { reason: move.reason, delivery: move.reason }),
  ...(move.ref === undefined ? {} : { ref: move.ref }),
  ...(move.move === 'deliver' || move.move === 'fail_delivery' ? { ordinal: snapshot.linkOrdinal } : {}),
  ...(move.to === 'closed' ? { outcome: snapshot.outcome, decision: snapshot.decision } : {}),
})

/** Counts a typed match code on the verification's own row, for lists. */
export const addCodeTry = async (tx: Tx, verificationId: string): Promise<void> => {
  await tx.run('update verifications set code_tries = code_tries + 1 where tenant_id = $1 and id = $2', [
    tx.tenantId,
    verificationId,
  ])
}

/** Id of the contact that a link went to; empty when there is no such link. */
export const linkContactOf = async (tx: Tx, verificationId: string, ordinal: number): Promise<string> => {
  const row = await tx.one<{ id: string }>(
    'select contact_id as id from links where tenant_id = $1 and verification_id = $2 and ordinal = $3',
    [tx.tenantId, verificationId, ordinal],
  )
  return row?.id ?? '00000000-0000-0000-0000-000000000000'
}

/** Whether a record later than `seq` of this run (or of a later run) is stored already. */
export const hasMoved = async (tx: Tx, ref: CaseRef, seq: number): Promise<boolean> => {
  const row = await tx.one(
    `select from verifications where tenant_id = $1 and id = $2
       and (run_started_at, seq) > ($3::timestamptz, $4::integer)`,
    [tx.tenantId, ref.verificationId, ref.run.startedAt, seq],
  )
  return row !== undefined
}

/** What scoring found, on the verification's own row. */
export type Scored = {
  readonly riskTenths: number
  readonly decideTenths: number
  readonly band: string
  readonly answered: number
  readonly correct: number
  readonly recommendation: string
  readonly reasons: readonly string[]
  readonly instruction: string
}

/** Stores what scoring found; the time at which the answers were complete comes from the plan. */
export const setScored = async (tx: Tx, verificationId: string, scored: Scored): Promise<void> => {
  await tx.run(
    `update verifications v set risk_tenths = $3, decide_tenths = $4, band = $5, answered = $6, correct = $7,
       recommendation = $8, recommendation_reasons = $9, instruction = $10,
       answers_completed_at = coalesce((select completed_at from plans p where p.tenant_id = v.tenant_id
         and p.verification_id = v.id), now())
     where v.tenant_id = $1 and v.id = $2`,
    [
      tx.tenantId,
      verificationId,
      scored.riskTenths,
      scored.decideTenths,
      scored.band,
      scored.answered,
      scored.correct,
      scored.recommendation,
      scored.reasons,
      scored.instruction,
    ],
  )
}

/** Who decided, and why. */
export const setDecided = async (
  tx: Tx,
  verificationId: string,
  actor: Actor,
  reason: string,
): Promise<void> => {
  await tx.run(
    `update verifications set decided_by_kind = $3, decided_by_id = $4, decided_by_name = $5, decision_reason = $6
     where tenant_id = $1 and id = $2`,
    [tx.tenantId, verificationId, actor.kind, actor.id, 'name' in actor ? actor.name : null, reason],
  )
}

type StoredCase = Snapshot &
  Omit<CaseRef, 'tenantId' | 'verificationId' | 'referrer' | 'createdAt' | 'expiresAt' | 'run'> & {
    readonly referrerKind: CaseRef['referrer']['kind']
    readonly referrerId: string | null
    readonly createdAt: Date
    readonly expiresAt: Date
    readonly runId: string
    readonly runStartedAt: Date
  }

/** A case as its row tells it, for those who must go on without its workflow. */
export const readCase = async (
  tx: Tx,
  verificationId: string,
): Promise<{ readonly case: CaseRef; readonly snapshot: Snapshot } | undefined> => {
  const row = await tx.one<StoredCase>(
    `select person_id as "personId", purpose, tier, policy_version as "policyVersion", referrer_kind as "referrerKind",
       referrer_id as "referrerId", ticket, created_at as "createdAt", expires_at as "expiresAt", run_id as "runId",
       run_started_at as "runStartedAt", state, outcome, decision, seq, channel, contact_id as "contactId",
       contact_masked as "contactMasked", link_ordinal as "linkOrdinal", '' as "linkDeliveryId"
     from verifications where tenant_id = $1 and id = $2 for update`,
    [tx.tenantId, verificationId],
  )
  if (row === undefined) return undefined
  const { personId, purpose, tier, policyVersion, ticket, referrerKind, referrerId } = row
  return {
    case: {
      tenantId: tx.tenantId,
      verificationId,
      personId,
      purpose,
      tier,
      policyVersion,
      ticket,
      referrer: { kind: referrerKind, id: referrerId ?? '' },
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt.toISOString(),
      run: { id: row.runId, startedAt: row.runStartedAt.toISOString() },
    },
    snapshot: {
      state: row.state,
      outcome: row.outcome,
      decision: row.decision,
      seq: row.seq,
      channel: row.channel,
      contactId: row.contactId,
      contactMasked: row.contactMasked,
      linkOrdinal: row.linkOrdinal,
      linkDeliveryId: '',
    },
  }
}

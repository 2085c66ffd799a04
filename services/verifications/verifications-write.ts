/** What is written to a verification's own row beside its records (`record-case.ts`), and reading it back. */
import type { CaseRef, Snapshot } from '#workflows/verification/steps.ts'
import type { Tx } from '#platform/database/transaction.ts'

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
    'has_moved',
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
      portalSessionId: null,
    },
  }
}

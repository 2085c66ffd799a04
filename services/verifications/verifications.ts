/** Verifications as pages and processes read them, and what is written to a row beside its records (`record-case.ts`). */
import type { VerificationState } from '#domain/verification/state.ts'
import type { Purpose, Tier } from '#domain/verification/verification.ts'
import type { Db } from '#platform/database/connect.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'
import { openVerificationOf, type OpenVerification } from '../people/people.ts'
import type { CaseRef, Snapshot } from '#workflows/verification/activity-types.ts'

/** The filters of the list; every value is bound, sort and order come from closed lists. */
export type ListFilter = {
  readonly q?: string | undefined
  readonly outcome?: readonly string[] | undefined
  readonly state?: readonly string[] | undefined
  readonly purpose?: readonly string[] | undefined
  readonly channel?: readonly string[] | undefined
  readonly referrer?: readonly string[] | undefined
  readonly personId?: string | undefined
  readonly band?: readonly string[] | undefined
  /** The least step of the funnel, by its place (`placeOfStep`). */
  readonly step?: number | undefined
  /** Codes of checks; one of them is a reason of the score. */
  readonly reason?: readonly string[] | undefined
  readonly feedback?: readonly string[] | undefined
  readonly commented?: 'yes' | undefined
  /** Refusals that staff called false. */
  readonly overturned?: 'yes' | undefined
  readonly riskFrom?: number | undefined
  readonly riskTo?: number | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Pieces of the period, [from, to) each; a start lies in one of them. */
  readonly within?: readonly (readonly [string, string])[] | undefined
  readonly sort: 'started' | 'completed' | 'risk' | 'outcome' | 'purpose'
  readonly order: 'asc' | 'desc'
  /** Where the page before ended: sort key, start, id. */
  readonly after?: readonly [string | number | null, string, string] | undefined
  readonly limit: number
  readonly count?: boolean
}

/** The reader decides what a row may hold. */
export type Viewer = {
  /** A participant's report reads as failed (B9). */
  readonly isAgent: boolean
  readonly scores: boolean
  /** People whose cases are not shown (D7). */
  readonly excluded: readonly string[]
}

/** One page as JSON text, built by the database in one trip. */
export const listVerifications = async (
  db: Db,
  tenantId: string,
  filter: ListFilter,
  viewer: Viewer,
): Promise<string> => {
  const [row] = await outsideTenants(db).named<{ page: string }>(
    'list_verifications',
    'select list_verifications($1, $2, $3) as page',
    [tenantId, JSON.stringify(filter), JSON.stringify(viewer)],
  )
  if (row === undefined) throw new Error('list_verifications gave no row')
  return row.page
}

/** All rows of one verification as the tables hold them (snake_case), or null. */
export const readVerification = async (tx: Tx, id: string): Promise<unknown> => {
  const [row] = await tx.named<{ answer: unknown }>(
    'read_verification',
    'select read_verification($1, $2) as answer',
    [tx.tenantId, id],
  )
  return row?.answer ?? null
}

/** The participant's case, as the tables hold it (snake_case), or null. */
export const readPortalCase = async (db: Db, tenantId: string, verificationId: string): Promise<unknown> => {
  const [row] = await outsideTenants(db).named<{ answer: unknown }>(
    'read_portal_case',
    'select read_portal_case($1, $2) as answer',
    [tenantId, verificationId],
  )
  return row?.answer ?? null
}

/** Verifications of some people that started in [from, to), newest first. */
export const readCasesOf = async (
  tx: Tx,
  people: readonly string[],
  period: { readonly from: string; readonly to: string },
  limit: number,
): Promise<readonly string[]> => {
  const rows = await tx.named<{ id: string }>(
    'read_cases_of',
    `select id from verifications where tenant_id = $1 and person_id = any($2::uuid[])
       and created_at >= $3 and created_at < $4 order by created_at desc limit $5`,
    [tx.tenantId, people, period.from, period.to, limit],
  )
  return rows.map(({ id }) => id)
}

/** The columns that steering a verification needs. */
export type CaseHead = {
  readonly id: string
  readonly personId: string
  readonly purpose: Purpose
  readonly tier: Tier
  readonly state: VerificationState
  readonly referrerKind: string
  readonly referrerId: string | null
  readonly linkOrdinal: number
  readonly policyVersion: number
  readonly ticket: string | null
}

/** One verification's head; undefined when it is unknown or another tenant's (the same, I2). */
export const readCaseHead = async (tx: Tx, id: string): Promise<CaseHead | undefined> => {
  const [row] = await tx.named<CaseHead>(
    'read_case_head',
    `select id, person_id as "personId", purpose, tier, state, referrer_kind as "referrerKind", referrer_id as "referrerId", link_ordinal as "linkOrdinal",
       policy_version as "policyVersion", ticket
     from verifications where tenant_id = $1 and id = $2`,
    [tx.tenantId, id],
  )
  return row
}

/** The match code's challenge of a link: tries and both lifetimes. */
export type ChallengeHead = {
  readonly tries: number
  readonly maxTries: number
  readonly isAccepted: boolean
  /** The earlier of the link's and the code's end. */
  readonly expiresAt: Date
  readonly isExpired: boolean
}

/** The challenge of the current link, while it can still be answered or just was. */
export const readMatchChallenge = (tx: Tx, id: string, ordinal: number): Promise<ChallengeHead | undefined> =>
  tx.one<ChallengeHead>(
    `select c.tries, c.max_tries as "maxTries", c.accepted_at is not null as "isAccepted",
       least(c.expires_at, l.expires_at) as "expiresAt", least(c.expires_at, l.expires_at) <= now()
         or l.superseded_at is not null or l.voided_at is not null as "isExpired"
     from code_challenges c join links l on l.tenant_id = c.tenant_id and l.verification_id = c.verification_id
       and l.ordinal = c.ordinal
     where c.tenant_id = $1 and c.verification_id = $2 and c.kind = 'match' and c.ordinal = $3`,
    [tx.tenantId, id, ordinal],
  )

/** True if another start for this person is on its way and not recorded yet. */
const isStartUnderWay = async (tx: Tx, personId: string, ownId: string): Promise<boolean> => {
  const row = await tx.one(
    `select from staff_counters c where c.tenant_id = $1 and c.kind = 'start' and c.at > now() - interval '20 seconds'
       and split_part(c.subject, '/', 1) = $2::text and split_part(c.subject, '/', 2) <> $3::text
       and not exists (select from verifications v where v.tenant_id = $1 and v.id = split_part(c.subject, '/', 2)::uuid)
     limit 1`,
    [tx.tenantId, personId, ownId],
  )
  return row !== undefined
}

/**
 * Another case of this person: open, or on its way. Ask under `lockPerson`. What is on its way is asked first: a start that is
 * recorded in between is open when that is asked, and the other way round neither would show it.
 */
export const readOtherCase = async (
  tx: Tx,
  personId: string,
  ownId: string,
): Promise<{ readonly open: OpenVerification | null; readonly isUnderWay: boolean }> => {
  const [isUnderWay, open] = await Promise.all([
    isStartUnderWay(tx, personId, ownId),
    openVerificationOf(tx, personId),
  ])
  return { open: open === undefined || open.id === ownId ? null : open, isUnderWay }
}

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

/** True if a record later than `seq` of this run (or of a later run) is stored already. */
export const hasMoved = async (tx: Tx, ref: CaseRef, seq: number): Promise<boolean> => {
  const row = await tx.one(
    `select from verifications where tenant_id = $1 and id = $2
       and (run_started_at, seq) > ($3::timestamptz, $4::integer)`,
    [tx.tenantId, ref.verificationId, ref.run.startedAt, seq],
    'has_moved',
  )
  return row !== undefined
}

/** The result of scoring, on the verification's own row. */
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

/** A case read from its row, for code that must work without its workflow. */
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

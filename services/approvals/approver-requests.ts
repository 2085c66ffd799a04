/** Requests to approvers: what is shown, bound by its hash; answered once, by one guarded write (C4, D4, D5). */
import { createHash } from 'node:crypto'
import type { ApproverRelation } from '#domain/policy/approver.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { lengthPrefixed } from '#platform/crypto/sealing.ts'
import type { Db } from '#platform/database/connect.ts'
import type { Resolved } from '../verifications/link-page.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'

/** An approver can say one of these. */
export type ApproverAnswer = 'yes' | 'no' | 'not_sure'

/** A request that is about to be sent. */
export type NewApproverRequest = {
  readonly id: string
  readonly verificationId: string
  readonly ordinal: number
  readonly personId: string
  readonly approverId: string
  readonly relation: ApproverRelation
  readonly policyVersion: number
  readonly askedBy: { readonly kind: string; readonly id: string }
  readonly tokenHash: Buffer
  readonly tokenMark: Buffer
  readonly seconds: number
}

/**
 * Stores a request and voids the older ones of its case that are still open: at most one lives. A repeated attempt replaces
 * the token. Never later than the case itself ends. Then binds it to what its page shows.
 */
export const addApproverRequest = async (tx: Tx, request: NewApproverRequest): Promise<void> => {
  await tx.run(
    `update approver_requests set voided_at = now(), void_reason = 'superseded'
     where tenant_id = $1 and verification_id = $2 and ordinal <> $3 and answer is null and voided_at is null`,
    [tx.tenantId, request.verificationId, request.ordinal],
  )
  await tx.run(
    `insert into approver_requests (tenant_id, id, verification_id, ordinal, person_id, approver_id, relation, policy_version,
       asked_by_kind, asked_by_id, token_hash, screen_hash, expires_at, token_mark)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '\\x', least(now() + make_interval(secs => $12), v.expires_at), $13
     from verifications v where v.tenant_id = $1 and v.id = $3
     on conflict (tenant_id, verification_id, ordinal)
     do update set token_hash = excluded.token_hash, token_mark = excluded.token_mark, expires_at = excluded.expires_at`,
    [
      tx.tenantId,
      request.id,
      request.verificationId,
      request.ordinal,
      request.personId,
      request.approverId,
      request.relation,
      request.policyVersion,
      request.askedBy.kind,
      request.askedBy.id,
      request.tokenHash,
      request.seconds,
      request.tokenMark,
    ],
  )
  const page = await readApproverPage(tx, request.id)
  if (page === undefined) throw new Error('the case of this request does not exist')
  await tx.run('update approver_requests set screen_hash = $3 where tenant_id = $1 and id = $2', [
    tx.tenantId,
    request.id,
    shownToApprover(page),
  ])
}

/** A request of a case, whatever its state. */
export type ApproverRequestRow = {
  readonly id: string
  readonly ordinal: number
  readonly approverId: string
  readonly relation: ApproverRelation
  readonly name: string
  readonly askedAt: Date
  readonly expiresAt: Date
  readonly answer: ApproverAnswer | null
  readonly answeredAt: Date | null
  /** Neither answered nor able to be any more. */
  readonly isOver: boolean
  readonly secondsLeft: number
  readonly channel: 'sms' | 'email' | null
  readonly contactMasked: string | null
  readonly delivery: string | null
}

/** All requests of a case, oldest first. */
export const readApproverRequests = (tx: Tx, verificationId: string): Promise<ApproverRequestRow[]> =>
  tx.named<ApproverRequestRow>(
    'read_approver_requests',
    `select r.id, r.ordinal, r.approver_id as "approverId", r.relation, p.display_name as name, r.created_at as "askedAt",
       r.expires_at as "expiresAt", r.answer, r.answered_at as "answeredAt",
       r.answer is null and (r.voided_at is not null or r.expires_at <= now() or r.tries >= r.max_tries) as "isOver",
       greatest(0, extract(epoch from r.expires_at - now()))::integer as "secondsLeft",
       d.channel, d.contact_masked as "contactMasked", d.status as delivery
     from approver_requests r join people p on p.tenant_id = r.tenant_id and p.id = r.approver_id
     left join deliveries d on d.tenant_id = r.tenant_id and d.verification_id = r.verification_id
       and d.kind = 'approver_request' and d.ordinal = r.ordinal
     where r.tenant_id = $1 and r.verification_id = $2 order by r.ordinal`,
    [tx.tenantId, verificationId],
  )

/** The request of an ordinal, locked; undefined when nobody was asked under it yet. */
export const lockApproverRequestOf = (
  tx: Tx,
  verificationId: string,
  ordinal: number,
): Promise<
  { readonly id: string; readonly approverId: string; readonly relation: ApproverRelation } | undefined
> =>
  tx.one(
    `select id, approver_id as "approverId", relation from approver_requests
     where tenant_id = $1 and verification_id = $2 and ordinal = $3 for update`,
    [tx.tenantId, verificationId, ordinal],
  )

/** Everything that the approver's page says, and whether it can be answered now. */
export type ApproverPage = {
  readonly requestId: string
  readonly verificationId: string
  readonly personId: string
  readonly approverId: string
  readonly ordinal: number
  readonly tokenMark: Buffer
  readonly isUsable: boolean
  readonly answer: ApproverAnswer | null
  readonly screenHash: Buffer
  readonly triesLeft: number
  readonly secondsLeft: number
  readonly organisation: string
  readonly settings: { readonly accent?: string; readonly helpdeskPhone?: string }
  readonly approverName: string
  readonly relation: ApproverRelation
  readonly participantName: string
  readonly participantTitle: string | null
  readonly participantDepartment: string | null
  readonly purpose: Purpose
  /** The agent who started the case; null where the participant did it alone. */
  readonly agentName: string | null
  readonly ticket: string | null
  readonly startedAt: Date
  readonly policyVersion: number
}

/** Reads the page of a request, by the database's clock. */
export const readApproverPage = (tx: Tx, requestId: string): Promise<ApproverPage | undefined> =>
  tx.one<ApproverPage>(
    `select r.id as "requestId", r.verification_id as "verificationId", r.person_id as "personId",
       r.ordinal, r.token_mark as "tokenMark", r.approver_id as "approverId", r.answer, r.screen_hash as "screenHash", r.max_tries - r.tries as "triesLeft",
       r.answer is null and r.voided_at is null and r.expires_at > now() and r.tries < r.max_tries
         and v.state in ('opened', 'answering', 'awaiting_decision') and v.expires_at > now()
         and r.policy_version = v.policy_version and r.person_id = v.person_id as "isUsable",
       greatest(0, extract(epoch from r.expires_at - now()))::integer as "secondsLeft",
       t.name as organisation, t.settings, a.display_name as "approverName", r.relation,
       p.display_name as "participantName", p.title as "participantTitle", p.department as "participantDepartment",
       v.purpose, case when v.referrer_kind = 'self_service' then null else v.referrer_name end as "agentName", v.ticket,
       v.created_at as "startedAt", r.policy_version as "policyVersion"
     from approver_requests r
     join verifications v on v.tenant_id = r.tenant_id and v.id = r.verification_id
     join tenants t on t.id = r.tenant_id
     join people p on p.tenant_id = r.tenant_id and p.id = v.person_id
     join people a on a.tenant_id = r.tenant_id and a.id = r.approver_id
     where r.tenant_id = $1 and r.id = $2`,
    [tx.tenantId, requestId],
  )

/** SHA-256 of exactly what the page shows, the case and the policy's version: what an answer is bound to (D4). */
export const shownToApprover = (page: ApproverPage): Buffer =>
  createHash('sha256')
    .update(
      lengthPrefixed(
        page.requestId,
        page.verificationId,
        page.personId,
        page.approverId,
        page.relation,
        page.organisation,
        page.participantName,
        page.participantTitle ?? '',
        page.participantDepartment ?? '',
        page.purpose,
        page.agentName ?? '',
        page.ticket ?? '',
        page.startedAt.toISOString(),
        String(page.policyVersion),
      ),
    )
    .digest()

/** True if the screen would show now what the request was bound to when it was made. */
export const isAsShown = (page: ApproverPage): boolean => shownToApprover(page).equals(page.screenHash)

/** The request of a token, whatever its state. */
export const resolveApproverRequest = async (db: Db, tokenHash: Buffer): Promise<Resolved | null> => {
  const [row] = await outsideTenants(db).named<Resolved>(
    'resolve_approver_request',
    'select r.tenant_id as "tenantId", r.id, r.verification_id as "verificationId" from resolve_approver_request($1) r',
    [tokenHash],
  )
  return row ?? null
}

/** Takes the request for one answer, until the end of the transaction, so that parallel answers take turns. */
export const lockApproverRequest = async (tx: Tx, id: string): Promise<boolean> =>
  (await tx.one('select id from approver_requests where tenant_id = $1 and id = $2 for update', [
    tx.tenantId,
    id,
  ])) !== undefined

/** Counts two digits that were not those of the participant's page. */
export const countApproverTry = async (tx: Tx, id: string): Promise<void> => {
  await tx.run('update approver_requests set tries = tries + 1 where tenant_id = $1 and id = $2', [
    tx.tenantId,
    id,
  ])
}

/** Stores the answer: one guarded write. False: it was answered, voided or is over. */
export const answerApproverRequest = async (
  tx: Tx,
  id: string,
  answer: ApproverAnswer,
  by: { readonly sessionId: string; readonly inputId: string },
): Promise<boolean> =>
  (await tx.run(
    `update approver_requests set answer = $3, answered_at = now(), session_id = $4, answer_input_id = $5
     where tenant_id = $1 and id = $2 and answer is null and voided_at is null and expires_at > now()
       and tries < max_tries`,
    [tx.tenantId, id, answer, by.sessionId, by.inputId],
  )) === 1

/** Reads how an input was stored, if it was: its first run did it all, and only its answer was lost. */
export const answerOfInput = async (
  tx: Tx,
  verificationId: string,
  inputId: string,
): Promise<ApproverAnswer | undefined> => {
  const row = await tx.one<{ answer: ApproverAnswer }>(
    `select answer from approver_requests
     where tenant_id = $1 and verification_id = $2 and answer_input_id = $3 and answer is not null`,
    [tx.tenantId, verificationId, inputId],
  )
  return row?.answer
}

/** Ends a request that nobody can answer any more. */
export const voidApproverRequest = async (tx: Tx, id: string, reason: string): Promise<void> => {
  await tx.run(
    `update approver_requests set voided_at = now(), void_reason = $3
     where tenant_id = $1 and id = $2 and answer is null and voided_at is null`,
    [tx.tenantId, id, reason],
  )
}

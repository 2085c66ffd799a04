/** The people whom a case could ask to vouch, as the directory and earlier requests have them now. */
import type { Cap } from '#domain/policy/policy.ts'
import type { ApproverRelation } from '#domain/policy/approver.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A candidate without their contacts. */
export type CandidateRow = {
  readonly personId: string
  readonly name: string
  readonly as: ApproverRelation
  readonly managerId: string | null
  readonly accountState: string
  readonly isFrozen: boolean
  readonly canSignIn: boolean
  readonly login: string
  readonly workEmail: string | null
  readonly askedHere: number
}

/**
 * The manager, then those named for the person, then for their team; each once. A naming counts from the moment that was set
 * when a second admin accepted it, and only for cases that began after it (T9).
 */
export const readCandidates = (tx: Tx, verificationId: string): Promise<CandidateRow[]> =>
  tx.query<CandidateRow>(
    `with of_case as (
       select v.id, v.created_at, p.id as person_id, p.manager_id, p.team from verifications v
       cross join lateral (select * from people p where p.tenant_id = v.tenant_id and p.id = v.person_id limit 1) p where v.tenant_id = $1 and v.id = $2),
     candidates as (
       select manager_id as id, 'manager' as relation, 0 as place, null::timestamptz as since from of_case
       where manager_id is not null
       union all
       select n.approver_id, 'named', case when n.person_id is null then 2 else 1 end, n.effective_at
       from named_approvers n join of_case c on n.person_id = c.person_id or n.team = c.team
       where n.tenant_id = $1 and n.ended_at is null and n.accepted_at is not null and n.effective_at <= c.created_at)
     select p.id as "personId", p.display_name as name, (array_agg(k.relation order by k.place))[1] as "as", p.manager_id as "managerId",
       p.account_state as "accountState", p.never_via_help_desk or coalesce(p.blocked_until > now(), false) as "isFrozen",
       p.sign_in_subject is not null as "canSignIn", p.login, p.work_email as "workEmail",
       (select count(*)::integer from approver_requests r
         where r.tenant_id = $1 and r.verification_id = $2 and r.approver_id = p.id) as "askedHere"
     from candidates k join people p on p.tenant_id = $1 and p.id = k.id
     group by p.tenant_id, p.id order by min(k.place), min(k.since), p.id limit 10`,
    [tx.tenantId, verificationId],
    'read_candidates',
  )

/** Requests to an approver within each cap's window, over all cases. */
export const countApproverRequests = async (
  tx: Tx,
  approverId: string,
  caps: readonly Cap[],
): Promise<number[]> => {
  const counts: number[] = []
  for (const cap of caps) {
    const row = await tx.one<{ n: number }>(
      `select count(*)::integer as n from approver_requests
       where tenant_id = $1 and approver_id = $2 and created_at > now() - make_interval(secs => $3)`,
      [tx.tenantId, approverId, cap.seconds],
    )
    counts.push(row?.n ?? 0)
  }
  return counts
}

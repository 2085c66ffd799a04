/** Nobody both edits the policy and approves within one day, by whichever account and role (D6). */
import type { Tx } from '#platform/database/transaction.ts'

/** True if they proposed, saved, accepted or hastened a policy within 24 hours. */
export const hasEditedPolicy = async (tx: Tx, staffId: string): Promise<boolean> =>
  (await tx.one(
    `select from staff s where s.tenant_id = $1 and s.id::text in (
         select unnest(array[saved_by, accepted_by::text, confirmed_by::text]) from policies
         where tenant_id = $1 and saved_at > now() - interval '24 hours'
         union all
         select proposed_by::text from policy_proposals where tenant_id = $1 and proposed_at > now() - interval '24 hours')
       and compare_persons($1, $2, s.id) = 'same' limit 1`,
    [tx.tenantId, staffId],
  )) !== undefined

/** True if they approved a case, as first or second person, within 24 hours. */
export const hasApproved = async (tx: Tx, staffId: string): Promise<boolean> =>
  (await tx.one(
    `with own as materialized (
         select s.id from staff s where s.tenant_id = $1 and compare_persons($1, $2, s.id) = 'same')
     select where exists (select from verifications where tenant_id = $1 and created_at > now() - interval '10 days'
         and decision = 'approved' and decided_at > now() - interval '24 hours'
         and (decided_by_id in (select id::text from own) or second_by in (select id from own)))
       or exists (select from approvals where tenant_id = $1 and approved_at > now() - interval '24 hours'
         and staff_id in (select id from own))`,
    [tx.tenantId, staffId],
  )) !== undefined

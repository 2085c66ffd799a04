/** Nobody both edits the policy and approves within one day, whatever their role has been meanwhile (security.md D6). */
import type { Tx } from './transaction.ts'

/** Whether they proposed, saved, accepted or hastened a policy within 24 hours. */
export const hasEditedPolicy = async (tx: Tx, staffId: string): Promise<boolean> =>
  (await tx.one(
    `select where exists (select from policies where tenant_id = $1 and saved_at > now() - interval '24 hours'
         and (saved_by = $2::uuid::text or accepted_by = $2::uuid or confirmed_by = $2::uuid))
       or exists (select from policy_proposals where tenant_id = $1 and proposed_at > now() - interval '24 hours'
         and proposed_by = $2::uuid)`,
    [tx.tenantId, staffId],
  )) !== undefined

/** Whether they approved a case, as first or second person, within 24 hours. */
export const hasApproved = async (tx: Tx, staffId: string): Promise<boolean> =>
  (await tx.one(
    `select where exists (select from verifications where tenant_id = $1 and created_at > now() - interval '10 days'
         and decision = 'approved' and decided_at > now() - interval '24 hours'
         and (decided_by_id = $2::uuid::text or second_by = $2::uuid))
       or exists (select from approvals where tenant_id = $1 and approved_at > now() - interval '24 hours'
         and staff_id = $2::uuid)`,
    [tx.tenantId, staffId],
  )) !== undefined

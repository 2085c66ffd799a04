/** The people who may give second approvals (D1). */
import { may, roles } from '#domain/roles.ts'
import type { Tx } from '#platform/database/transaction.ts'

const byRole = roles.filter((role) => may(role, 'verifications.second'))

/** A person who is named for it gives one only while their role decides cases at all. */
const deciders = roles.filter((role) => may(role, 'verifications.decide'))

/** At most so many names are shown. */
const mostNames = 12

/**
 * Names of staff who could give the second approval of a case: the same rules as `domain/policy/second-approval.ts`, and
 * nobody who is too close to the participant or was asked to vouch. `firstId`: who gave the first approval, if one waits.
 */
export const secondApproversFor = async (
  tx: Tx,
  verificationId: string,
  firstId: string | null,
): Promise<readonly string[]> => {
  const rows = await tx.named<{ name: string }>(
    'second_approvers_for',
    `select s.display_name as name
     from verifications v join people participant on participant.tenant_id = v.tenant_id and participant.id = v.person_id
     join staff s on s.tenant_id = v.tenant_id and s.disabled_at is null and (s.role = any ($3)
       or exists (select from second_approvers n where n.tenant_id = v.tenant_id and n.staff_id = s.id and n.ended_at is null
         and n.effective_at <= v.created_at and s.role = any ($6)))
     left join people own on own.tenant_id = v.tenant_id and own.id = person_of_staff(v.tenant_id, s.id)
     left join people starter on starter.tenant_id = v.tenant_id and v.referrer_kind = 'agent'
       and starter.id = person_of_staff(v.tenant_id, v.referrer_id)
     where v.tenant_id = $1 and v.id = $2
       and (v.referrer_kind <> 'agent' or compare_persons($1, s.id, v.referrer_id) = 'another')
       and ($4::uuid is null or compare_persons($1, s.id, $4) = 'another')
       and (own.id is null or (own.id is distinct from starter.manager_id
         and own.manager_id is distinct from starter.id and own.id <> participant.id
         and own.id is distinct from participant.manager_id and own.manager_id is distinct from participant.id
         and not exists (select from approver_requests r where r.tenant_id = v.tenant_id and r.verification_id = v.id
           and r.approver_id = own.id)))
     order by s.display_name limit $5`,
    [tx.tenantId, verificationId, byRole, firstId, mostNames, deciders],
  )
  return rows.map(({ name }) => name)
}

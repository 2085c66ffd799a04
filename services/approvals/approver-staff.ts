/** Staff who started a case or asked in it, and those of them who were asked to vouch in it (D1). */
import type { Tx } from '#platform/database/transaction.ts'

/** A member of staff as a person of the directory. */
export type StaffPerson = { readonly personId: string; readonly managerId: string | null }

/** A member of staff `s` is the person `p` of the directory (domain/policy/two-people.ts says by what). */
const isSamePerson = 'p.id = person_of_staff(s.tenant_id, s.id)'

/** The staff who started a case or asked an approver in it, and the one who asks now, as people of the directory. */
export const readAgents = (tx: Tx, verificationId: string, askerId: string | null): Promise<StaffPerson[]> =>
  tx.query(
    `select distinct p.id as "personId", p.manager_id as "managerId" from staff s
     join people p on p.tenant_id = s.tenant_id and ${isSamePerson}
     where s.tenant_id = $1 and (s.id = $3::uuid or s.id = (select v.referrer_id from verifications v
         where v.tenant_id = $1 and v.id = $2 and v.referrer_kind = 'agent')
       or s.id::text in (select r.asked_by_id from approver_requests r
         where r.tenant_id = $1 and r.verification_id = $2 and r.asked_by_kind = 'agent'))`,
    [tx.tenantId, verificationId, askerId],
    'read_agents',
  )

/**
 * True if a member of staff was asked to vouch in a case, whatever they said; also by a sign-in of theirs on its page.
 */
export const wasAskedToVouch = async (tx: Tx, verificationId: string, staffId: string): Promise<boolean> => {
  const [row] = await tx.named<{ was: boolean }>(
    'was_asked_to_vouch',
    `select exists (select from approver_requests r
       join people p on p.tenant_id = r.tenant_id and p.id = r.approver_id
       join staff s on s.tenant_id = r.tenant_id and s.id = $3
       where r.tenant_id = $1 and r.verification_id = $2 and (${isSamePerson} or exists (select from approver_sessions a
         where a.tenant_id = $1 and a.request_id = r.id and a.issuer = s.issuer and a.subject = s.subject))) as was`,
    [tx.tenantId, verificationId, staffId],
  )
  return row?.was === true
}

/** True if a member of staff is one of these people of the directory. */
export const isOneOf = async (tx: Tx, staffId: string, people: readonly string[]): Promise<boolean> => {
  const row = await tx.one<{ is: boolean }>(
    `select exists (select from staff s join people p on p.tenant_id = s.tenant_id and ${isSamePerson}
       where s.tenant_id = $1 and s.id = $2 and p.id = any ($3::uuid[])) as is`,
    [tx.tenantId, staffId, people],
  )
  return row?.is === true
}

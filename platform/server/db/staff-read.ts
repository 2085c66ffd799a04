import type { Role } from '#domain/roles.ts'
import type { Tx } from './transaction.ts'

/** A member of staff as a decision looks at them. */
export type StaffMember = {
  readonly name: string
  readonly role: Role
  /** Their own entry in the directory, and their manager's, where known (security.md D7). */
  readonly personId: string | null
  readonly managerId: string | null
}

/** Undefined when unknown or disabled. */
export const readStaffMember = async (tx: Tx, id: string): Promise<StaffMember | undefined> =>
  tx.one<StaffMember>(
    `select s.display_name as name, s.role, p.id as "personId", p.manager_id as "managerId"
     from staff s left join people p on p.tenant_id = s.tenant_id and p.id = person_of_staff(s.tenant_id, s.id)
     where s.tenant_id = $1 and s.id = $2 and s.disabled_at is null`,
    [tx.tenantId, id],
    'read_staff_member',
  )

/** Whether two accounts of the staff are one, or of one person of the directory. */
export const isSamePersonOfStaff = async (tx: Tx, one: string, other: string): Promise<boolean> => {
  const row = await tx.one<{ is: boolean }>(
    `select $2::uuid = $3::uuid or coalesce(person_of_staff($1, $2) = person_of_staff($1, $3), false) as is`,
    [tx.tenantId, one, other],
  )
  return row?.is === true
}

/** How many different people these ids of staff are, the disabled left out: what two approvals need (security.md D1). */
export const countStaff = async (tx: Tx, ids: readonly string[]): Promise<number> => {
  const row = await tx.one<{ people: number }>(
    `select count(distinct coalesce(person_of_staff(s.tenant_id, s.id), s.id))::integer as people
     from staff s where s.tenant_id = $1 and s.id::text = any ($2::text[]) and s.disabled_at is null`,
    [tx.tenantId, ids],
  )
  return row?.people ?? 0
}

import type { Tx } from '#platform/database/transaction.ts'
import type { StaffMember } from './staff.ts'

/** A member of staff as a decision looks at them. */
export type Decider = Pick<StaffMember, 'name' | 'role'> & {
  /** Their own entry in the directory, and their manager's, where known (D7). */
  readonly personId: string | null
  readonly managerId: string | null
}

/** Undefined when unknown or disabled. */
export const readDecider = async (tx: Tx, id: string): Promise<Decider | undefined> =>
  tx.one<Decider>(
    `select s.display_name as name, s.role, own.id as "personId", p.manager_id as "managerId"
     from staff s cross join lateral (select person_of_staff(s.tenant_id, s.id) as id) own
     left join people p on p.tenant_id = s.tenant_id and p.id = own.id
     where s.tenant_id = $1 and s.id = $2 and s.disabled_at is null`,
    [tx.tenantId, id],
    'read_decider',
  )

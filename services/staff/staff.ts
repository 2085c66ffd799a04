import { raw } from 'objection'
import type { Role } from '#domain/roles.ts'
import type { Db } from '#platform/database/connect.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'
import { Staff } from './models.ts'

/** A member of staff. */
export type StaffMember = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly isDisabled: boolean
}

/** Finds the tenant of an identity. The key is (issuer, subject), never an e-mail address (F7). */
export const resolveStaff = async (
  db: Db,
  issuer: string,
  subject: string,
): Promise<{ tenantId: string; id: string } | null> => {
  const row = await outsideTenants(db).one<{ tenantId: string; id: string }>(
    'select r.tenant_id as "tenantId", r.id from resolve_staff($1, $2) r',
    [issuer, subject],
  )
  return row ?? null
}

/** One member of staff of the transaction's tenant. */
export const readStaff = async (tx: Tx, id: string): Promise<StaffMember | undefined> =>
  Staff.of(tx)
    .findOne({ id })
    .select('id', 'displayName as name', 'email', 'role', raw('disabled_at is not null').as('isDisabled'))
    .castTo<StaffMember | undefined>()

/** Keeps the mail address that the identity provider verified, or that it says nothing of one. */
export const keepVerifiedEmail = (tx: Tx, id: string, verifiedEmail: string | null): Promise<number> =>
  Staff.of(tx)
    .where({ id })
    .whereRaw('verified_email is distinct from ?', verifiedEmail)
    .patch({ verifiedEmail })
    .execute()

/** Names of members of staff by id; analytics know ids only. */
export const staffNames = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.query<{ id: string; name: string }>(
    'select id, display_name as name from staff where tenant_id = $1 and id = any ($2::uuid[])',
    [tx.tenantId, ids],
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Staff of these roles who sign in, by name. */
export const staffOfRoles = async (
  tx: Tx,
  roles: readonly Role[],
): Promise<Pick<StaffMember, 'id' | 'name' | 'role'>[]> =>
  Staff.of(tx)
    .whereIn('role', [...roles])
    .where({ disabledAt: null })
    .orderBy(['displayName', 'id'])
    .limit(500)
    .select('id', 'displayName as name', 'role')
    .castTo<Pick<StaffMember, 'id' | 'name' | 'role'>[]>()

/**
 * The people whose cases a member of staff may neither handle nor see: themselves, their manager, their reports
 * (D7). Empty for staff who are not in the directory.
 */
export const ownPeople = async (tx: Tx, personId: string | null): Promise<readonly string[]> => {
  if (personId === null) return []
  const rows = await tx.named<{ id: string }>(
    'own_people',
    `select id from people where tenant_id = $1 and (id = $2 or manager_id = $2
       or id = (select manager_id from people where tenant_id = $1 and id = $2))`,
    [tx.tenantId, personId],
  )
  return rows.map((row) => row.id)
}

/** True if a person is among them. */
export const isOwnCase = async (tx: Tx, staffPersonId: string | null, personId: string): Promise<boolean> =>
  (await ownPeople(tx, staffPersonId)).includes(personId)

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

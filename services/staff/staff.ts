import type { Role } from '#domain/roles.ts'
import type { Db } from '#platform/database/connect.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'

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
export const readStaff = (tx: Tx, staffId: string): Promise<StaffMember | undefined> =>
  tx.one<StaffMember>(
    `select id, display_name as name, email, role, disabled_at is not null as "isDisabled"
     from staff where tenant_id = $1 and id = $2`,
    [tx.tenantId, staffId],
  )

/** Keeps the mail address that the identity provider verified, or that it says nothing of one. */
export const keepVerifiedEmail = async (tx: Tx, staffId: string, email: string | null): Promise<void> => {
  await tx.run(
    `update staff set verified_email = $3
     where tenant_id = $1 and id = $2 and verified_email is distinct from $3`,
    [tx.tenantId, staffId, email],
  )
}

/** Names of members of staff by id; analytics know ids only. */
export const staffNames = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows = await tx.query<{ id: string; name: string }>(
    'select id, display_name as name from staff where tenant_id = $1 and id = any ($2::uuid[])',
    [tx.tenantId, ids],
  )
  return new Map(rows.map((row) => [row.id, row.name]))
}

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

/** Whether a person is among them. */
export const isOwnCase = async (tx: Tx, staffPersonId: string | null, personId: string): Promise<boolean> =>
  (await ownPeople(tx, staffPersonId)).includes(personId)

/** Setting up an organisation: the tenant itself, its staff, its policy. Written rarely, hence through the models. */
import type { Policy as PolicyDocument } from '#domain/policy/policy.ts'
import type { Role } from '#domain/roles.ts'
import { Policy } from './models/Policy.ts'
import { Staff } from './models/Staff.ts'
import { Tenant } from './models/Tenant.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A tenant as it is set up; its id is the transaction's tenant. */
export type NewTenant = {
  readonly slug: string
  readonly name: string
  readonly settings: Readonly<Record<string, unknown>>
}

/** A member of staff as they are set up. */
export type NewStaff = {
  readonly id: string
  readonly issuer: string
  readonly subject: string
  readonly email: string
  readonly displayName: string
  readonly role: Role
  readonly personId: string | null
}

/** Creates the tenant of this transaction, or renews its name and settings. Needs the owner's rights. */
export const saveTenant = async (tx: Tx, tenant: NewTenant): Promise<void> => {
  await Tenant.query(tx.knex)
    .insert({ id: tx.tenantId, ...tenant, settings: { ...tenant.settings } })
    .onConflict('id')
    .merge(['name', 'settings'])
}

/** Adds a member of staff, or renews what the directory says of them. Needs the owner's rights. */
export const saveStaff = async (tx: Tx, staff: NewStaff): Promise<void> => {
  await Staff.query(tx.knex)
    .insert({ tenantId: tx.tenantId, ...staff })
    .onConflict(['tenant_id', 'id'])
    .merge(['email', 'display_name', 'role', 'person_id'])
}

/**
 * Saves a policy as the next version (D15: versions are immutable). Two that save at once do not both
 * succeed: the later one is refused by the key.
 * @returns the new version
 */
export const savePolicy = async (
  tx: Tx,
  policy: Omit<PolicyDocument, 'version'>,
  savedBy: string,
  savedByName: string | null = null,
): Promise<number> => {
  // The owner of the database may see those of other tenants.
  const own = Policy.query(tx.knex).where('tenant_id', tx.tenantId)
  const newest = await own.select('version').orderBy('version', 'desc').first()
  const version = (newest?.version ?? 0) + 1
  await Policy.query(tx.knex).insert({
    tenantId: tx.tenantId,
    version,
    document: { ...policy },
    savedBy,
    savedByName,
  })
  return version
}

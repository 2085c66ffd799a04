/** The organisation of a transaction. */
import { raw } from 'objection'
import type { Db } from '#platform/database/connect.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { tenantIds } from '../housekeeping/housekeeping.ts'
import { Tenant } from './models.ts'
import type { PlaceSettings } from './places.ts'

const own = (tx: Tx) => Tenant.query(tx.knex).findById(tx.tenantId)

/** Creates the tenant of this transaction, or renews its name and settings. Needs the owner's rights. */
export const saveTenant = async (
  tx: Tx,
  tenant: Readonly<Pick<Tenant, 'slug' | 'name' | 'settings'>>,
): Promise<void> => {
  await Tenant.query(tx.knex)
    .insert({ id: tx.tenantId, ...tenant })
    .onConflict('id')
    .merge(['name', 'settings'])
}

/** Where staff and people who vouch sign in. Needs the owner's rights. */
export const setSignInProvider = (tx: Tx, oidcIssuer: string): Promise<number> =>
  own(tx).patch({ oidcIssuer }).execute()

/** The tenant of a slug; undefined when there is none. Each tenant's row is visible to itself alone. */
export const tenantIdOf = async (db: Db, slug: string): Promise<string | undefined> => {
  for (const id of await tenantIds(db)) if ((await inTenant(db, id, readTenant))?.slug === slug) return id
  return undefined
}

/** The organisation's name, as messages and pages show it. SQL, since every message of a verification asks. */
export const readOrganisation = async (tx: Tx): Promise<string> => {
  const row = await tx.one<{ name: string }>('select name from tenants where id = $1', [tx.tenantId])
  return row?.name ?? ''
}

/** The organisation as its people's pages show it. @throws when the tenant does not exist */
export const readBrand = async (
  tx: Tx,
): Promise<{
  readonly name: string
  readonly settings: { readonly accent?: string; readonly helpdeskPhone?: string }
}> => own(tx).select('name', 'settings').throwIfNotFound()

/** The look of an organisation, for people without a link. */
export type FrontDoor = Awaited<ReturnType<typeof readBrand>> & { readonly slug: string }

/** Those of all organisations. Each tenant's row is visible to itself alone. */
export const readFrontDoors = async (db: Db): Promise<FrontDoor[]> => {
  const doors: FrontDoor[] = []
  for (const id of await tenantIds(db)) {
    const tenant = await inTenant(db, id, (tx) => own(tx).select('slug', 'name', 'settings').execute())
    if (tenant !== undefined) doors.push(tenant)
  }
  return doors
}

/** The transaction's own tenant, or undefined. */
export const readTenant = (tx: Tx): Promise<Pick<Tenant, 'slug' | 'name'> | undefined> =>
  own(tx).select('slug', 'name').execute()

/** The transaction's own tenant with its settings; nobody else changes it until the transaction ends. @throws when it is gone */
export const lockTenant = async (tx: Tx): Promise<Pick<Tenant, 'name' | 'settings'>> => {
  const tenant = await own(tx).select('name', 'settings').forUpdate()
  if (tenant === undefined) throw new Error('the organisation of this transaction is not there')
  return tenant
}

/** The places and devices that the transaction's own tenant named. */
export const readPlaces = async (tx: Tx): Promise<PlaceSettings> =>
  (await own(tx).select('settings'))?.settings ?? {}

/** The same; nobody else changes them until the transaction ends. @throws when the tenant is gone */
export const lockPlaces = async (tx: Tx): Promise<PlaceSettings> => (await lockTenant(tx)).settings

/** Writes them, with the other settings that were read with them. */
export const savePlaces = async (tx: Tx, settings: PlaceSettings): Promise<void> => {
  await own(tx).patch({ settings: { ...settings } })
}

/** The country whose national notation of phone numbers is meant where a source names none (B17). ISO 3166; GB when unset. */
export const readDefaultRegion = async (tx: Tx): Promise<string> => {
  const region = own(tx).select(raw(`settings ->> 'defaultRegion'`).as('region'))
  return (await region.castTo<{ region: string | null } | undefined>())?.region ?? 'GB'
}

import type { Tx } from '#platform/database/transaction.ts'

/** The organisation's name, as messages and pages show it. */
export const readOrganisation = async (tx: Tx): Promise<string> => {
  const row = await tx.one<{ name: string }>('select name from tenants where id = $1', [tx.tenantId])
  return row?.name ?? ''
}

/** The transaction's own tenant, or undefined. */
export const readTenant = (tx: Tx): Promise<{ slug: string; name: string } | undefined> =>
  tx.one<{ slug: string; name: string }>('select slug, name from tenants where id = $1', [tx.tenantId])

/** The transaction's own tenant with its settings; nobody else changes it until the transaction ends. @throws when it is gone */
export const lockTenant = async (
  tx: Tx,
): Promise<{ name: string; settings: Readonly<Record<string, unknown>> }> => {
  const row = await tx.one<{ name: string; settings: Record<string, unknown> }>(
    'select name, settings from tenants where id = $1 for update',
    [tx.tenantId],
  )
  if (row === undefined) throw new Error('the organisation of this transaction is not there')
  return row
}

/** The country whose national notation of phone numbers is meant where a source names none (B17). ISO 3166; GB when unset. */
export const readDefaultRegion = async (tx: Tx): Promise<string> => {
  const row = await tx.one<{ region: string | null }>(
    `select settings ->> 'defaultRegion' as region from tenants where id = $1`,
    [tx.tenantId],
  )
  return row?.region ?? 'GB'
}

import type { Policy } from '#domain/policy/policy.ts'
import type { Tx } from './transaction.ts'

/** The policy that new verifications of this tenant use. @throws when the tenant has none: nothing may start without */
export const currentPolicy = async (tx: Tx): Promise<Policy> => {
  const [row] = await tx.named<{ version: number; document: Omit<Policy, 'version'> }>(
    'current_policy',
    'select version, document from policies where tenant_id = $1 order by version desc limit 1',
    [tx.tenantId],
  )
  if (row === undefined) throw new Error('this tenant has no policy')
  return { ...row.document, version: row.version }
}

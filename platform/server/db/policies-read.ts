import type { Policy } from '#domain/policy/policy.ts'
import type { Tx } from './transaction.ts'

/** The policy of a version, as it was saved (security.md D15). @throws when there is none: a case cannot go on without */
export const readPolicy = async (tx: Tx, version: number): Promise<Policy> => {
  const row = await tx.one<{ document: Omit<Policy, 'version'> }>(
    'select document from policies where tenant_id = $1 and version = $2',
    [tx.tenantId, version],
  )
  if (row === undefined) throw new Error(`policy version ${String(version)} does not exist`)
  return { ...row.document, version }
}

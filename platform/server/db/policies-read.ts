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

/** The policy that a verification uses. @throws when there is no such verification */
export const readPolicyOf = async (tx: Tx, verificationId: string): Promise<Policy> => {
  const row = await tx.one<{ version: number }>(
    'select policy_version as version from verifications where tenant_id = $1 and id = $2',
    [tx.tenantId, verificationId],
  )
  if (row === undefined) throw new Error('this verification does not exist')
  return readPolicy(tx, row.version)
}

import type { Policy } from '#domain/policy/policy.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { PolicyVersion } from './models.ts'

type Row = { readonly version: number; readonly document: Omit<Policy, 'version'> }

const policyOf = ({ version, document }: Row): Policy => ({ ...document, version })

/** The policy that new verifications of this tenant use. @throws when the tenant has none: nothing may start without */
export const currentPolicy = async (tx: Tx): Promise<Policy> => {
  const [row] = await tx.named<Row>(
    'current_policy',
    `select version, document from policies where tenant_id = $1 and effective_at <= now()
     order by version desc limit 1`,
    [tx.tenantId],
  )
  if (row === undefined) throw new Error('this tenant has no policy')
  return policyOf(row)
}

/** The policy of a version, as it was saved (D15). @throws when there is none: a case cannot continue without */
export const readPolicy = async (tx: Tx, version: number): Promise<Policy> => {
  const [row] = await tx.named<Row>(
    'read_policy',
    'select version, document from policies where tenant_id = $1 and version = $2',
    [tx.tenantId, version],
  )
  if (row === undefined) throw new Error(`policy version ${String(version)} does not exist`)
  return policyOf(row)
}

/** The policy that a verification, or an enrolment, uses. @throws when there is no such one */
export const readPolicyOf = async (tx: Tx, verificationId: string): Promise<Policy> => {
  const [row] = await tx.named<Row>(
    'read_policy_of',
    `select p.version, p.document from policies p where p.tenant_id = $1 and p.version = coalesce(
       (select v.policy_version from verifications v where v.tenant_id = $1 and v.id = $2),
       (select e.policy_version from enrolments e where e.tenant_id = $1 and e.id = $2))`,
    [tx.tenantId, verificationId],
  )
  if (row === undefined) throw new Error('this verification does not exist')
  return policyOf(row)
}

/**
 * Saves a policy as the next version (D15: versions are immutable). Two that save at once do not both
 * succeed: the later one is refused by the key.
 * @returns the new version
 */
export const savePolicy = async (
  tx: Tx,
  document: Omit<Policy, 'version'>,
  savedBy: string,
  savedByName: string | null = null,
): Promise<number> => {
  const newest = await PolicyVersion.of(tx).select('version').orderBy('version', 'desc').first()
  const version = (newest?.version ?? 0) + 1
  const { tenantId } = tx
  await PolicyVersion.query(tx.knex).insert({ tenantId, version, document, savedBy, savedByName })
  return version
}

import type { Tier } from '#domain/verification/verification.ts'
import type { Tx } from './transaction.ts'

/** The tier of everybody who can be asked. */
export const readTiers = async (tx: Tx): Promise<ReadonlyMap<string, Tier>> => {
  const rows = await tx.query<{ id: string; tier: Tier }>(
    `select id, tier from people where tenant_id = $1 and account_state in ('active', 'locked')`,
    [tx.tenantId],
  )
  return new Map(rows.map(({ id, tier }) => [id, tier]))
}

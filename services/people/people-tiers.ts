import type { Tier } from '#domain/verification/verification.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { PersonRow } from './models.ts'

/** The tier of everybody who can be asked. */
export const readTiers = async (tx: Tx): Promise<ReadonlyMap<string, Tier>> => {
  const rows = await tx.query<{ id: string; tier: Tier }>(
    `select id, tier from people where tenant_id = $1 and account_state in ('active', 'locked')`,
    [tx.tenantId],
  )
  return new Map(rows.map(({ id, tier }) => [id, tier]))
}

/** Makes one person privileged as their directory says, or does not say (D2); the next reading takes it back. */
export const raiseTier = (tx: Tx, personId: string): Promise<number> =>
  PersonRow.of(tx)
    .where({ id: personId, tier: 'standard' })
    .patch({ tier: 'privileged', isTierFromDirectory: true })
    .execute()

/**
 * Makes those privileged whom their directory says to be, and takes back what it said before; a tier that was set by somebody
 * else stays. Gives how many rows changed.
 */
export const keepTiers = async (
  tx: Tx,
  directory: string,
  privileged: readonly string[],
): Promise<number> => {
  const params = [tx.tenantId, directory, privileged]
  const raised = await tx.run(
    `update people set tier = 'privileged', is_tier_from_directory = true
     where tenant_id = $1 and directory = $2 and tier = 'standard' and directory_id = any ($3::text[])`,
    params,
  )
  const lowered = await tx.run(
    `update people set tier = 'standard', is_tier_from_directory = false
     where tenant_id = $1 and directory = $2 and is_tier_from_directory and directory_id <> all ($3::text[])`,
    params,
  )
  await tx.run('update directory_syncs set tiers_read_at = now() where tenant_id = $1 and directory = $2', [
    tx.tenantId,
    directory,
  ])
  return raised + lowered
}

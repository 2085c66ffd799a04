/** The tenant's switch for times of elevated threat (B16): one person turns it on, two together off. */
import type { Tx } from '#platform/database/transaction.ts'

/** A member of staff as these rows keep one. */
export type StaffName = { readonly id: string; readonly name: string }

/** The threat that is on. Times are ISO 8601 UTC. */
export type ElevatedThreat = {
  readonly id: string
  readonly reason: string
  readonly raisedBy: StaffName
  readonly raisedAt: string
  /** The first of the two who turn it off; null while nobody asked. */
  readonly loweringAskedBy: StaffName | null
  readonly loweringAskedAt: string | null
}

/** Whether it is on now. Read at every decision, so that a switch takes effect on the next one. */
export const isThreatElevated = async (tx: Tx): Promise<boolean> => {
  const [row] = await tx.named<{ isOn: boolean }>(
    'is_threat_elevated',
    `select exists (select from elevated_threats where tenant_id = $1 and lowered_at is null) as "isOn"`,
    [tx.tenantId],
  )
  return row?.isOn === true
}

/** The threat that is on, or undefined. */
export const readThreat = (tx: Tx): Promise<ElevatedThreat | undefined> =>
  tx.one<ElevatedThreat>(
    `select id, reason, json_build_object('id', raised_by, 'name', raised_by_name) as "raisedBy",
       iso_instant(raised_at) as "raisedAt",
       case when lowering_asked_by is not null
         then json_build_object('id', lowering_asked_by, 'name', lowering_asked_by_name) end as "loweringAskedBy",
       iso_instant(lowering_asked_at) as "loweringAskedAt"
     from elevated_threats where tenant_id = $1 and lowered_at is null`,
    [tx.tenantId],
  )

/** Turns it on. False: it is on already. */
export const raiseThreat = async (tx: Tx, id: string, by: StaffName, reason: string): Promise<boolean> => {
  const added = await tx.run(
    `insert into elevated_threats (tenant_id, id, reason, raised_by, raised_by_name)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [tx.tenantId, id, reason, by.id, by.name],
  )
  return added === 1
}

/**
 * One person's wish to turn it off: the first asks, another one after that turns it off. A second wish of the same person
 * changes nothing.
 */
export const lowerThreat = async (tx: Tx, by: StaffName): Promise<'asked' | 'lowered' | 'unchanged'> => {
  const lowered = await tx.run(
    `update elevated_threats set lowered_by = $2, lowered_by_name = $3, lowered_at = now()
     where tenant_id = $1 and lowered_at is null and lowering_asked_by <> $2`,
    [tx.tenantId, by.id, by.name],
  )
  if (lowered === 1) return 'lowered'
  const asked = await tx.run(
    `update elevated_threats set lowering_asked_by = $2, lowering_asked_by_name = $3, lowering_asked_at = now()
     where tenant_id = $1 and lowered_at is null and lowering_asked_by is null`,
    [tx.tenantId, by.id, by.name],
  )
  return asked === 1 ? 'asked' : 'unchanged'
}

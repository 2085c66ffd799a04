/** The tenant's switch for times of elevated threat (B16): one person turns it on, two together off. */
import { idAndName, instant, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { RaisedThreat } from './models.ts'

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

/** True if it is on now. Read at every decision, so that a switch takes effect on the next one. */
export const isThreatElevated = async (tx: Tx): Promise<boolean> => {
  const [row] = await tx.named<{ isOn: boolean }>(
    'is_threat_elevated',
    `select exists (select from elevated_threats where tenant_id = $1 and lowered_at is null) as "isOn"`,
    [tx.tenantId],
  )
  return row?.isOn === true
}

/** The threat that is on, or undefined. */
export const readThreat = async (tx: Tx): Promise<ElevatedThreat | undefined> =>
  RaisedThreat.of(tx)
    .findOne({ loweredAt: null })
    .select('id', 'reason', idAndName('raisedBy'), instant('raisedAt'))
    .select(idAndName('loweringAskedBy'), instant('loweringAskedAt'))
    .castTo<ElevatedThreat | undefined>()

/** Turns it on. False: it is on already. */
export const raiseThreat = (tx: Tx, id: string, by: StaffName, reason: string): Promise<boolean> =>
  RaisedThreat.add(tx, { id, reason, raisedBy: by.id, raisedByName: by.name })

/**
 * One person's wish to turn it off: the first asks, another one after that turns it off. A second wish of the same person
 * changes nothing.
 */
export const lowerThreat = async (tx: Tx, by: StaffName): Promise<'asked' | 'lowered' | 'unchanged'> => {
  const lowered = await RaisedThreat.of(tx)
    .where({ loweredAt: null })
    .where('loweringAskedBy', '<>', by.id)
    .patch({ loweredBy: by.id, loweredByName: by.name, loweredAt: now() })
  if (lowered === 1) return 'lowered'
  const asked = await RaisedThreat.of(tx)
    .where({ loweredAt: null, loweringAskedBy: null })
    .patch({ loweringAskedBy: by.id, loweringAskedByName: by.name, loweringAskedAt: now() })
  return asked === 1 ? 'asked' : 'unchanged'
}

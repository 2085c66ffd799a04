/** An organisation's messages run out: every admin gets a mail, and the audit an entry, once a day and state (H3). */
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { tellAdmins } from '../staff/staff-notices.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The state of a budget: so many of so many within so many seconds. */
export type Budget = {
  /** `used_up`: nothing more is sent. */
  readonly state: 'nearly_used' | 'used_up'
  readonly max: number
  readonly seconds: number
  readonly count: number
}

/** Warns of the budget in this transaction; false where that was done today, or where there is no admin. */
export const tellOfBudget = async (tx: Tx, { state, max, seconds, count }: Budget): Promise<boolean> => {
  const row = await tx.one<{ day: string }>(`select to_char(now() at time zone 'utc', 'YYYY-MM-DD') as day`)
  const about = `${String(max)} / ${String(Math.round(seconds / 3600))} h, ${row?.day ?? ''}`
  const told = await tellAdmins(tx, { kind: `sends_${state}`, about, byName: '', takesEffectAt: null })
  if (told === 0) return false
  await recordEvents(
    tx,
    { kind: 'system', id: 'budget' },
    null,
    [
      {
        type: `sends.${state}`,
        object: { kind: 'tenant', id: tx.tenantId },
        payload: { max, seconds, count },
      },
    ],
    [uuidOf('send-budget', tx.tenantId, state, about)],
  )
  return true
}

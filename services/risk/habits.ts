/** The way in which people enter codes and answers: a sealed summary of each case that passed, kept ninety days. */
import { habitDays } from '#domain/risk/habit.ts'
import type { CaseHabit } from '#domain/risk/facts.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openSealedText, seal, SealBroken } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A summary as it is stored. */
export type HabitRow = { readonly verificationId: string; readonly sealed: string }

/** Bound to the person: a summary that is moved to somebody else does not open. */
const placeOf = (tenantId: string, personId: string, verificationId: string) => ({
  ...{ tenantId, table: 'habits', column: 'summary_sealed' },
  row: `${personId}/${verificationId}`,
})

/**
 * Stores the summary of a case, once. The statement itself looks if the case passed, a secret of it came back, and the policy found
 * that enough: a case that failed, or that staff let pass beyond the policy, never becomes anybody's habit.
 */
export const addHabit = (
  tx: Tx,
  keys: KeyRing,
  of: { readonly verificationId: string; readonly personId: string },
  habit: CaseHabit,
): Promise<number> =>
  tx.run(
    `insert into habits (tenant_id, verification_id, person_id, summary_sealed)
     select v.tenant_id, v.id, v.person_id, $4 from verifications v
     where v.tenant_id = $1 and v.id = $2 and v.person_id = $3 and v.outcome = 'passed' and v.recommendation = 'approve'
       and exists (select from links l where l.tenant_id = $1 and l.verification_id = v.id and l.used_at is not null)
     on conflict do nothing`,
    [
      ...[tx.tenantId, of.verificationId, of.personId],
      seal(keys, placeOf(tx.tenantId, of.personId, of.verificationId), JSON.stringify(habit)),
    ],
    'add_habit',
  )

/** Opens summaries; one that was changed or is another person's is left out. */
export const openHabits = (
  keys: KeyRing,
  tenantId: string,
  personId: string,
  rows: readonly HabitRow[],
): readonly CaseHabit[] =>
  rows.flatMap(({ verificationId, sealed }) => {
    try {
      const place = placeOf(tenantId, personId, verificationId)
      return [JSON.parse(openSealedText(keys, place, Buffer.from(sealed, 'base64'))) as CaseHabit]
    } catch (error) {
      if (error instanceof SealBroken) return []
      throw error
    }
  })

/** Deletes summaries after ninety days; gives how many. */
export const deleteOldHabits = (tx: Tx): Promise<number> =>
  tx.run('delete from habits where tenant_id = $1 and at < now() - make_interval(days => $2)', [
    tx.tenantId,
    habitDays,
  ])

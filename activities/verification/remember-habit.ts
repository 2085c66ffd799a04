/** Remembers the way in which a case that passed was entered (PER_HABIT). */
import { familyName } from '#domain/questions/answer-facts.ts'
import { habitOf } from '#domain/risk/habit.ts'
import type { CaseHabit } from '#domain/risk/facts.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import { readAnswers, type AnswerRow } from '#services/questions/portal-answers.ts'
import { addHabit } from '#services/risk/habits.ts'
import { codesOf, openProbes } from '#services/risk/risk-facts-portal.ts'
import { starters, usualTimesOf } from '#services/risk/risk-facts.ts'
import { readRiskRows } from '#services/risk/risk-rows.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { appendLastEvents, type AppendEvents } from '#platform/database/record-events.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'

/**
 * The last events of a case, and before them the way in which it was entered, if it passed: by then its row says so, and the
 * statement looks there.
 */
export const withHabit =
  (keys: KeyRing, ref: CaseRef, habit: CaseHabit | null): AppendEvents =>
  async (tx, ...events) => {
    if (habit !== null) await addHabit(tx, keys, ref, habit)
    await appendLastEvents(tx, ...events)
  }

/** The same numbers as the score was made of, where it was made before; null: nothing can be measured. */
export const readHabit = async (
  deps: ActivityDeps,
  tx: Tx,
  { verificationId }: CaseRef,
): Promise<CaseHabit | null> => {
  const [rows, answers] = await Promise.all([
    readRiskRows(tx, verificationId),
    readAnswers(tx, verificationId),
  ])
  const probes = openProbes(deps, tx.tenantId, rows.probes)
  const newest = probes.requests.at(-1)?.report
  return habitOf({
    endpoint: {
      codes: codesOf(probes.requests),
      userAgent: newest === undefined ? null : deps.factTools.readUserAgent(newest.userAgent),
      probe: probes.beacons.at(-1)?.report ?? null,
      hasVirtualDesktops: rows.settings.hasVirtualDesktops ?? false,
    },
    possession: { startedBy: starters[rows.referrerKind] },
    challenge: { answers: answers.map(enteredOf) },
    persona: { usualTimes: usualTimesOf(rows) },
  })
}

const enteredOf = ({ family, verdict, form, ms, extensions, input }: AnswerRow) => ({
  ...{
    family: familyName(family),
    verdict,
    form,
    letters: 0,
    seconds: ms / 1000,
    isExtended: extensions > 0,
  },
  input: 'keydowns' in input ? (input as InputReport) : null,
})

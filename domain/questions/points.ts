import type { PointsRow, Verdict } from './plan.ts'

/** Chance of a right answer: a genuine person (`pL`), and the mix of attackers (`pA`). */
export type Odds = { readonly pL: number; readonly pA: number }

/** The assumptions behind the points; re-estimated by calibration. */
export const oddsOf: Readonly<Record<PointsRow, Odds>> = {
  choice_public: { pL: 0.97, pA: 0.65 },
  choice_medium: { pL: 0.92, pA: 0.4 },
  choice_private: { pL: 0.85, pA: 0.3 },
  typed_medium: { pL: 0.93, pA: 0.45 },
  typed_private: { pL: 0.7, pA: 0.08 },
}

/** Points in dB for a verdict. */
export const pointsTable: Readonly<Record<PointsRow, Readonly<Record<Verdict, number>>>> = {
  choice_public: { correct: 2, partial: 1, incorrect: -11, invalid: -8, skipped: -5 },
  choice_medium: { correct: 4, partial: 1, incorrect: -9, invalid: -7, skipped: -4 },
  choice_private: { correct: 5, partial: 2, incorrect: -7, invalid: -6, skipped: -3 },
  typed_medium: { correct: 3, partial: 1, incorrect: -9, invalid: -7, skipped: -4 },
  typed_private: { correct: 9, partial: 4, incorrect: -5, invalid: -5, skipped: -2 },
}

/** The points of one verdict, dB. */
export const pointsOf = (row: PointsRow, verdict: Verdict): number => pointsTable[row][verdict]

/** The information that asking is expected to give about a genuine person, |dB|; selection maximises the sum. */
export const expectedPoints = (row: PointsRow): number => {
  const { pL } = oddsOf[row]
  return pL * pointsOf(row, 'correct') + (1 - pL) * Math.abs(pointsOf(row, 'incorrect'))
}

/** Rows from easy to hard: questions are asked in this order. */
export const rowsByDifficulty: readonly PointsRow[] = [
  'choice_public',
  'choice_medium',
  'typed_medium',
  'choice_private',
  'typed_private',
]

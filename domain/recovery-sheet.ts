/** When a printed recovery sheet may be made, and from when on it counts. */
import type { Outcome } from './verification/outcome.ts'
import { purposes, type Tier } from './verification/verification.ts'
import type { EvidenceKind, Policy } from './policy/policy.ts'

/** A sheet is as good as the proof that it was made with: so many kinds, of which an older sheet is none. */
export const kindsForSheet = 2

/** Codes of a sheet that may be wrong in one case before another kind of proof is asked for. */
export const mostSheetTries = 5

/** Wrong codes of one person in a day, over all their cases. */
export const mostSheetTriesPerDay = 10

/** The parts of a case at whose end a sheet may be made. */
export type CaseForSheet = {
  readonly policy: Pick<Policy, 'rules'>
  /** The tier that the person has now. */
  readonly tier: Tier
  readonly outcome: Outcome | null
  /** Kinds that the case held when it was decided. */
  readonly evidence: readonly EvidenceKind[]
  /** The participant said "this was not me" about it. */
  readonly isDisputed: boolean
  readonly isElevatedThreat: boolean
}

/** True if any rule for people of this tier takes a code as proof. */
const isTaken = ({ rules }: Pick<Policy, 'rules'>, tier: Tier): boolean =>
  purposes.some((purpose) => rules[purpose][tier].asksRecoverySheet)

/**
 * True if a sheet may be made. A case that one kind carried gives none: whoever took over that mailbox or number would hold a
 * second kind from then on. Under an elevated threat nobody gets a lasting key.
 */
export const mayMakeSheet = (given: CaseForSheet): boolean =>
  given.outcome === 'passed' &&
  !given.isDisputed &&
  !given.isElevatedThreat &&
  isTaken(given.policy, given.tier) &&
  given.evidence.filter((kind) => kind !== 'recovery_sheet').length >= kindsForSheet

/** True if a sheet has rested as long as the policy wants. Times: milliseconds since 1970; null: there is no sheet. */
export const isSheetRested = (
  madeAt: number | null,
  { lifetimes }: Pick<Policy, 'lifetimes'>,
  now: number,
): boolean => madeAt !== null && now - madeAt >= lifetimes.sheetRest * 1000

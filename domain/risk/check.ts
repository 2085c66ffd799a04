/** The form of a silent check, of what it finds, and of the stored result. */
import type { RiskFacts, SourceRef } from './facts.ts'
import type { CheckText } from './text.ts'

export type CheckCategory = 'network' | 'endpoint' | 'persona' | 'challenge' | 'possession'

/** Stable for ever: analytics and policies name checks by it. */
export type CheckCode = `${'NET' | 'END' | 'PER' | 'CHA' | 'POS'}_${string}`

export type CheckStatus = 'pass' | 'info' | 'flag' | 'critical' | 'unknown' | 'not_applicable' | 'error'
export type CheckMode = 'live' | 'shadow' | 'off'
export type EvidenceClass =
  'possession' | 'phishing_resistant' | 'provider_sign_in' | 'push' | 'recovery_sheet' | 'approver'

/**
 * A check asks for one of these where it speaks against the participant. `points`: nothing more, its points lower the score ·
 * `two_kinds`: two kinds of proof in all · `one_more_kind`: one kind more than the case needs without it · `supervisor`: that,
 * and a supervisor decides · `refuse`: the case is refused.
 */
export const asks = ['points', 'two_kinds', 'one_more_kind', 'supervisor', 'refuse'] as const
export type Ask = (typeof asks)[number]

/** A policy may choose among these for a check. Answers alone refuse nobody, so no finding about them does (B4). */
export const asksFor = (code: string): readonly Ask[] =>
  code.startsWith('CHA_') ? asks.filter((ask) => ask !== 'refuse') : asks

/**
 * The value of the fact: a sentence for the console to put into the reader's language, or plain text where it is the
 * same in every language (a number, an address, what a browser calls itself).
 */
export type EvidenceValue = CheckText | string

/**
 * One fact behind a finding, never the conclusion. Sensitivity 0: anyone who may see evidence; 1: supervisor and
 * auditor; 2: on explicit, audited opening only.
 */
export type Evidence = { label: string; value: EvidenceValue; sensitivity: 0 | 1 | 2 }

export type Floor = {
  /** R is at least this, 0.0–10.0 */
  value: number
  /** ISO time after which the cause no longer counts */
  expiresAt: string
  /** Staff id of the second person who lifted it, with a reason in the audit trail */
  liftedBy?: string
}

/** The finding of one check on one set of facts. */
export type Finding = {
  status: CheckStatus
  /** dB; minus speaks against the participant being genuine. Absent: 0 */
  weight?: number
  /** 0..1, how far the data behind the weight can be trusted (8.6). Absent: 1 */
  quality?: number
  /** Another group than the check's own, where each hit counts by itself */
  group?: string
  floor?: Floor
  evidenceClass?: EvidenceClass
  evidence?: readonly Evidence[]
  text: CheckText
  remedy?: CheckText
  source?: SourceRef
}

/** dB by case name; a policy may replace single values. */
export type Weights<W extends string = string> = Readonly<Record<W, number>>

export type Check = {
  code: CheckCode
  category: CheckCategory
  /** Hits in one group are correlated and do not add up */
  group: string
  /** 1: live by default. 2: in shadow until its alarm rate is known */
  phase: 1 | 2
  /** Raised whenever the rule changes */
  ruleVersion: number
  defaultWeights: Weights
  /** A hit asks for this, unless a policy says otherwise */
  asks: Ask
  /**
   * Pure. `isLive` tells whether another check counts under the policy in force, for the one rule that needs it
   * (a contact is counted once).
   */
  evaluate(
    facts: RiskFacts,
    weights: Weights,
    isLive: (code: CheckCode) => boolean,
  ): Finding | readonly Finding[]
}

type Definition<W extends string> = Omit<
  Check,
  'defaultWeights' | 'evaluate' | 'phase' | 'ruleVersion' | 'asks'
> & {
  defaultWeights: Weights<W>
  evaluate(
    facts: RiskFacts,
    weights: Weights<W>,
    isLive: (code: CheckCode) => boolean,
  ): Finding | readonly Finding[]
  phase?: 1 | 2
  ruleVersion?: number
  asks?: Ask
}

/** Declares a check; the names of its weights are checked where it uses them. */
export function defineCheck<W extends string>(definition: Definition<W>): Check {
  return { phase: 1, ruleVersion: 1, asks: 'points', ...definition }
}

/** One row of a stored case; with the versions beside it, enough to compute E and R again exactly. */
export type CheckResult = {
  code: CheckCode
  ruleVersion: number
  category: CheckCategory
  group: string
  mode: 'live' | 'shadow'
  status: CheckStatus
  /** dB by policy, before damping */
  weight: number
  /**
   * Largest |dB| this check gives by default; the share of it that answered is the coverage. Not by policy: how much is
   * known is no matter of weights, and a heavier check must not fill up what a category lacks (D14)
   */
  maxWeight: number
  /** 0..1 (8.6) */
  quality: number
  /** dB after damping, quality and cap, for display; 0 until `withApplied` has run */
  applied: number
  floor?: Floor
  evidenceClass?: EvidenceClass
  evidence: readonly Evidence[]
  text: CheckText
  remedy?: CheckText
  source: SourceRef
}

/** A stored case decided again under another policy: from its check results, never from facts read anew. */
import { pointsOf } from '../questions/points.ts'
import type { PointsRow } from '../questions/plan.ts'
import type { CheckMode, CheckResult, Weights } from '../risk/check.ts'
import { checks } from '../risk/checks/index.ts'
import { modeOf, strongestOf, weightsOf } from '../risk/evaluate.ts'
import { riskNumbers } from '../risk/score.ts'
import type { Band } from '../risk/settings.ts'
import type { Purpose, Tier } from '../verification/verification.ts'
import { decide, type PolicyAnswer, type PolicyDecision, type QuestionsState } from './decide.ts'
import { ruleFor, type EvidenceKind, type Policy } from './policy.ts'

/** The stored parts of a scored case. */
export type StoredCase = {
  readonly purpose: Purpose
  readonly tier: Tier
  readonly results: readonly CheckResult[]
  readonly decision: Pick<PolicyDecision, 'answer' | 'reasons' | 'next'>
  readonly band: Band
  readonly answered: number
  readonly route:
    | 'questions'
    | 'second_contact'
    | 'passkey'
    | 'provider_sign_in'
    | 'push'
    | 'recovery_sheet'
    | 'none'
    | null
  readonly gate: 'open' | 'closed' | null
  /** Questions put and not answered: what each would weigh, had it been wrong (B4). */
  readonly skipped: readonly { readonly family: string; readonly points: PointsRow }[]
}

/** A policy's checks as they take effect, worked out once for many cases. */
export type ReplayPolicy = {
  readonly policy: Policy
  readonly checks: ReadonlyMap<
    string,
    { readonly mode: CheckMode; readonly weights: Weights; readonly size: number }
  >
}

/** Prepares a policy for many cases. */
export const replayPolicy = (policy: Policy): ReplayPolicy => ({
  policy,
  checks: new Map(
    checks.map((check) => {
      const weights = weightsOf(check, policy.score)
      return [check.code, { mode: modeOf(check, policy.score), weights, size: strongestOf(weights) }]
    }),
  ),
})

/** Answer and band of one policy. */
export type Judgement = { readonly answer: PolicyAnswer; readonly band: Band }

/** The stored answer of a case, and the answer that it would get. */
export type Replayed = {
  readonly before: Judgement
  readonly after: Judgement
  /** True: the stored parts give the stored answer again; false: `after` says nothing. */
  readonly isReplayable: boolean
}

/**
 * The weight of a result under another policy. Results keep their weight, not the name of its case: where several cases
 * weighed the same, the least favourable counts; a weight of no single case keeps its ratio to the strongest.
 */
const weightUnder = (
  weight: number,
  own: { readonly weights: Weights; readonly size: number },
  draft: { readonly weights: Weights; readonly size: number },
): number => {
  if (weight === 0) return 0
  const named = Object.entries(own.weights).filter(([, value]) => Math.abs(value - weight) < 1e-9)
  if (named.length > 0) return Math.min(...named.map(([name]) => draft.weights[name] ?? weight))
  return own.size === 0 ? weight : (weight * draft.size) / own.size
}

const resultUnder = (result: CheckResult, own: ReplayPolicy, draft: ReplayPolicy): readonly CheckResult[] => {
  const before = own.checks.get(result.code)
  const after = draft.checks.get(result.code)
  // A check that is gone since keeps what it said.
  if (before === undefined || after === undefined) return [result]
  if (after.mode === 'off') return []
  return [{ ...result, mode: after.mode, weight: weightUnder(result.weight, before, after) }]
}

const tooFewUnder = (result: CheckResult, answered: number, minAnswered: number): CheckResult => {
  if (result.code !== 'CHA_TOO_FEW' || (result.status !== 'pass' && result.status !== 'critical'))
    return result
  const { floor: _floor, ...rest } = result
  if (answered >= minAnswered) return { ...rest, status: 'pass' }
  return { ...rest, status: 'critical', floor: { value: 5, expiresAt: result.source.asOf } }
}

const resultsUnder = (stored: StoredCase, own: ReplayPolicy, draft: ReplayPolicy): readonly CheckResult[] => {
  // Under its own policy a case is what is stored.
  if (own === draft) return stored.results
  const { minAnswered } = ruleFor(draft.policy, stored.purpose, stored.tier)
  const kept = stored.results.flatMap((result) => resultUnder(result, own, draft))
  return draft.policy.questions.enabled
    ? kept.map((result) => tooFewUnder(result, stored.answered, minAnswered))
    : kept.filter(({ category }) => category !== 'challenge')
}

/** The same with unanswered questions weighed as wrong. */
const withSkippedWrong = (results: readonly CheckResult[], stored: StoredCase): readonly CheckResult[] => {
  const wrong = new Map(
    stored.skipped.map(({ family, points }) => [
      `answer:${family.replaceAll('_', ' ')}`,
      pointsOf(points, 'incorrect'),
    ]),
  )
  return results.map((result) => {
    const weight = result.text.key === 'answer.skipped' ? wrong.get(result.group) : undefined
    return weight === undefined ? result : { ...result, status: 'flag', weight }
  })
}

const questionsUnder = (stored: StoredCase, { policy }: ReplayPolicy): QuestionsState => {
  if (!policy.questions.enabled) return 'not_wanted'
  if (stored.route !== 'questions') return 'not_possible'
  if (stored.gate === 'closed') return 'gate_closed'
  return stored.answered >= ruleFor(policy, stored.purpose, stored.tier).minAnswered ? 'complete' : 'too_few'
}

/** The kind that was asked for can be had; of others nothing is stored. */
const askedKinds: Partial<Record<PolicyDecision['next'], readonly EvidenceKind[]>> = {
  second_contact: ['second_contact'],
  passkey: ['phishing_resistant'],
  provider_sign_in: ['provider_sign_in'],
  push: ['push'],
  recovery_sheet: ['recovery_sheet'],
  approver: ['approver'],
}

const decided = (stored: StoredCase, own: ReplayPolicy, draft: ReplayPolicy): Judgement => {
  const { purpose, tier, decision } = stored
  const results = resultsUnder(stored, own, draft)
  const risk = riskNumbers(results, draft.policy.score)
  const worst =
    stored.skipped.length === 0 ? risk : riskNumbers(withSkippedWrong(results, stored), draft.policy.score)
  const { answer } = decide({
    policy: draft.policy,
    purpose,
    tier,
    results,
    score: risk,
    rDecideUnansweredWrong: worst.rDecide,
    questions: questionsUnder(stored, draft),
    obtainable: askedKinds[decision.next] ?? [],
    isReported: decision.reasons.includes('reported'),
    isNeverViaHelpDesk: decision.reasons.includes('never_via_help_desk'),
    isContactChanged: decision.reasons.includes('contact_changed'),
    isElevatedThreat: decision.reasons.includes('elevated_threat'),
  })
  return { answer, band: risk.band }
}

/**
 * Decides a stored case again, under the policy it was decided by and under a draft. What was never looked at cannot be
 * made up: a check that was off, another set of questions, another age of contacts and another link's lifetime change
 * nothing here.
 */
export const replayCase = (stored: StoredCase, own: ReplayPolicy, draft: ReplayPolicy): Replayed => {
  const again = decided(stored, own, own)
  return {
    before: { answer: stored.decision.answer, band: stored.band },
    after: decided(stored, own, draft),
    isReplayable: again.answer === stored.decision.answer,
  }
}

import { decide, type PolicyDecision, type QuestionsState } from '#domain/policy/decide.ts'
import { wouldAsk } from '#domain/policy/only-recorded.ts'
import { ruleFor, type EvidenceKind, type Policy } from '#domain/policy/policy.ts'
import { answerFactsOf } from '#domain/questions/answer-facts.ts'
import { countAnswered, scoredAnswers, withUnansweredAsIncorrect } from '#domain/questions/next-step.ts'
import type { ScoredAnswer } from '#domain/questions/next-step.ts'
import type { QuestionPlan, StoredAnswer } from '#domain/questions/plan.ts'
import type { CheckResult } from '#domain/risk/check.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import type { ChallengeFacts, RiskFacts } from '#domain/risk/facts.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import { score, withApplied, type RiskScore } from '#domain/risk/score.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'

/** The result of the questions. */
export type Asked = {
  readonly plan: QuestionPlan
  readonly gate: 'open' | 'closed' | null
  readonly isComplete: boolean
  readonly answers: readonly StoredAnswer[]
  readonly inputs: ReadonlyMap<number, InputReport>
  readonly withQuestions30d: number | null
}

/** Everything that was weighed, and what came out. */
export type Weighed = {
  readonly results: readonly CheckResult[]
  readonly score: RiskScore
  readonly decision: PolicyDecision
  readonly scored: readonly ScoredAnswer[]
}

/** Facts of the directory and of earlier cases, beside the checks. */
export type Circumstances = {
  readonly isReported: boolean
  readonly isNeverViaHelpDesk: boolean
  readonly isContactChanged: boolean
  readonly hasSecondContact: boolean
  readonly hasApprover: boolean
  /** A passkey counts that was neither used nor given up in this case. */
  readonly hasPasskey: boolean
  /** The provider knows the participant, and a sign-in there was neither made nor given up in this case. */
  readonly hasProviderSignIn: boolean
  /** A push to their authenticator can be sent. */
  readonly hasPush: boolean
  /** The rule takes a code of a printed sheet, and none was given or given up in this case. */
  readonly hasRecoverySheet: boolean
  readonly isElevatedThreat: boolean
}

/** The answers that count, or none where nothing was asked. */
export const scoredOf = ({ plan, answers, gate }: Asked): readonly ScoredAnswer[] =>
  plan.route === 'questions' && gate !== 'closed' ? scoredAnswers(plan, answers) : []

/** The answers as facts; `unansweredWrong` for the second look (B4). */
export const challengeFacts = (
  asked: Asked,
  policy: Policy,
  ref: CaseRef,
  unansweredWrong = false,
): ChallengeFacts => {
  const { plan } = asked
  const scored = scoredOf(asked)
  const counted = unansweredWrong ? withUnansweredAsIncorrect(scored) : scored
  return {
    isAsked: plan.route === 'questions' && asked.gate !== 'closed',
    isComplete: asked.isComplete,
    minAnswered: ruleFor(policy, ref.purpose, ref.tier).minAnswered,
    answers: plan.route === 'questions' ? answerFactsOf(plan, counted, asked.answers, asked.inputs) : [],
    withQuestions30d: asked.withQuestions30d,
    contradictions: null,
  }
}

const questionsState = (asked: Asked, minAnswered: number): QuestionsState => {
  const { plan, gate } = asked
  if (plan.route !== 'questions') return plan.reason === 'switched_off' ? 'not_wanted' : 'not_possible'
  if (gate === 'closed') return 'gate_closed'
  return countAnswered(scoredOf(asked)) >= minAnswered ? 'complete' : 'too_few'
}

const obtainableOf = (circumstances: Circumstances): readonly EvidenceKind[] => [
  ...(circumstances.hasSecondContact ? (['second_contact'] as const) : []),
  ...(circumstances.hasApprover ? (['approver'] as const) : []),
  ...(circumstances.hasPasskey ? (['phishing_resistant'] as const) : []),
  ...(circumstances.hasProviderSignIn ? (['provider_sign_in'] as const) : []),
  ...(circumstances.hasPush ? (['push'] as const) : []),
  ...(circumstances.hasRecoverySheet ? (['recovery_sheet'] as const) : []),
]

/** Checks → score → policy, all pure; the second look weighs every unanswered question as incorrect. */
export const weigh = (
  facts: RiskFacts,
  asked: Asked,
  policy: Policy,
  ref: CaseRef,
  circumstances: Circumstances,
): Weighed => {
  const settings = { checks: policy.score.checks }
  const found = evaluateChecks(facts, settings)
  const worstFacts = { ...facts, challenge: challengeFacts(asked, policy, ref, true) }
  const foundAtWorst = evaluateChecks(worstFacts, settings)
  const { minAnswered } = ruleFor(policy, ref.purpose, ref.tier)
  const obtainable = obtainableOf(circumstances)
  const decideBy = (risk: RiskScore, by: Policy): PolicyDecision =>
    decide({
      policy: by,
      purpose: ref.purpose,
      tier: ref.tier,
      results: found,
      score: risk,
      rDecideUnansweredWrong: score(foundAtWorst, by.score).rDecide,
      questions: questionsState(asked, minAnswered),
      obtainable,
      isReported: circumstances.isReported,
      isNeverViaHelpDesk: circumstances.isNeverViaHelpDesk,
      isContactChanged: circumstances.isContactChanged,
      isElevatedThreat: circumstances.isElevatedThreat,
    })
  const risk = score(found, policy.score)
  const given = decideBy(risk, policy)
  const recorded = wouldAsk(given, policy, obtainable, (by) => decideBy(score(found, by.score), by))
  const decision = recorded.length === 0 ? given : { ...given, wouldAsk: recorded }
  return { results: withApplied(found, risk), score: risk, decision, scored: scoredOf(asked) }
}

/** Facts → checks → score → policy, by the domain's own functions, as the scoring activity does it. */
import { decide, type PolicyDecision, type QuestionsState } from '#domain/policy/decide.ts'
import { ruleFor } from '#domain/policy/policy.ts'
import { answerFactsOf } from '#domain/questions/answer-facts.ts'
import {
  countAnswered,
  scoredAnswers,
  withUnansweredAsIncorrect,
  type ScoredAnswer,
} from '#domain/questions/next-step.ts'
import type { QuestionPlan, StoredAnswer } from '#domain/questions/plan.ts'
import type { CheckResult } from '#domain/risk/check.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import type { ChallengeFacts, RiskFacts } from '#domain/risk/facts.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import { score, withApplied, type RiskScore } from '#domain/risk/score.ts'
import type { SeedContact } from '../contacts.ts'
import { changedAt, factsOf, type Returned, type Visitor } from './silent-facts.ts'
import { policyOf, type Story } from './story.ts'

/** The course of the questions. */
export type Questioned = {
  readonly plan: QuestionPlan
  readonly gate: 'open' | 'closed'
  readonly answers: readonly StoredAnswer[]
  readonly inputs: ReadonlyMap<number, InputReport>
  readonly isComplete: boolean
}

/** The result of weighing. */
export type Weighed = {
  readonly results: readonly CheckResult[]
  readonly score: RiskScore
  readonly decision: PolicyDecision
  readonly scored: readonly ScoredAnswer[]
}

const scoredOf = ({ plan, gate, answers }: Questioned): readonly ScoredAnswer[] =>
  plan.route === 'questions' && gate === 'open' ? scoredAnswers(plan, answers) : []

/** The answers as facts; before any, `questioned` holds none. */
export const challengeOf = (story: Story, questioned: Questioned, isStrict = false): ChallengeFacts => {
  const { world, case: past, now } = story
  const { plan, gate, answers, inputs } = questioned
  const scored = scoredOf(questioned)
  const counted = isStrict ? withUnansweredAsIncorrect(scored) : scored
  const sets = world.memoryOf(past.person).sets.filter((at) => at > now - 30 * 24 * 3600 * 1000)
  return {
    isAsked: plan.route === 'questions' && gate === 'open',
    isComplete: questioned.isComplete,
    minAnswered: ruleFor(policyOf(story), past.purpose, past.person.tier).minAnswered,
    answers: plan.route === 'questions' ? answerFactsOf(plan, counted, answers, inputs) : [],
    withQuestions30d: sets.length,
    contradictions: null,
  }
}

const stateOf = (questioned: Questioned, minAnswered: number): QuestionsState => {
  if (questioned.plan.route !== 'questions') return 'not_possible'
  if (questioned.gate === 'closed') return 'gate_closed'
  return countAnswered(scoredOf(questioned)) >= minAnswered ? 'complete' : 'too_few'
}

/** The contact that a second code goes to, as the product picks it: another one, old enough, best of the other channel. */
export const secondContactOf = (story: Story): SeedContact | undefined => {
  const { world, case: past, now } = story
  const hours = policyOf(story).contacts.changedWithinHours
  const usable = world.contactsOf(past.person).filter(
    (contact) =>
      contact.id !== past.contact.id &&
      // The contact whose code opened the link is no further kind of evidence.
      contact.id !== past.entry?.id &&
      contact.lineType !== 'voip' &&
      // Two numbers are one kind of evidence (B21).
      !(contact.kind === 'phone' && past.contact.kind === 'phone') &&
      now - changedAt(contact, world.at, now) >= hours * 3_600_000,
  )
  return usable.find((contact) => contact.kind !== past.contact.kind) ?? usable[0]
}

/** The score with unanswered questions weighed as incorrect; undefined when none was left out, and it is the same. */
const worstOf = (story: Story, facts: RiskFacts, questioned: Questioned): RiskScore | undefined => {
  if (scoredOf(questioned).every((answer) => answer.verdict !== 'skipped')) return undefined
  const policy = policyOf(story)
  const strict = { ...facts, challenge: challengeOf(story, questioned, true) }
  return score(evaluateChecks(strict, { checks: policy.score.checks }), { bands: policy.score.bands })
}

/** Weighs the case in its present state. */
export const weigh = (
  story: Story,
  visitor: Visitor,
  questioned: Questioned,
  returned: Returned,
): Weighed => {
  const { world, case: past, now } = story
  const policy = policyOf(story)
  const settings = { checks: policy.score.checks }
  const scoring = { bands: policy.score.bands }
  const facts = factsOf(story, visitor, challengeOf(story, questioned), returned)
  const found = evaluateChecks(facts, settings)
  const risk = score(found, scoring)
  const worst = worstOf(story, facts, questioned) ?? risk
  const since = now - policy.contacts.changedWithinHours * 3_600_000
  const { minAnswered } = ruleFor(policy, past.purpose, past.person.tier)
  const decision = decide({
    policy,
    purpose: past.purpose,
    tier: past.person.tier,
    results: found,
    score: risk,
    rDecideUnansweredWrong: worst.rDecide,
    questions: stateOf(questioned, minAnswered),
    obtainable: secondContactOf(story) === undefined ? [] : ['second_contact'],
    isReported: false,
    isNeverViaHelpDesk: false,
    isContactChanged: world
      .contactsOf(past.person)
      .some((contact) => changedAt(contact, world.at, now) > since),
    isElevatedThreat: false,
  })
  return { results: withApplied(found, risk), score: risk, decision, scored: scoredOf(questioned) }
}

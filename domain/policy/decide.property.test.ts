import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { answerFactsOf } from '../questions/answer-facts.ts'
import {
  countAnswered,
  scoredAnswers,
  withUnansweredAsIncorrect,
  type ScoredAnswer,
} from '../questions/next-step.ts'
import { questionFamilies, type AskingPlan, type StoredAnswer, verdicts } from '../questions/plan.ts'
import { rowsByDifficulty } from '../questions/points.ts'
import { testAnswer, testQuestion } from '../questions/testing/plans.ts'
import { evaluateChecks } from '../risk/evaluate.ts'
import type { RiskFacts } from '../risk/facts.ts'
import { score } from '../risk/score.ts'
import { contact, facts, now } from '../risk/testing/facts.ts'
import { seeded } from '../risk/testing/random.ts'
import { synthetic } from '../risk/testing/synthetic.ts'
import { holds } from '../testing/holds.ts'
import { purposes, tiers } from '../verification/verification.ts'
import { roles } from '../roles.ts'
import { decide, type DecideInput, type PolicyDecision } from './decide.ts'
import { defaultPolicy, labPolicy } from './defaults.ts'
import { evidenceKinds, type Policy, type Rule } from './policy.ts'
import { mayApprove, type DecidingPerson } from './who-decides.ts'

const independent: Omit<DecidingPerson, 'role'> = {
  ...{ isLinked: true, toFirst: 'another', toStarter: 'another', isInStartersLine: false },
  ...{ isOwnCase: false, isApprover: false, maySecond: true },
}

const ruleArbitrary: fc.Arbitrary<Rule> = fc.record({
  classesRequired: fc.oneof(fc.constant(['possession'] as const), fc.subarray([...evidenceKinds])),
  classesNeeded: fc.constantFrom(0, 1, 1, 2, 3),
  minAnswered: fc.integer({ min: 1, max: 5 }),
  maxAsked: fc.integer({ min: 5, max: 6 }),
  // Only a policy that decides alone ever says approve: without many of them the properties below would hold emptily.
  deciders: fc.constantFrom('agent', 'supervisor', 'auto', 'auto', 'auto', 'auto'),
  asksApprover: fc.boolean(),
  asksProviderSignIn: fc.boolean(),
  asksPush: fc.boolean(),
  asksRecoverySheet: fc.boolean(),
  twoKindsWhenNew: fc.boolean(),
  twoKindsForOwnMailbox: fc.boolean(),
  holdForSecondApproval: fc.nat({ max: 5 }).map((n) => n === 0),
  channels: fc.constant(['sms', 'email'] as const),
  waitSeconds: fc.constant(14_400),
})

const policyArbitrary: fc.Arbitrary<Policy> = fc
  .record({
    rule: ruleArbitrary,
    base: fc.constantFrom(defaultPolicy(), labPolicy()),
    // Many thresholds near what clean cases score, where an answer could tip the balance.
    moreEvidenceFrom: fc.oneof(
      fc.constant(50),
      fc.integer({ min: 2, max: 45 }),
      fc.integer({ min: 0, max: 100 }),
    ),
    escalateFrom: fc.oneof(fc.constant(75), fc.integer({ min: 0, max: 100 })),
  })
  .map(({ rule, base, moreEvidenceFrom, escalateFrom }) => ({
    ...base,
    rules: Object.fromEntries(
      purposes.map((purpose) => [purpose, { standard: rule, privileged: rule }]),
    ) as Policy['rules'],
    score: { ...base.score, moreEvidenceFrom: moreEvidenceFrom / 10, escalateFrom: escalateFrom / 10 },
  }))

const planArbitrary: fc.Arbitrary<AskingPlan> = fc
  .tuple(fc.array(fc.constantFrom(...rowsByDifficulty), { minLength: 3, maxLength: 5 }), fc.boolean())
  .map(([rows, hasSpare]) => {
    const questions = rows.map((row, index) =>
      testQuestion(index + 1, row, questionFamilies[index] ?? 'manager', index === 0 ? 'public' : 'private'),
    )
    const spare = hasSpare ? (questions.at(-1) ?? null) : null
    return {
      route: 'questions',
      questions: spare === null ? questions : questions.slice(0, -1),
      spare,
      rule: { minAnswered: 3, maxAsked: 6, enoughAt: 10, hopelessAt: -13 },
    }
  })

const answersArbitrary: fc.Arbitrary<readonly StoredAnswer[]> = fc
  .array(fc.constantFrom(...verdicts, 'correct', 'correct', 'incorrect'), { minLength: 5, maxLength: 5 })
  .map((list) => list.map((verdict, index) => testAnswer(index + 1, verdict)))

/** Five questions, mostly answered right, some skipped: cases in which leaving out could pay. */
const longPlan: AskingPlan = {
  route: 'questions',
  questions: questionFamilies.map((family, index) => testQuestion(index + 1, 'choice_medium', family)),
  spare: null,
  rule: { minAnswered: 3, maxAsked: 6, enoughAt: 100, hopelessAt: -100 },
}
const skipsArbitrary: fc.Arbitrary<readonly StoredAnswer[]> = fc
  .uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 })
  .map((skipped) =>
    longPlan.questions.map(({ position }) =>
      testAnswer(position, skipped.includes(position) ? 'skipped' : 'correct'),
    ),
  )

type Case = {
  readonly facts: RiskFacts
  readonly policy: Policy
  readonly plan: AskingPlan
  readonly fixed: Pick<
    DecideInput,
    'purpose' | 'tier' | 'isReported' | 'isNeverViaHelpDesk' | 'isContactChanged' | 'isElevatedThreat'
  >
}

/** An ordinary case in which secrets came back through some contacts. */
const cleanFacts = (contacts: number): RiskFacts =>
  facts({
    possession: {
      matchCode: { isMatched: true, tries: 1 },
      returned: Array.from({ length: contacts }, (_, index) => ({
        kind: index === 0 ? 'link' : 'code',
        at: now,
        // Two numbers are one kind of evidence (B21).
        contact: contact({ id: `contact-${index + 1}`, channel: index === 0 ? 'sms' : 'email' }),
      })),
    },
  })

const caseArbitrary: fc.Arbitrary<Case> = fc.record({
  facts: fc.oneof(
    fc.constantFrom(cleanFacts(1), cleanFacts(2), cleanFacts(2)),
    fc.constantFrom(cleanFacts(1), cleanFacts(2), cleanFacts(2)),
    fc.integer({ min: 1, max: 1e9 }).map((seed) => synthetic(seeded(seed)).facts),
  ),
  policy: policyArbitrary,
  plan: planArbitrary,
  fixed: fc.record({
    purpose: fc.constantFrom(...purposes),
    // A privileged case is approved by two, and never here.
    tier: fc.constantFrom(...tiers, 'standard'),
    isReported: fc.nat({ max: 9 }).map((n) => n === 0),
    isNeverViaHelpDesk: fc.constant(false),
    isContactChanged: fc.nat({ max: 3 }).map((n) => n === 0),
    isElevatedThreat: fc.nat({ max: 7 }).map((n) => n === 0),
  }),
})

/** The real way from answers to an answer of the policy: plan → verdicts → checks → score → decide. */
const decideWith = (
  { facts: given, policy, plan, fixed }: Case,
  answers: readonly StoredAnswer[],
): PolicyDecision => {
  const scored = scoredAnswers(plan, answers)
  const measured = (
    list: readonly ScoredAnswer[],
  ): { rDecide: number; results: DecideInput['results']; floors: DecideInput['score']['floors'] } => {
    const challenge = {
      ...given.challenge,
      isAsked: true,
      isComplete: true,
      minAnswered: plan.rule.minAnswered,
      answers: answerFactsOf(plan, list, answers, new Map()),
    }
    const results = evaluateChecks({ ...given, challenge }, policy.score)
    const risk = score(results, policy.score)
    return { rDecide: risk.rDecide, results, floors: risk.floors }
  }
  const { rDecide, results, floors } = measured(scored)
  return decide({
    ...fixed,
    policy,
    results,
    score: { rDecide, floors },
    rDecideUnansweredWrong: measured(withUnansweredAsIncorrect(scored)).rDecide,
    questions: countAnswered(scored) < plan.rule.minAnswered ? 'too_few' : 'complete',
    obtainable: ['second_contact'],
  })
}

describe('B4: knowledge is never evidence', () => {
  it('adding or removing answers never turns refuse into approve', () => {
    let refused = 0
    let approved = 0
    holds(
      fc.property(caseArbitrary, answersArbitrary, fc.subarray([1, 2, 3, 4, 5]), (one, all, kept) => {
        const some = all.filter((answer) => kept.includes(answer.position))
        const pair = [decideWith(one, all).answer, decideWith(one, some).answer]
        if (pair.includes('refuse')) refused += 1
        if (pair.includes('approve')) approved += 1
        expect(pair.includes('refuse') && pair.includes('approve')).toBe(false)
      }),
      300,
      () => {
        expect(refused).toBeGreaterThan(20)
        expect(approved).toBeGreaterThan(20)
      },
    )
  })

  it('with the evidence incomplete nothing gives approve, and no role may record it', () => {
    let incomplete = 0
    holds(
      fc.property(caseArbitrary, answersArbitrary, (one, answers) => {
        const decision = decideWith(one, answers)
        const rule = one.policy.rules[one.fixed.purpose][one.fixed.tier]
        const isComplete =
          decision.evidence.length >= rule.classesNeeded &&
          rule.classesRequired.every((kind) => decision.evidence.includes(kind))
        if (isComplete) return
        incomplete += 1
        expect(decision.answer).not.toBe('approve')
        for (const role of roles)
          expect(
            mayApprove(
              decision,
              { ...independent, role },
              { rule: { deciders: 'agent' }, needsSecond: false, first: null },
            ).ok,
          ).toBe(false)
      }),
      150,
      () => expect(incomplete).toBeGreaterThan(50),
    )
  })

  it('a right answer in place of a wrong one helps at most to lose no more, never beyond no answers at all', () => {
    fc.assert(
      fc.property(caseArbitrary, (one) => {
        const allRight = one.plan.questions.map((question) => testAnswer(question.position, 'correct'))
        const withRight = decideWith(one, allRight)
        const results = evaluateChecks(
          { ...one.facts, challenge: { ...one.facts.challenge, isAsked: false, answers: [] } },
          one.policy.score,
        )
        const risk = score(results, one.policy.score)
        const silent = decide({
          ...one.fixed,
          policy: one.policy,
          results,
          score: risk,
          rDecideUnansweredWrong: risk.rDecide,
          questions: 'not_wanted',
          obtainable: ['second_contact'],
        })
        if (silent.answer !== 'approve') expect(withRight.answer).not.toBe('approve')
      }),
      { numRuns: 400 },
    )
  })

  it('skipping a question never gives a better answer than answering it wrong', () => {
    const rank = { refuse: 0, hold: 1, approve: 2 }
    fc.assert(
      fc.property(caseArbitrary, skipsArbitrary, (one, answers) => {
        const withoutSpare = { ...one, plan: longPlan }
        const wrong = answers.map((answer) =>
          answer.verdict === 'skipped' ? testAnswer(answer.position, 'incorrect') : answer,
        )
        const asked = new Set(scoredAnswers(withoutSpare.plan, answers).map((answer) => answer.position))
        const judged = wrong.filter((answer) => asked.has(answer.position))
        if (scoredAnswers(withoutSpare.plan, judged).length !== asked.size) return
        expect(rank[decideWith(withoutSpare, answers).answer]).toBeLessThanOrEqual(
          rank[decideWith(withoutSpare, judged).answer],
        )
      }),
      { numRuns: 400 },
    )
  })
})

/** B4 over policies changed anywhere: rules, thresholds, modes and weights of checks, questions. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateChecks } from '../risk/evaluate.ts'
import type { AnswerFacts, RiskFacts } from '../risk/facts.ts'
import { score } from '../risk/score.ts'
import { answer, contact, facts, now } from '../risk/testing/facts.ts'
import { seeded } from '../risk/testing/random.ts'
import { synthetic } from '../risk/testing/synthetic.ts'
import { holds } from '../testing/holds.ts'
import { purposes, tiers } from '../verification/verification.ts'
import { decide, type DecideInput, type PolicyDecision } from './decide.ts'
import { missingOf, ruleInForce } from './elevated.ts'
import type { Policy } from './policy.ts'
import { policyPairs } from './testing/changes.ts'

const families = ['Q1', 'Q6', 'Q8', 'Q11', 'Q12'] as const
type Fixed = Pick<
  DecideInput,
  'purpose' | 'tier' | 'isReported' | 'isNeverViaHelpDesk' | 'isContactChanged' | 'isElevatedThreat'
>
type Case = { readonly facts: RiskFacts; readonly policy: Policy; readonly fixed: Fixed }

const rarely = fc.nat({ max: 11 }).map((n) => n === 0)

const secrets = (count: number): RiskFacts['possession'] => ({
  ...facts().possession,
  matchCode: { isMatched: true, tries: 1 },
  returned: Array.from({ length: count }, (_, index) => ({
    kind: index === 0 ? ('link' as const) : ('code' as const),
    at: now,
    // Two numbers are one kind of evidence (B21).
    contact: contact({ id: `contact-${String(index + 1)}`, channel: index === 0 ? 'sms' : 'email' }),
  })),
})

const cases: fc.Arbitrary<Case> = fc.record({
  facts: fc
    .tuple(fc.boolean(), fc.integer({ min: 1, max: 1e9 }), fc.constantFrom(0, 1, 2, 2))
    .map(([isClean, seed, count]) => ({
      ...(isClean ? facts() : synthetic(seeded(seed)).facts),
      possession: secrets(count),
    })),
  policy: policyPairs.map(({ after }) => after),
  fixed: fc.record({
    purpose: fc.constantFrom(...purposes),
    tier: fc.constantFrom(...tiers),
    isReported: rarely,
    isNeverViaHelpDesk: rarely,
    isContactChanged: rarely,
    isElevatedThreat: rarely,
  }),
})

type Reply = { readonly verdict: AnswerFacts['verdict']; readonly points: number }
const right: fc.Arbitrary<Reply> = fc
  .constantFrom(2, 4, 5, 9)
  .map((points) => ({ verdict: 'correct', points }))
const wrong: fc.Arbitrary<Reply> = fc
  .tuple(
    fc.constantFrom('incorrect' as const, 'partial' as const, 'invalid' as const),
    fc.constantFrom(-11, -9, -7, -2),
  )
  .map(([verdict, points]) => ({ verdict, points }))
const skipped: fc.Arbitrary<Reply> = fc.constant({ verdict: 'skipped', points: 0 })
/** One reply a question, each question once (rule 5). */
const replies = fc.array(fc.oneof(right, right, wrong, skipped), {
  minLength: families.length,
  maxLength: families.length,
})

const answersOf = (list: readonly Reply[]): readonly AnswerFacts[] =>
  list.map((reply, index) => answer({ family: families[index] ?? 'Q1', ...reply }))

/** The way from facts to the policy's answer, with these answers. */
const decided = ({ facts: given, policy, fixed }: Case, list: readonly Reply[]): PolicyDecision => {
  const { minAnswered } = policy.rules[fixed.purpose][fixed.tier]
  const challenge = { ...given.challenge, isAsked: true, isComplete: true, minAnswered }
  const measured = (of: readonly Reply[]) => {
    const results = evaluateChecks(
      { ...given, challenge: { ...challenge, answers: answersOf(of) } },
      policy.score,
    )
    return { results, risk: score(results, policy.score) }
  }
  const { results, risk } = measured(list)
  const hasSkipped = list.some(({ verdict }) => verdict === 'skipped')
  const strict = hasSkipped
    ? measured(list.map((one) => (one.verdict === 'skipped' ? { verdict: 'incorrect', points: -9 } : one)))
    : { risk }
  const answered = list.filter(({ verdict }) => verdict !== 'skipped' && verdict !== 'invalid').length
  return decide({
    ...fixed,
    ...{ policy, results, score: risk, rDecideUnansweredWrong: strict.risk.rDecide },
    questions: answered >= minAnswered ? 'complete' : 'too_few',
    obtainable: ['second_contact'],
  })
}

const rank = { refuse: 0, hold: 1, approve: 2 } as const

describe('B4: over policies changed anywhere', () => {
  it('B4, both directions: of two answer sets, one within the other, none refuses what the other approves', () => {
    const seen = { refuse: 0, hold: 0, approve: 0 }
    holds(
      fc.property(cases, replies, fc.subarray([0, 1, 2, 3, 4]), (one, all, kept) => {
        const some = all.map((reply, index): Reply =>
          kept.includes(index) ? reply : { verdict: 'skipped', points: 0 },
        )
        const pair = [decided(one, all).answer, decided(one, some).answer]
        for (const said of pair) seen[said] += 1
        expect(pair.includes('refuse') && pair.includes('approve')).toBe(false)
      }),
      300,
      () => expect(Math.min(seen.refuse, seen.hold, seen.approve)).toBeGreaterThan(20),
    )
  })

  it('rule 1: while the evidence is incomplete nothing approves, whatever the answers', () => {
    let incomplete = 0
    holds(
      fc.property(cases, replies, (one, list) => {
        const decision = decided(one, list)
        const rule = ruleInForce(one.policy, one.fixed.purpose, one.fixed.tier, one.fixed.isElevatedThreat)
        if (missingOf(decision.evidence, rule, rule.classesNeeded).count === 0) return
        incomplete += 1
        expect(decision.answer).not.toBe('approve')
      }),
      150,
      () => expect(incomplete).toBeGreaterThan(50),
    )
  })

  it('rule 2: what is refused without answers is refused with any, and answers alone refuse nothing', () => {
    let refused = 0
    holds(
      fc.property(cases, replies, (one, list) => {
        const silent = decided(one, []).answer
        if (silent === 'refuse') refused += 1
        expect(decided(one, list).answer === 'refuse').toBe(silent === 'refuse')
      }),
      150,
      () => expect(refused).toBeGreaterThan(20),
    )
  })

  it('rule 3: right answers buy nothing back: beside the same wrong ones the answer is never milder than with wrong ones alone', () => {
    fc.assert(
      fc.property(
        cases,
        fc.array(wrong, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 2 }),
        (one, bad, extra) => {
          // Each question is answered, so that the count of answers is the same and only what they say differs.
          const good = Array.from({ length: extra }, (): Reply => ({ verdict: 'correct', points: 9 }))
          const neutral = good.map((): Reply => ({ verdict: 'partial', points: 0 }))
          expect(rank[decided(one, [...bad, ...good]).answer]).toBe(
            rank[decided(one, [...bad, ...neutral]).answer],
          )
        },
      ),
      { numRuns: 200 },
    )
  })

  it('rule 4: leaving a question out never gives a milder answer than a wrong one in its place', () => {
    fc.assert(
      fc.property(cases, replies, (one, list) => {
        const wronged = list.map((reply): Reply =>
          reply.verdict === 'skipped' ? { verdict: 'incorrect', points: -9 } : reply,
        )
        expect(rank[decided(one, list).answer]).toBeLessThanOrEqual(rank[decided(one, wronged).answer])
      }),
      { numRuns: 200 },
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckResult } from '../risk/check.ts'
import { evaluateChecks } from '../risk/evaluate.ts'
import type { RiskFacts } from '../risk/facts.ts'
import { score } from '../risk/score.ts'
import { contact, facts, now } from '../risk/testing/facts.ts'
import { seeded } from '../risk/testing/random.ts'
import { synthetic } from '../risk/testing/synthetic.ts'
import { purposes, tiers, type Purpose, type Tier } from '../verification/verification.ts'
import { decide, type PolicyDecision } from './decide.ts'
import { policyDiff } from './diff.ts'
import type { Policy } from './policy.ts'
import { replayCase, replayPolicy, type StoredCase } from './replay.ts'
import { policyPairs } from './testing/changes.ts'

type Case = { readonly facts: RiskFacts; readonly purpose: Purpose; readonly tier: Tier }

const possessed = (count: number): RiskFacts['possession'] => ({
  ...facts({}).possession,
  matchCode: { isMatched: true, tries: 1 },
  returned: Array.from({ length: count }, (_, index) => ({
    kind: index === 0 ? ('link' as const) : ('code' as const),
    at: now,
    contact: contact({ id: `contact-${index + 1}`, channel: index === 0 ? 'sms' : 'email' }),
  })),
})

const cases: fc.Arbitrary<Case> = fc.record({
  facts: fc
    .tuple(fc.integer({ min: 1, max: 1e9 }), fc.constantFrom(0, 1, 2, 2))
    .map(([seed, count]) => ({ ...synthetic(seeded(seed)).facts, possession: possessed(count) })),
  purpose: fc.constantFrom(...purposes),
  tier: fc.constantFrom(...tiers),
})

const weighed = (
  one: Case,
  policy: Policy,
): { results: CheckResult[]; decision: PolicyDecision; band: StoredCase['band'] } => {
  const results = evaluateChecks(
    { ...one.facts, challenge: { ...one.facts.challenge, isAsked: false, answers: [] } },
    policy.score,
  )
  const risk = score(results, policy.score)
  const decision = decide({
    policy,
    purpose: one.purpose,
    tier: one.tier,
    results,
    score: risk,
    rDecideUnansweredWrong: risk.rDecide,
    questions: policy.questions.enabled ? 'not_possible' : 'not_wanted',
    obtainable: ['second_contact'],
    isReported: false,
    isNeverViaHelpDesk: false,
    isContactChanged: false,
    isElevatedThreat: false,
  })
  return { results, decision, band: risk.band }
}

/** As it comes back from the database: plain JSON. */
const stored = (one: Case, policy: Policy): StoredCase =>
  JSON.parse(
    JSON.stringify({
      ...weighed(one, policy),
      purpose: one.purpose,
      tier: one.tier,
      answered: 0,
      route: 'none',
      gate: null,
      skipped: [],
    }),
  ) as StoredCase

/** Changes whose effect cannot be seen in what is stored: a check that was off, and the one rule that looks at another. */
const isBeyond = (before: Policy, after: Policy): boolean =>
  policyDiff(before, after).some(
    ({ path, before: value }) =>
      (path.endsWith('.mode') && value === 'off') || path.includes('PER_CHANNEL.mode'),
  )

describe('replaying stored cases', () => {
  it('under their own policy gives what was stored, answer and band', () => {
    fc.assert(
      fc.property(cases, policyPairs, (one, { before }) => {
        const own = replayPolicy(before)
        const again = replayCase(stored(one, before), own, own)
        expect(again.isReplayable).toBe(true)
        expect(again.after).toEqual(again.before)
      }),
      { numRuns: 150 },
    )
  })

  const rank = { refuse: 0, hold: 1, approve: 2 }
  const underDraft = fc.record({ one: cases, policies: policyPairs }).map(({ one, policies }) => {
    const { before, after } = policies
    const replayed = replayCase(stored(one, before), replayPolicy(before), replayPolicy(after))
    return { replayed, real: weighed(one, after), isBeyond: isBeyond(before, after) }
  })

  it('under a draft gives what the draft would have said of the facts, or something stricter', () => {
    fc.assert(
      fc.property(underDraft, (drawn) => {
        fc.pre(!drawn.isBeyond)
        expect(rank[drawn.replayed.after.answer]).toBeLessThanOrEqual(rank[drawn.real.decision.answer])
      }),
      { numRuns: 300 },
    )
  })

  it('is seldom stricter than the draft would have been, and tells where it makes a difference', () => {
    // Shares of drawn cases: the same draws in every run.
    const drawn = fc.sample(underDraft, { numRuns: 1_000, seed: 20_261_125 }).filter((one) => !one.isBeyond)
    const equal = drawn.filter(
      ({ replayed: { after }, real }) => after.answer === real.decision.answer && after.band === real.band,
    )
    const different = drawn.filter(({ replayed }) => replayed.after.band !== replayed.before.band)
    expect(equal.length / drawn.length).toBeGreaterThan(0.97)
    expect(different.length).toBeGreaterThan(0)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holds } from '../testing/holds.ts'
import { purposes, tiers } from '../verification/verification.ts'
import { weakenings } from './compare.ts'
import { decide, type DecideInput } from './decide.ts'
import { defaultPolicy } from './defaults.ts'
import { strictestOf, underElevatedThreat } from './elevated.ts'
import type { ResultFacts } from './evidence.ts'
import { evidenceKinds, ruleFor, type Policy, type Rule } from './policy.ts'
import { policyPairs } from './testing/changes.ts'

const evidence = (group: string): ResultFacts => ({
  code: 'POS_OTP',
  group,
  mode: 'live',
  status: 'pass',
  evidenceClass: 'possession',
})

/** The finding on a browser that sends no report of itself: it asks for one more kind. */
const noReport: ResultFacts = {
  code: 'END_NO_TELEMETRY',
  group: 'endpoint',
  mode: 'live',
  status: 'flag',
}

const inputs: fc.Arbitrary<DecideInput> = fc
  .record({
    policy: policyPairs.map(({ after }) => after),
    purpose: fc.constantFrom(...purposes),
    tier: fc.constantFrom(...tiers, 'standard'),
    // Half of them good enough to be approved while nothing is raised: those are what a threat makes a difference to.
    contacts: fc.constantFrom(0, 1, 2, 2, 2),
    r: fc
      .oneof(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 100 }))
      .map((tenths) => tenths / 10),
    questions: fc.constantFrom(
      'complete' as const,
      'complete' as const,
      'too_few' as const,
      'gate_closed' as const,
    ),
    isReported: fc.nat({ max: 9 }).map((n) => n === 0),
    isContactChanged: fc.boolean(),
    isReportMissing: fc.nat({ max: 3 }).map((n) => n === 0),
  })
  .map(({ contacts, r, isReportMissing, ...rest }) => ({
    ...rest,
    results: [...['a', 'b'].slice(0, contacts).map(evidence), ...(isReportMissing ? [noReport] : [])],
    score: { rDecide: r, floors: [] },
    rDecideUnansweredWrong: r,
    obtainable: ['second_contact'],
    isNeverViaHelpDesk: false,
    isElevatedThreat: false,
  }))

const rank = { refuse: 0, hold: 1, approve: 2 }

describe('B16: an elevated threat', () => {
  it('asks of everybody at least what the privileged rule asks', () => {
    fc.assert(
      fc.property(inputs, ({ policy, purpose, tier }) => {
        const rule = strictestOf(ruleFor(policy, purpose, tier), ruleFor(policy, purpose, 'privileged'))
        expect(rule.classesNeeded).toBeGreaterThanOrEqual(
          ruleFor(policy, purpose, 'privileged').classesNeeded,
        )
        expect(rule.holdForSecondApproval).toBe(
          ruleFor(policy, purpose, tier).holdForSecondApproval ||
            ruleFor(policy, purpose, 'privileged').holdForSecondApproval,
        )
      }),
    )
  })

  it('never gives a better answer, whether on when the case is scored or raised while it waits', () => {
    let stricter = 0
    holds(
      fc.property(inputs, (input) => {
        const calm = decide(input)
        const scored = decide({ ...input, isElevatedThreat: true })
        const waiting = underElevatedThreat(calm, input.policy, input)
        expect(rank[scored.answer]).toBeLessThanOrEqual(rank[calm.answer])
        expect(rank[waiting.answer]).toBeLessThanOrEqual(rank[calm.answer])
        expect(waiting.missingCount).toBeGreaterThanOrEqual(calm.missingCount)
        // A case that waits ends where it would have, had the threat been raised before.
        expect(waiting.answer).toBe(scored.answer)
        if (scored.answer !== calm.answer) stricter += 1
      }),
      600,
      () => expect(stricter).toBeGreaterThan(10),
    )
  })

  it('says so, once', () => {
    fc.assert(
      fc.property(inputs, (input) => {
        const scored = decide({ ...input, isElevatedThreat: true })
        if (scored.answer === 'refuse') return
        expect(scored.reasons).toContain('elevated_threat')
        expect(underElevatedThreat(scored, input.policy, input)).toBe(scored)
      }),
      { numRuns: 100 },
    )
  })
})

it('the strictest of two rules has the stricter decider, in whichever order they come', () => {
  const rule = ruleFor(defaultPolicy(), 'password_reset', 'standard')
  const [agent, supervisor] = [
    { ...rule, deciders: 'agent' as const },
    { ...rule, deciders: 'supervisor' as const },
  ]
  expect(strictestOf(agent, supervisor).deciders).toBe('supervisor')
  expect(strictestOf(supervisor, agent).deciders).toBe('supervisor')
})

/** Rules that differ in every field. */
const rules: fc.Arbitrary<Rule> = fc.record({
  classesRequired: fc.subarray([...evidenceKinds]),
  classesNeeded: fc.integer({ min: 0, max: 3 }),
  minAnswered: fc.integer({ min: 1, max: 5 }),
  maxAsked: fc.constant(6),
  deciders: fc.constantFrom('agent', 'supervisor', 'auto'),
  holdForSecondApproval: fc.boolean(),
  asksApprover: fc.boolean(),
  asksProviderSignIn: fc.boolean(),
  asksPush: fc.boolean(),
  asksRecoverySheet: fc.boolean(),
  twoKindsWhenNew: fc.boolean(),
  twoKindsForOwnMailbox: fc.boolean(),
  channels: fc.subarray(['sms', 'email']),
  waitSeconds: fc.integer({ min: 0, max: 3 }),
})

it('B16: the strictest of two rules is in no field weaker than either', () => {
  const usual = defaultPolicy()
  const under = (rule: Rule): Policy => ({
    ...usual,
    rules: { ...usual.rules, password_reset: { ...usual.rules.password_reset, standard: rule } },
  })
  fc.assert(
    fc.property(rules, rules, (a, b) => {
      const strictest = under(strictestOf(a, b))
      for (const one of [a, b]) expect(weakenings(under(one), strictest)).toEqual([])
    }),
    { numRuns: 200 },
  )
})

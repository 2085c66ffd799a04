/** A push to an authenticator as a kind of evidence, and what an attacker could make of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { purposes, tiers } from '../verification/verification.ts'
import { decide, type DecideInput } from './decide.ts'
import { defaultPolicy } from './defaults.ts'
import { underElevatedThreat } from './elevated.ts'
import { evidenceOf, type ResultFacts } from './evidence.ts'
import { evidenceKinds, ruleFor, type Policy, type Rule } from './policy.ts'

const result = (code: string, change: Partial<ResultFacts>): ResultFacts => ({
  ...{ code, group: code, mode: 'live', status: 'pass' },
  ...change,
})
const link = result('POS_OTP', { group: 'otp:a', evidenceClass: 'possession' })
const push = result('POS_PUSH', { group: 'push', evidenceClass: 'push' })
const denied = result('POS_PUSH', { group: 'push', status: 'flag' })

/** The default policy with one change in every rule. */
const policyWith = (change: Partial<Rule>): Policy => {
  const base = defaultPolicy()
  return {
    ...base,
    rules: Object.fromEntries(
      purposes.map((purpose) => [
        purpose,
        Object.fromEntries(tiers.map((tier) => [tier, { ...base.rules[purpose][tier], ...change }])),
      ]),
    ) as Policy['rules'],
  }
}
const asking = policyWith({ asksPush: true, classesNeeded: 2, asksApprover: false })
const input = (change: Partial<DecideInput> = {}): DecideInput => ({
  ...{ policy: asking, purpose: 'password_reset', tier: 'standard' },
  ...{ results: [link], score: { rDecide: 1, floors: [] }, rDecideUnansweredWrong: 1 },
  ...{ questions: 'complete', obtainable: [], isReported: false, isNeverViaHelpDesk: false },
  ...{ isContactChanged: false, isElevatedThreat: false },
  ...change,
})

describe('what a push counts as', () => {
  it('is one kind of its own, live and approved alone', () => {
    expect(evidenceOf([push, push])).toEqual(['push'])
    expect(evidenceOf([{ ...push, mode: 'shadow' }, denied])).toEqual([])
  })

  it('is off by default, and counts for nothing where the rule does not ask for it', () => {
    for (const purpose of purposes)
      for (const tier of tiers) expect(ruleFor(defaultPolicy(), purpose, tier).asksPush).toBe(false)
    const policy = policyWith({ asksPush: false, classesNeeded: 2 })
    expect(decide(input({ policy, results: [link, push] }))).toMatchObject({
      ...{ answer: 'hold', evidence: ['possession'] },
    })
  })

  it('is asked for where one more kind is needed and a push can be sent, and completes the evidence', () => {
    expect(decide(input({ obtainable: ['push'] }))).toMatchObject({ answer: 'hold', next: 'push' })
    expect(decide(input())).toMatchObject({ answer: 'hold', next: 'new_evidence' })
    expect(decide(input({ results: [link, push] }))).toMatchObject({
      ...{ answer: 'approve', evidence: ['possession', 'push'] },
    })
  })

  it('B15: is never asked for and never counts where the second factor is what was lost', () => {
    const lost = { purpose: 'mfa_reset', obtainable: ['push'] } as const
    expect(decide(input(lost)).next).not.toBe('push')
    expect(decide(input({ ...lost, results: [link, push] }))).toMatchObject({
      ...{ answer: 'hold', evidence: ['possession'] },
    })
    expect(ruleFor(asking, 'mfa_reset', 'privileged').asksPush).toBe(false)
  })

  it('D2: never lets the case of a privileged account pass alone, whatever the rule names', () => {
    fc.assert(
      fc.property(
        fc.subarray([...evidenceKinds]),
        fc.constantFrom(...purposes),
        fc.integer({ min: 2, max: 4 }),
        (classesRequired, purpose, classesNeeded) => {
          const policy = policyWith({ classesRequired, classesNeeded, asksPush: true })
          expect(decide(input({ policy, purpose, tier: 'privileged', results: [push] })).answer).not.toBe(
            'approve',
          )
        },
      ),
    )
    const both = { tier: 'privileged', results: [link, push] } as const
    expect(decide(input(both))).toMatchObject({ answer: 'hold', next: 'second_approval' })
  })

  it('that was denied asks for one more kind and for a supervisor, whatever else was brought', () => {
    const second = result('POS_OTP', { group: 'otp:b', evidenceClass: 'possession' })
    for (const results of [
      [link, denied],
      [link, second, denied],
    ])
      expect(decide(input({ results, obtainable: ['recovery_sheet'] }))).toMatchObject({
        ...{ answer: 'hold', next: 'supervisor' },
      })
  })

  it('under an elevated threat counts only where the rule for privileged people takes one too', () => {
    const base = policyWith({ asksPush: true, classesNeeded: 2, asksApprover: false })
    const { standard, privileged } = base.rules.password_reset
    const rules = {
      ...base.rules,
      password_reset: { standard, privileged: { ...privileged, asksPush: false } },
    }
    const about = { purpose: 'password_reset', tier: 'standard' } as const
    const before = decide(input({ results: [link, push] }))
    expect(underElevatedThreat(before, { ...base, rules }, about).answer).toBe('hold')
  })
})

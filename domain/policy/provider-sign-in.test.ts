/** A sign-in at the organisation's provider as a kind of evidence, and what an attacker could make of it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { purposes, tiers, type Purpose, type Tier } from '../verification/verification.ts'
import { decide, type DecideInput } from './decide.ts'
import { defaultPolicy } from './defaults.ts'
import { underElevatedThreat } from './elevated.ts'
import { evidenceOf, type ResultFacts } from './evidence.ts'
import { evidenceKinds, type Policy, type Rule } from './policy.ts'

const result = (code: string, change: Partial<ResultFacts>): ResultFacts => ({
  ...{ code, group: code, mode: 'live', status: 'pass' },
  ...change,
})
const link = result('POS_OTP', { group: 'otp:a', evidenceClass: 'possession' })
const signIn = result('POS_PROVIDER', { group: 'provider', evidenceClass: 'provider_sign_in' })
const resistant: ResultFacts = { ...signIn, evidenceClass: 'phishing_resistant' }
const passkey = result('POS_PASSKEY', { group: 'passkey', evidenceClass: 'phishing_resistant' })

/** The default policy with one change in every rule. */
const policyWith = (change: Partial<Rule>, phishingResistant: readonly string[] = []): Policy => {
  const base = defaultPolicy()
  return {
    ...base,
    signIn: { acrValues: [], phishingResistant, enrolPasskeys: false },
    rules: Object.fromEntries(
      purposes.map((purpose) => [
        purpose,
        Object.fromEntries(tiers.map((tier) => [tier, { ...base.rules[purpose][tier], ...change }])),
      ]),
    ) as Policy['rules'],
  }
}
const input = (change: Partial<DecideInput> = {}): DecideInput => ({
  ...{ policy: policyWith({ asksProviderSignIn: true }), purpose: 'mfa_reset', tier: 'standard' },
  ...{ results: [link], score: { rDecide: 1, floors: [] }, rDecideUnansweredWrong: 1 },
  ...{ questions: 'complete', obtainable: [], isReported: false, isNeverViaHelpDesk: false },
  ...{ isContactChanged: false, isElevatedThreat: false },
  ...change,
})

describe('what a sign-in counts as', () => {
  it('one sign-in is one kind, whatever it is called', () => {
    expect(evidenceOf([signIn])).toEqual(['provider_sign_in'])
    expect(evidenceOf([resistant])).toEqual(['provider_sign_in'])
    expect(evidenceOf([resistant], ['phishing_resistant'])).toEqual(['phishing_resistant'])
    expect(evidenceOf([signIn], ['phishing_resistant'])).toEqual(['provider_sign_in'])
    expect(evidenceOf([passkey, resistant], ['phishing_resistant'])).toEqual([
      'phishing_resistant',
      'provider_sign_in',
    ])
    expect(
      evidenceOf([
        { ...signIn, mode: 'shadow' },
        { ...signIn, status: 'flag' },
      ]),
    ).toEqual([])
  })

  it('counts for nothing where the rule does not ask for it, not even as a kind that cannot be phished', () => {
    const rule = { classesRequired: ['possession', 'phishing_resistant'] as const, asksProviderSignIn: false }
    for (const proof of [signIn, resistant]) {
      const policy = policyWith(rule, ['phr'])
      expect(decide(input({ policy, results: [link, proof] }))).toMatchObject({
        answer: 'hold',
        evidence: ['possession'],
      })
    }
  })

  it('the case of a privileged account never passes by a sign-in alone, whatever the rule names', () => {
    fc.assert(
      fc.property(
        fc.subarray([...evidenceKinds]),
        fc.constantFrom(signIn, resistant),
        fc.constantFrom(...purposes),
        fc.integer({ min: 2, max: 4 }),
        (classesRequired, proof, purpose, classesNeeded) => {
          const rule = { classesRequired, classesNeeded, asksProviderSignIn: true }
          const policy = policyWith(rule, ['phr'])
          const alone = decide(input({ policy, purpose, tier: 'privileged', results: [proof, proof] }))
          expect([alone.answer, alone.reasons.includes('evidence_missing')]).toEqual(['hold', true])
        },
      ),
    )
  })

  it('under an elevated threat the strictest rule decides whether it counts', () => {
    const base = policyWith({ asksProviderSignIn: true })
    const { password_reset: rules } = base.rules
    const privileged = { ...rules.privileged, asksProviderSignIn: false }
    const policy = { ...base, rules: { ...base.rules, password_reset: { ...rules, privileged } } }
    const about = { purpose: 'password_reset', tier: 'standard' } as const satisfies {
      purpose: Purpose
      tier: Tier
    }
    const before = decide(input({ ...about, policy, results: [link, signIn] }))
    expect(before).toMatchObject({ answer: 'approve', evidence: ['possession', 'provider_sign_in'] })
    expect(underElevatedThreat(before, policy, about)).toMatchObject({ answer: 'hold', missingCount: 1 })
    expect(
      decide(input({ ...about, policy, isElevatedThreat: true, results: [link, signIn] })),
    ).toMatchObject({ answer: 'hold', evidence: ['possession'] })
  })
})

describe('when it is asked for', () => {
  const everything = ['second_contact', 'phishing_resistant', 'provider_sign_in', 'approver'] as const
  it('after a second contact and a passkey, and before an approver', () => {
    const next = [0, 1, 2, 3].map((from) => decide(input({ obtainable: everything.slice(from) })).next)
    expect(next).toEqual(['second_contact', 'passkey', 'provider_sign_in', 'approver'])
  })

  it('not where the rule does not ask for it', () => {
    const policy = policyWith({ asksProviderSignIn: false })
    expect(decide(input({ policy, obtainable: ['provider_sign_in'] })).next).toBe('new_evidence')
  })

  it('also in the place of a passkey, where the policy confirms that some method cannot be phished', () => {
    const rule = { classesRequired: ['possession', 'phishing_resistant'] as const, asksProviderSignIn: true }
    const asked = { obtainable: ['provider_sign_in'] as const }
    expect(decide(input({ ...asked, policy: policyWith(rule) })).next).toBe('new_evidence')
    const policy = policyWith(rule, ['phr'])
    expect(decide(input({ ...asked, policy })).next).toBe('provider_sign_in')
    expect(decide(input({ policy, results: [link, resistant] })).evidence).toEqual([
      'possession',
      'phishing_resistant',
    ])
  })

  it('the account of another person asks for one more kind, even beside enough proof', () => {
    const foreign = result('POS_PROVIDER', { group: 'provider', status: 'flag' })
    expect(
      decide(input({ purpose: 'password_reset', results: [link, foreign], obtainable: ['approver'] })),
    ).toMatchObject({ answer: 'hold', next: 'approver', missingCount: 1 })
  })
})

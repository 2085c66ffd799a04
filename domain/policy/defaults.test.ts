import { describe, expect, it } from 'vitest'
import { checks } from '../risk/checks/index.ts'
import { purposes, tiers } from '../verification/verification.ts'
import { weakenings } from './compare.ts'
import { defaultPolicy, labPolicy } from './defaults.ts'
import { ruleFor } from './policy.ts'

describe('the default policy', () => {
  const policy = defaultPolicy()

  it('B5: asks possession everywhere, two kinds and a second approval for privileged people', () => {
    for (const purpose of purposes) {
      for (const tier of tiers) expect(ruleFor(policy, purpose, tier).classesRequired).toContain('possession')
      expect(ruleFor(policy, purpose, 'privileged').classesNeeded).toBeGreaterThanOrEqual(2)
    }
    expect(ruleFor(policy, 'password_reset', 'privileged').holdForSecondApproval).toBe(true)
  })

  it('never lets a case approve itself', () => {
    for (const purpose of purposes)
      for (const tier of tiers) expect(ruleFor(policy, purpose, tier).deciders).not.toBe('auto')
  })

  it('B15: asks more for a reset of second factors than for a password', () => {
    expect(ruleFor(policy, 'mfa_reset', 'standard').classesNeeded).toBeGreaterThan(
      ruleFor(policy, 'password_reset', 'standard').classesNeeded,
    )
  })

  it('B15: a reset of second factors that asks for less than now is a weakening, by every field of its rule', () => {
    const rule = policy.rules.mfa_reset.standard
    const without = (change: Partial<typeof rule>) =>
      weakenings(policy, {
        ...policy,
        rules: {
          ...policy.rules,
          mfa_reset: { ...policy.rules.mfa_reset, standard: { ...rule, ...change } },
        },
      }).map(({ path }) => path)
    expect(rule).toMatchObject({ classesNeeded: 2, deciders: 'supervisor' })
    expect(without({ classesNeeded: 1 })).toEqual(['rules.mfa_reset.standard.classesNeeded'])
    expect(without({ deciders: 'agent' })).toEqual(['rules.mfa_reset.standard.deciders'])
    expect(without(policy.rules.password_reset.standard)).toContain('rules.mfa_reset.standard.classesNeeded')
  })

  it('B6, C3, F3, H3, H4, D8: keeps the bounds of the bar', () => {
    const { lifetimes, limits, contacts } = policy
    expect(lifetimes.smsLink).toBeLessThanOrEqual(600)
    expect(lifetimes.emailLink).toBeLessThanOrEqual(3600)
    expect(lifetimes.matchCode).toBeLessThanOrEqual(600)
    expect(lifetimes.portalIdle).toBeLessThanOrEqual(600)
    expect(lifetimes.portalAbsolute).toBeLessThanOrEqual(1800)
    expect(lifetimes.grant).toBeLessThanOrEqual(900)
    expect(lifetimes.reportLink).toBe(72 * 3600)
    expect(limits.codeTriesPerCode).toBeLessThanOrEqual(5)
    expect(limits.sendsPerParticipant).toEqual([
      { max: 3, seconds: 900 },
      { max: 6, seconds: 86_400 },
    ])
    expect(limits.startsPerAgent).toEqual([
      { max: 20, seconds: 3600 },
      { max: 100, seconds: 86_400 },
    ])
    expect(contacts).toMatchObject({ typedContacts: false, changedWithinHours: 72 })
    expect(policy.labBanner).toBe(false)
  })

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(policy))).toEqual(policy)
  })
})

describe('the lab policy', () => {
  const lab = labPolicy()

  it('shows its banner and puts only checks that exist into shadow', () => {
    expect(lab.labBanner).toBe(true)
    for (const code of ['END_WEBDRIVER', 'END_CDP', 'END_HEADLESS_UA'])
      expect(lab.score.checks[code]).toEqual({ mode: 'shadow' })
    const known = new Set<string>(checks.map((check) => check.code))
    expect(Object.keys(lab.score.checks).filter((code) => !known.has(code))).toEqual([])
  })

  it('asks the same evidence, lifetimes and tries as the default', () => {
    const base = defaultPolicy()
    expect(lab.rules).toEqual(base.rules)
    expect(lab.lifetimes).toEqual(base.lifetimes)
    expect(lab.contacts).toEqual(base.contacts)
    expect(lab.limits.codeTriesPerCode).toBe(base.limits.codeTriesPerCode)
  })

  it('leaves what says "this was not me" and possession live', () => {
    for (const code of ['PER_USER_REPORTED', 'PER_ACCOUNT_STATE', 'POS_OTP', 'CHA_ANSWER', 'CHA_TOO_FEW'])
      expect(lab.score.checks[code]).toBeUndefined()
  })
})

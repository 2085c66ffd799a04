/** A code of a printed sheet as a kind of evidence, when a sheet may be made, and what an attacker could make of both. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateChecks } from './risk/evaluate.ts'
import { facts, now } from './risk/testing/facts.ts'
import { resultOf } from './risk/testing/findings.ts'
import { recoverySheet } from './risk/checks/possession/recovery-sheet.ts'
import { purposes, tiers } from './verification/verification.ts'
import { decide, type DecideInput } from './policy/decide.ts'
import { defaultPolicy } from './policy/defaults.ts'
import { underElevatedThreat } from './policy/elevated.ts'
import { evidenceOf, type ResultFacts } from './policy/evidence.ts'
import { evidenceKinds, type Policy, type Rule } from './policy/policy.ts'
import { isSheetRested, mayMakeSheet, type CaseForSheet } from './recovery-sheet.ts'

const result = (code: string, change: Partial<ResultFacts>): ResultFacts => ({
  ...{ code, group: code, mode: 'live', status: 'pass' },
  ...change,
})
const link = result('POS_OTP', { group: 'otp:a', evidenceClass: 'possession' })
const sheet = result('POS_SHEET', { group: 'recovery_sheet', evidenceClass: 'recovery_sheet' })

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
const asking = policyWith({ asksRecoverySheet: true })
const input = (change: Partial<DecideInput> = {}): DecideInput => ({
  ...{ policy: asking, purpose: 'mfa_reset', tier: 'standard', results: [link] },
  ...{ score: { rDecide: 1, floors: [] }, rDecideUnansweredWrong: 1, questions: 'complete', obtainable: [] },
  ...{ isReported: false, isNeverViaHelpDesk: false, isContactChanged: false, isElevatedThreat: false },
  ...change,
})

describe('what a code counts as', () => {
  it('is one kind of its own, however many codes were typed', () => {
    expect(evidenceOf([sheet])).toEqual(['recovery_sheet'])
    expect(evidenceOf([link, sheet, sheet])).toEqual(['possession', 'recovery_sheet'])
    expect(evidenceOf([{ ...sheet, mode: 'shadow' }])).toEqual([])
    expect(decide(input({ results: [link, sheet] }))).toMatchObject({ answer: 'approve' })
  })

  it('is never the kind that cannot be phished', () => {
    const policy = policyWith({ asksRecoverySheet: true, classesRequired: ['phishing_resistant'] })
    expect(decide(input({ policy, results: [link, sheet] }))).toMatchObject({
      ...{ answer: 'hold', missingClasses: ['phishing_resistant'] },
    })
  })

  it('counts for nothing where the rule does not ask for it, which is the default everywhere', () => {
    const policy = defaultPolicy()
    for (const purpose of purposes)
      for (const tier of tiers) expect(policy.rules[purpose][tier].asksRecoverySheet).toBe(false)
    expect(decide(input({ policy, results: [link, sheet] }))).toMatchObject({
      ...{ answer: 'hold', evidence: ['possession'] },
    })
  })

  it('never carries the case of a privileged account alone, whatever the rule names', () => {
    fc.assert(
      fc.property(
        fc.subarray([...evidenceKinds]),
        fc.constantFrom(...purposes),
        fc.integer({ min: 2, max: 4 }),
        (classesRequired, purpose, classesNeeded) => {
          const policy = policyWith({ classesRequired, classesNeeded, asksRecoverySheet: true })
          const alone = decide(input({ policy, purpose, tier: 'privileged', results: [sheet, sheet] }))
          expect([alone.answer, alone.reasons.includes('evidence_missing')]).toEqual(['hold', true])
        },
      ),
    )
  })

  it('under an elevated threat the strictest rule decides whether it counts', () => {
    const { mfa_reset: rules } = asking.rules
    const strict = { ...rules, privileged: { ...rules.privileged, asksRecoverySheet: false } }
    const policy = { ...asking, rules: { ...asking.rules, mfa_reset: strict } }
    const before = decide(input({ policy, results: [link, sheet] }))
    expect(before.answer).toBe('approve')
    const about = { purpose: 'mfa_reset', tier: 'standard' } as const
    expect(underElevatedThreat(before, policy, about)).toMatchObject({ answer: 'hold', missingCount: 1 })
  })
})

describe('when a code is asked for', () => {
  it('after all that needs no paper, and before somebody else is asked', () => {
    const all = [
      'second_contact',
      'phishing_resistant',
      'provider_sign_in',
      'recovery_sheet',
      'approver',
    ] as const
    const policy = policyWith({ asksRecoverySheet: true, asksProviderSignIn: true })
    const next = all.map((_, from) => decide(input({ policy, obtainable: all.slice(from) })).next)
    expect(next).toEqual(['second_contact', 'passkey', 'provider_sign_in', 'recovery_sheet', 'approver'])
    expect(decide(input({ policy: defaultPolicy(), obtainable: ['recovery_sheet'] })).next).toBe(
      'new_evidence',
    )
  })
})

describe('the finding', () => {
  const of = (proven: { left: number; madeAt: number } | null, isGivenUp = false) =>
    facts({ possession: { recoverySheet: { proven, isGivenUp } } })
  it('says the same of a person without a sheet as of one who typed wrong codes', () => {
    const given = [of(null), of(null, true)].map((one) => resultOf(recoverySheet, one))
    expect(given.map(({ status, weight }) => [status, weight])).toEqual([
      ['unknown', 0],
      ['unknown', 0],
    ])
    expect(resultOf(recoverySheet, facts()).status).toBe('not_applicable')
  })

  it('is evidence with the age of the sheet and the codes that are left', () => {
    const results = evaluateChecks(of({ left: 4, madeAt: now }), { checks: {} })
    expect(evidenceOf(results)).toEqual(['recovery_sheet'])
    const { evidence } = resultOf(recoverySheet, of({ left: 4, madeAt: now }))
    expect(evidence[0]?.value).toMatchObject({ slots: { left: 4, at: new Date(now).toISOString() } })
  })
})

describe('when a sheet may be made', () => {
  const two = ['possession', 'approver'] as const
  const passed = (change: Partial<CaseForSheet> = {}): CaseForSheet => ({
    ...{ policy: asking, tier: 'standard', outcome: 'passed', evidence: two },
    ...{ isDisputed: false, isElevatedThreat: false },
    ...change,
  })
  it('at the end of a case that two kinds carried', () => {
    expect(mayMakeSheet(passed())).toBe(true)
    expect(mayMakeSheet(passed({ tier: 'privileged' }))).toBe(true)
  })

  it.each<readonly [string, Partial<CaseForSheet>]>([
    ['one contact alone carried', { evidence: ['possession'] }],
    ['an older sheet carried beside one contact', { evidence: ['possession', 'recovery_sheet'] }],
    ['nothing carried', { evidence: [] }],
    ['failed', { outcome: 'failed' }],
    ['is not over', { outcome: null }],
    ['the participant disputes', { isDisputed: true }],
    ['ends under an elevated threat', { isElevatedThreat: true }],
    ['is under a policy that takes no sheet', { policy: defaultPolicy() }],
  ])('B5: never at the end of a case that %s', (_name, change) => {
    expect(mayMakeSheet(passed(change))).toBe(false)
  })

  it('is asked of the rules for the tier of the person', () => {
    const { rules } = asking
    const only = Object.fromEntries(
      purposes.map((purpose) => [
        purpose,
        { ...rules[purpose], privileged: { ...rules[purpose].privileged, asksRecoverySheet: false } },
      ]),
    ) as Policy['rules']
    const policy = { ...asking, rules: only }
    expect(mayMakeSheet(passed({ policy }))).toBe(true)
    expect(mayMakeSheet(passed({ policy, tier: 'privileged' }))).toBe(false)
  })

  it('counts for nothing until it has rested for as long as the policy says, a day by default', () => {
    const day = 86_400_000
    expect(defaultPolicy().lifetimes.sheetRest * 1000).toBe(day)
    expect(isSheetRested(null, asking, now)).toBe(false)
    expect(isSheetRested(now - day + 1, asking, now)).toBe(false)
    expect(isSheetRested(now - day, asking, now)).toBe(true)
  })
})

import { describe, expect, it } from 'vitest'
import { purposes, tiers } from '../verification/verification.ts'
import { defaultPolicy } from './defaults.ts'
import type { Policy } from './policy.ts'
import { kindsOf, noRoute, thinRouteOf, type ReachFacts } from './reach.ts'

const now = Date.parse('2026-05-01T12:00:00Z')
const hours = (count: number): number => now - count * 3_600_000
const policy = defaultPolicy()

const phone: ReachFacts['contacts'][number] = {
  value: 'phone',
  channel: 'sms',
  origin: 'on_file',
  changedAt: hours(5000),
  lineType: 'mobile',
  country: 'DE',
  mailDomain: null,
  isOwnMailbox: false,
  numberCheck: null,
}
const mail: ReachFacts['contacts'][number] = {
  ...phone,
  value: 'mail',
  channel: 'email',
  lineType: null,
  country: null,
  mailDomain: 'private',
}
const ownMailbox = { ...mail, value: 'own', mailDomain: 'organisation', isOwnMailbox: true } as const
const person = (change: Partial<ReachFacts> = {}): ReachFacts => ({
  tier: 'standard',
  contacts: [phone, mail],
  hasPasskey: false,
  hasSignIn: false,
  hasPush: false,
  sheetMadeAt: null,
  hasApprover: false,
  questionFacts: 5,
  questionSources: 3,
  tenureDays: 900,
  ...change,
})
const asks = (base: Policy, what: 'asksProviderSignIn' | 'asksPush' | 'asksRecoverySheet'): Policy => ({
  ...base,
  rules: Object.fromEntries(
    purposes.map((purpose) => [
      purpose,
      Object.fromEntries(tiers.map((tier) => [tier, { ...base.rules[purpose][tier], [what]: true }])),
    ]),
  ) as Policy['rules'],
})
const why = (facts: ReachFacts, under: Policy = policy) => noRoute(facts, under, 'password_reset', now)

describe('who has a route', () => {
  it('under a rule that names no kind, a person without any differs from one with too few', () => {
    const rule = { ...policy.rules.password_reset.standard, classesRequired: [], classesNeeded: 2 }
    const open = {
      ...policy,
      rules: { ...policy.rules, password_reset: { ...policy.rules.password_reset, standard: rule } },
    }
    expect(why(person({ contacts: [] }), open)).toBe('no_contact')
    expect(why(person({ contacts: [phone] }), open)).toBe('one_kind_only')
  })

  it('one old contact is enough for standard people of whom questions can be asked', () => {
    expect(why(person({ contacts: [phone] }))).toBeNull()
    expect(why(person({ contacts: [] }))).toBe('no_contact')
    expect(why(person({ contacts: [{ ...phone, changedAt: hours(5) }] }))).toBe('contacts_unusable')
    expect(why(person({ contacts: [{ ...phone, country: 'BR' }] }))).toBe('contacts_unusable')
  })

  it('without questions, and for privileged people, a second kind is needed; two numbers are one kind (B21)', () => {
    for (const change of [
      { questionSources: 1 },
      { questionFacts: 2 },
      { tenureDays: 3 },
      { tier: 'privileged' },
    ] as const) {
      expect(why(person({ ...change, contacts: [phone] }))).toBe('one_kind_only')
      expect(why(person({ ...change, contacts: [phone, { ...phone, value: 'other' }] }))).toBe(
        'one_kind_only',
      )
      expect(why(person({ ...change, contacts: [phone, phone] }))).toBe('one_kind_only')
      expect(why(person(change))).toBeNull()
      expect(why(person({ ...change, contacts: [mail], hasPasskey: true }))).toBeNull()
    }
  })

  it('B5: the mailbox of the account alone is a route only where the rule takes it alone', () => {
    const own = [ownMailbox]
    const other = { ...ownMailbox, value: 'alias' }
    const reason = (contacts: ReachFacts['contacts'], change: Partial<ReachFacts> = {}) =>
      why(person({ contacts, ...change }))
    expect(reason(own)).toBe('one_kind_only')
    expect(reason([ownMailbox, other])).toBe('one_kind_only')
    expect(reason([ownMailbox, { ...phone, country: 'BR' }])).toBe('one_kind_only')
    expect(reason([ownMailbox, phone])).toBeNull()
    expect(reason([ownMailbox, mail])).toBeNull()
    expect(reason(own, { hasPasskey: true })).toBeNull()
    expect(reason(own, { hasApprover: true })).toBeNull()
    expect(reason([], { hasPasskey: true })).toBe('kind_missing')
    expect(noRoute(person({ contacts: own }), policy, 'identity_check', now)).toBeNull()
    const standard = { ...policy.rules.password_reset.standard, twoKindsForOwnMailbox: false }
    const rules = { ...policy.rules, password_reset: { ...policy.rules.password_reset, standard } }
    expect(why(person({ contacts: own }), { ...policy, rules })).toBeNull()
    const score = { ...policy.score, onlyRecorded: { own_mailbox: true } }
    expect(why(person({ contacts: own }), { ...policy, score })).toBeNull()
  })

  it('a contact that changed lately lifts the demand even beside a good one', () => {
    expect(why(person({ contacts: [phone, { ...mail, changedAt: hours(5) }] }))).toBe('one_kind_only')
  })

  it('an unobtainable kind, a channel or families taken away leave people behind', () => {
    const { rules, questions } = policy
    const standard = rules.password_reset.standard
    const withRule = (change: object): Policy => ({
      ...policy,
      rules: { ...rules, password_reset: { ...rules.password_reset, standard: { ...standard, ...change } } },
    })
    expect(why(person(), withRule({ classesRequired: ['approver'] }))).toBe('kind_missing')
    expect(why(person({ hasApprover: true }), withRule({ classesRequired: ['approver'] }))).toBeNull()
    expect(why(person({ contacts: [phone] }), withRule({ channels: ['email'] }))).toBe('contacts_unusable')
    const families = { ...questions.families }
    for (const family of Object.keys(families) as (keyof typeof families)[]) families[family] = false
    const unasked = { ...policy, questions: { ...questions, families } }
    expect(why(person({ contacts: [phone] }), unasked)).toBe('one_kind_only')
    expect(
      why(person({ contacts: [phone] }), { ...unasked, questions: { ...unasked.questions, enabled: false } }),
    ).toBe(null)
  })

  it('a sign-in at the provider is a kind where the rule asks for it, for people whom the provider knows', () => {
    const asking = asks(policy, 'asksProviderSignIn')
    const known = person({ contacts: [phone], hasSignIn: true })
    expect(kindsOf(known, policy, 'mfa_reset', now)).toEqual(['possession'])
    expect(kindsOf(known, asking, 'mfa_reset', now)).toEqual(['possession', 'provider_sign_in'])
    expect(kindsOf(person({ contacts: [phone] }), asking, 'mfa_reset', now)).toEqual(['possession'])
    const thin = { ...known, questionFacts: 2 }
    expect(thinRouteOf(thin, asking, 'password_reset', now)).toBe('provider_sign_in')
    expect(noRoute(thin, asking, 'password_reset', now)).toBeNull()
  })

  it('a push is a kind where the rule asks for it, for people who approved one before, and never for a lost factor', () => {
    const asking = asks(policy, 'asksPush')
    const known = person({ contacts: [phone], hasPush: true })
    expect(kindsOf(known, policy, 'password_reset', now)).toEqual(['possession'])
    expect(kindsOf(known, asking, 'password_reset', now)).toEqual(['possession', 'push'])
    expect(kindsOf(known, asking, 'mfa_reset', now)).toEqual(['possession'])
    expect(kindsOf({ ...known, hasPush: false }, asking, 'password_reset', now)).toEqual(['possession'])
    expect(thinRouteOf({ ...known, questionFacts: 2 }, asking, 'password_reset', now)).toBe('push')
  })

  it('a printed sheet is a kind where the rule takes one, once it has rested', () => {
    const asking = asks(policy, 'asksRecoverySheet')
    const day = 86_400_000
    const known = person({ contacts: [phone], sheetMadeAt: now - day })
    expect(kindsOf(known, policy, 'mfa_reset', now)).toEqual(['possession'])
    expect(kindsOf(known, asking, 'mfa_reset', now)).toEqual(['possession', 'recovery_sheet'])
    for (const sheetMadeAt of [null, now - day + 1])
      expect(kindsOf({ ...known, sheetMadeAt }, asking, 'mfa_reset', now)).toEqual(['possession'])
    expect(thinRouteOf({ ...known, questionFacts: 2 }, asking, 'password_reset', now)).toBe('recovery_sheet')
  })

  it('names the kinds', () => {
    expect(kindsOf(person({ hasPasskey: true }), policy, 'mfa_reset', now)).toEqual([
      'possession',
      'second_contact',
      'phishing_resistant',
    ])
  })
})

describe('challenges 9: who is known too little for questions', () => {
  const thin = (change: Partial<ReachFacts>, under: Policy = policy) =>
    thinRouteOf(person(change), under, 'password_reset', now)
  it('goes by a second contact, else a passkey, else an approver, else in person', () => {
    const all = { questionFacts: 2, hasPasskey: true, hasApprover: true }
    expect(thin(all)).toBe('second_contact')
    expect(thin({ ...all, contacts: [phone] })).toBe('phishing_resistant')
    expect(thin({ ...all, contacts: [phone], hasPasskey: false })).toBe('approver')
    expect(thin({ questionFacts: 2, contacts: [phone] })).toBe('in_person')
  })
  it('is nobody who can be asked, and nobody where nobody is asked', () => {
    expect(thin({})).toBeNull()
    expect(thin({ questionFacts: 3, questionSources: 2, tenureDays: 30 })).toBeNull()
    for (const change of [{ questionFacts: 2 }, { questionSources: 1 }, { tenureDays: 29 }])
      expect(thin(change)).not.toBeNull()
    expect(
      thin({ questionFacts: 0 }, { ...policy, questions: { ...policy.questions, enabled: false } }),
    ).toBeNull()
  })
})

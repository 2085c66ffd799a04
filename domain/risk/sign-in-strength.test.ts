import { describe, expect, it } from 'vitest'
import { evidenceOf } from '../policy/evidence.ts'
import { provider } from './checks/possession/provider.ts'
import { evaluateChecks } from './evaluate.ts'
import type { PossessionFacts } from './facts.ts'
import {
  isSignInFresh,
  neverPhishingResistant,
  signInStrength,
  type SignInRules,
} from './sign-in-strength.ts'
import { facts, now } from './testing/facts.ts'
import { resultOf, verdictOf } from './testing/findings.ts'

const plain: SignInRules = { acrValues: [], phishingResistant: [] }
const strength = (amr: readonly string[], acr: string | null = null, rules = plain) =>
  signInStrength({ amr, acr }, rules)

describe('F7: the strength of a sign-in', () => {
  it('a password, a text message, nothing at all, or a method that nobody here knows proves nothing', () => {
    for (const amr of [
      [],
      ['pwd'],
      ['pwd', 'sms'],
      ['pwd', 'kba'],
      ['user'],
      ['wia'],
      ['MFA'],
      ['unheard_of'],
    ])
      expect([amr, strength(amr)]).toEqual([amr, 'weak'])
  })

  it('a method beyond the password is strong, and no more than that by default', () => {
    for (const amr of [['pwd', 'otp'], ['mfa'], ['hwk'], ['pwd', 'swk'], ['sc']])
      expect([amr, strength(amr, 'phr')]).toEqual([amr, 'strong'])
  })

  it('a value of amr or acr that an admin confirmed cannot be phished', () => {
    const rules = { ...plain, phishingResistant: ['hwk', 'phr'] }
    expect(strength(['hwk'], null, rules)).toBe('phishing_resistant')
    expect(strength([], 'phr', rules)).toBe('phishing_resistant')
    expect(strength(['pwd', 'otp'], 'phrh', rules)).toBe('strong')
  })

  it('no policy makes a password or a code one that cannot be phished', () => {
    const rules = { ...plain, phishingResistant: neverPhishingResistant }
    for (const value of neverPhishingResistant)
      expect([value, strength([value], null, rules)]).not.toEqual([value, 'phishing_resistant'])
    expect(strength(['pwd'], 'pwd', rules)).toBe('weak')
  })

  it('a level that the policy asks for and did not get makes any method weak', () => {
    const rules = { acrValues: ['gold', 'phr'], phishingResistant: ['hwk'] }
    for (const acr of [null, 'silver', 'gold phr']) expect(strength(['hwk', 'otp'], acr, rules)).toBe('weak')
    expect(strength(['pwd', 'otp'], 'gold', rules)).toBe('strong')
    expect(strength(['pwd'], 'gold', rules)).toBe('weak')
    expect(strength(['hwk'], 'phr', rules)).toBe('phishing_resistant')
  })
})

describe('the age of a sign-in', () => {
  it('must lie between the begin of the step and now, give or take what two clocks differ by', () => {
    const fresh = (at: number | null) => isSignInFresh(at, 1_000.9, 1_100)
    expect([null, 969, 970, 1_000, 1_100, 1_130, 1_131].map(fresh)).toEqual([
      ...[false, false, true, true],
      ...[true, true, false],
    ])
  })
})

describe('POS_PROVIDER', () => {
  const asked = { proven: null, isWeak: false, foreignAt: null, isGivenUp: false }
  const proven = { at: now, methods: ['pwd', 'otp'], strength: 'strong' as const }
  const best = { ...proven, strength: 'phishing_resistant' as const }
  it.each<[string, Partial<PossessionFacts>, string, string | undefined]>([
    ['unknown to the provider', {}, 'not_applicable', undefined],
    ['not asked for', { providerSignIn: asked }, 'unknown', undefined],
    [
      'not possible, or the provider is down',
      { providerSignIn: { ...asked, isGivenUp: true } },
      'unknown',
      undefined,
    ],
    ['with a password alone', { providerSignIn: { ...asked, isWeak: true } }, 'info', undefined],
    ['by another person', { providerSignIn: { ...asked, foreignAt: now } }, 'flag -6', undefined],
    [
      'by another person, given up',
      { providerSignIn: { ...asked, foreignAt: now, isGivenUp: true } },
      'flag -6',
      undefined,
    ],
    ['proven', { providerSignIn: { ...asked, proven } }, 'pass +12', 'provider_sign_in'],
    [
      'proven, not to be phished',
      { providerSignIn: { ...asked, proven: best } },
      'pass +18',
      'phishing_resistant',
    ],
  ])('%s', (_name, possession, expected, evidenceClass) => {
    const given = facts({ possession })
    expect(verdictOf(provider, given)).toBe(expected)
    expect(resultOf(provider, given).evidenceClass).toBe(evidenceClass)
  })

  it('is live evidence by default, and one of its kind', () => {
    const given = facts({ possession: { providerSignIn: { ...asked, proven } } })
    expect(evidenceOf(evaluateChecks(given, { checks: {} }))).toEqual(['provider_sign_in'])
  })

  it('costs a participant nothing who cannot sign in there', () => {
    const weight = (possession: Partial<PossessionFacts>) =>
      evaluateChecks(facts({ possession }), { checks: {} }).find(({ code }) => code === 'POS_PROVIDER')
        ?.weight
    expect(weight({ providerSignIn: { ...asked, isGivenUp: true } })).toBe(0)
    expect(weight({ providerSignIn: { ...asked, isWeak: true } })).toBe(0)
  })
})

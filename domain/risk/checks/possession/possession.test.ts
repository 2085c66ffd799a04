import { describe, expect, it } from 'vitest'
import { evidenceOf, restsOnOwnMailbox } from '../../../policy/evidence.ts'
import { evaluateChecks } from '../../evaluate.ts'
import type { ContactFacts, PossessionFacts } from '../../facts.ts'
import type { CheckSettings } from '../../settings.ts'
import { contact, dayMs, facts, hourMs, now, withPossession } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { checks } from '../index.ts'
import { numberMatch } from './number-match.ts'
import { otp } from './otp.ts'
import { passkey } from './passkey.ts'
import { push } from './push.ts'

const link = (sent: ContactFacts, changes: Partial<PossessionFacts> = {}) =>
  facts({
    persona: { contact: sent },
    possession: { ...withPossession(), returned: [{ kind: 'link', at: now, contact: sent }], ...changes },
  })
const classOf = (given: ReturnType<typeof facts>) => resultOf(otp, given).evidenceClass

describe('POS_OTP', () => {
  it('counts a contact once: +5 beside the credit of the channel check, +10 without it', () => {
    const weights = (settings: CheckSettings['checks']) =>
      evaluateChecks(link(contact()), { checks: settings }, checks)
        .filter(({ code }) => code === 'POS_OTP')
        .map(({ weight }) => weight)
    expect(weights({})).toEqual([5])
    expect(weights({ PER_CHANNEL: { mode: 'shadow' } })).toEqual([10])
    expect(weights({ PER_CHANNEL: { mode: 'off' } })).toEqual([10])
  })

  it.each([
    ['on file for 72 hours', contact({ changedAt: now - 72 * hourMs }), 'pass +10', 'possession'],
    ['B19: changed less than 72 hours ago', contact({ changedAt: now - 72 * hourMs + 1 }), 'info', undefined],
    ['B19: age not known', contact({ changedAt: null }), 'info', undefined],
    ['B7: typed', contact({ origin: 'typed' }), 'info', undefined],
    ['B18: voip', contact({ lineType: 'voip' }), 'info', undefined],
    [
      'throw-away mailbox',
      contact({ channel: 'email', lineType: null, domain: 'disposable' }),
      'info',
      undefined,
    ],
  ])('%s', (_name, sent, expected, evidenceClass) => {
    expect(verdictOf(otp, link(sent))).toBe(expected)
    expect(classOf(link(sent))).toBe(evidenceClass)
  })

  it('B5: a link opened without the match code proves nothing about the caller', () => {
    const open = { matchCode: { isMatched: false, tries: 2 } }
    expect(verdictOf(otp, link(contact(), open))).toBe('info')
    expect(classOf(link(contact(), open))).toBeUndefined()
    expect(classOf(link(contact(), { matchCode: null }))).toBeUndefined()
    expect(classOf(link(contact(), { matchCode: null, startedBy: 'self_service' }))).toBe('possession')
  })

  it('B21: two numbers are one kind of evidence, whatever came back through both', () => {
    const second = contact({ id: 'contact-2', masked: '••• 77' })
    const returned = [
      { kind: 'link' as const, at: now, contact: contact() },
      { kind: 'code' as const, at: now + 1, contact: second },
    ]
    const given = facts({ possession: { ...withPossession(), returned } })
    const results = evaluateChecks(given, { checks: {} }, checks).filter(({ code }) => code === 'POS_OTP')
    expect(results.map(({ status }) => status)).toEqual(['pass', 'pass'])
    expect(evidenceOf(results)).toEqual(['possession'])
  })

  it('B5: two mailboxes of the account are one kind of evidence, whatever came back through both', () => {
    const own = { channel: 'email', lineType: null, domain: 'organisation', isOwnMailbox: true } as const
    const returned = [
      { kind: 'link' as const, at: now, contact: contact(own) },
      { kind: 'code' as const, at: now + 1, contact: contact({ ...own, id: 'contact-2' }) },
    ]
    const of = (some: typeof returned) => {
      const given = facts({ possession: { ...withPossession(), returned: some } })
      return evaluateChecks(given, { checks: {} }, checks).filter(({ code }) => code === 'POS_OTP')
    }
    const results = of(returned)
    expect(results.map(({ group }) => group)).toEqual(['otp:own_mailbox', 'otp:own_mailbox'])
    expect(evidenceOf(results)).toEqual(['possession'])
    expect(restsOnOwnMailbox(results)).toBe(true)
    const withPhone = of([...returned, { kind: 'code', at: now + 2, contact: contact({ id: 'contact-3' }) }])
    expect(evidenceOf(withPhone)).toEqual(['possession', 'second_contact'])
    expect(restsOnOwnMailbox(withPhone)).toBe(false)
  })

  it('gives a code to a second contact its full weight beside the link', () => {
    const second = contact({
      id: 'contact-2',
      channel: 'email',
      masked: 'j•••@example.org',
      lineType: null,
      domain: 'organisation',
    })
    const returned = [
      { kind: 'link' as const, at: now, contact: contact() },
      { kind: 'code' as const, at: now + 1, contact: second },
      { kind: 'code' as const, at: now + 2, contact: second },
    ]
    const given = facts({ possession: { ...withPossession(), returned } })
    const results = evaluateChecks(given, { checks: {} }, checks).filter(({ code }) => code === 'POS_OTP')
    expect(results.map(({ group, weight }) => [group, weight])).toEqual([
      ['otp:contact-1', 5],
      ['otp:contact-2', 10],
    ])
  })

  it('is unknown until something came back', () => {
    expect(verdictOf(otp, facts())).toBe('unknown')
  })

  it('keeps +5 and +5 together at +10 at any age of the contact', () => {
    for (const days of [3, 13, 14, 15, 400]) {
      const results = evaluateChecks(link(contact({ changedAt: now - days * dayMs })), { checks: {} }, checks)
      const both = results.filter(({ code }) => code === 'POS_OTP' || code === 'PER_CHANNEL')
      expect(both.reduce((sum, { weight }) => sum + weight, 0)).toBe(10)
    }
  })
})

describe('POS_NUMBER_MATCH', () => {
  it.each([
    [{ isMatched: true, tries: 5 }, 'pass +4'],
    [{ isMatched: false, tries: 2 }, 'unknown'],
    [null, 'not_applicable'],
  ])('%j', (matchCode, expected) => {
    expect(verdictOf(numberMatch, facts({ possession: { matchCode } }))).toBe(expected)
  })
  it('is never evidence by itself', () => {
    const given = facts({ possession: { matchCode: { isMatched: true, tries: 1 } } })
    expect(resultOf(numberMatch, given).evidenceClass).toBeUndefined()
  })
})

describe('POS_PASSKEY', () => {
  const proven = { name: 'Phone', enrolledAt: now - 80 * dayMs, at: now }
  it.each([
    ['none on file', {}, 'not_applicable', undefined],
    ['one on file, not asked for', { passkey: { proven: null, isGivenUp: false } }, 'unknown', undefined],
    ['asked for, not at hand', { passkey: { proven: null, isGivenUp: true } }, 'unknown', undefined],
    ['proven', { passkey: { proven, isGivenUp: false } }, 'pass +20', 'phishing_resistant'],
  ])('%s', (_name, possession, expected, evidenceClass) => {
    const given = facts({ possession })
    expect(verdictOf(passkey, given)).toBe(expected)
    expect(resultOf(passkey, given).evidenceClass).toBe(evidenceClass)
  })

  it('is live evidence by default, and one of its kind', () => {
    const given = facts({ possession: { passkey: { proven, isGivenUp: false } } })
    expect(evidenceOf(evaluateChecks(given, { checks: {} }))).toEqual(['phishing_resistant'])
  })

  it('says nothing against people who have no passkey, or none at hand', () => {
    const weight = (possession: Partial<PossessionFacts>) =>
      evaluateChecks(facts({ possession }), { checks: {} }).find(({ code }) => code === 'POS_PASSKEY')?.weight
    expect(weight({})).toBe(0)
    expect(weight({ passkey: { proven: null, isGivenUp: true } })).toBe(0)
  })
})

describe('POS_PUSH', () => {
  const waiting = { provenAt: null, deniedAt: null, isGivenUp: false }
  it.each([
    ['was approved', { ...waiting, provenAt: now }, 'pass +10', 'push'],
    ['has no answer yet', waiting, 'unknown', undefined],
    ['led nowhere', { ...waiting, isGivenUp: true }, 'unknown', undefined],
    ['was denied', { ...waiting, deniedAt: now }, 'flag -12', undefined],
  ])('a push that %s', (_name, given, verdict, evidenceClass) => {
    const found = facts({ possession: { ...withPossession(), push: given } })
    expect(verdictOf(push, found)).toBe(verdict)
    expect(resultOf(push, found).evidenceClass).toBe(evidenceClass)
  })

  it('does not apply where the case asked for none', () => {
    expect(verdictOf(push, facts({ possession: withPossession() }))).toBe('not_applicable')
  })
})

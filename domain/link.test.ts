import { describe, expect, it } from 'vitest'
import { bindingMismatch, isToken, linkAddress, type LinkBinding, linkProblem, tokenOf } from './link.ts'

const token = 'abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE'

it('C9: the token is in the fragment and nowhere else', () => {
  const address = new URL(linkAddress('https://portal.example.org', 'verification', token))
  expect(address.hash).toBe(`#${token}`)
  expect(`${address.origin}${address.pathname}${address.search}`).toBe('https://portal.example.org/v')
  expect(tokenOf(address.hash)).toBe(token)
  expect(tokenOf(new URL(linkAddress('https://portal.example.org', 'report', token)).hash)).toBe(token)
})

it.each(['', token.slice(1), `${token}a`, `${token.slice(1)}=`, `${token.slice(1)} `])(
  'C1: %j is no token',
  (text) => {
    expect(isToken(text)).toBe(false)
    expect(tokenOf(`#${text}`)).toBeUndefined()
    expect(tokenOf(text)).toBeUndefined()
  },
)

describe('linkProblem', () => {
  const live = { expiresAt: '2026-01-01T10:10:00Z', usedAt: null, supersededAt: null, voidedAt: null }
  const at = '2026-01-01T10:05:00Z'
  it('C3: live until the very moment of its end', () => {
    expect(linkProblem(live, '2026-01-01T10:09:59.999Z')).toBeUndefined()
    expect(linkProblem(live, '2026-01-01T10:10:00Z')).toBe('expired')
    expect(linkProblem({ ...live, expiresAt: 'never' }, at)).toBe('expired')
  })
  it.each([
    ['usedAt', 'used'],
    ['supersededAt', 'superseded'],
    ['voidedAt', 'voided'],
  ])('C4, C11: %s ends it', (field, problem) => {
    expect(linkProblem({ ...live, [field]: at }, at)).toBe(problem)
  })
})

it('C10, C12: a difference in any bound thing is found', () => {
  const binding: LinkBinding = {
    tenantId: 't',
    verificationId: 'v',
    personId: 'p',
    purpose: 'password_reset',
    channel: 'sms',
    contactId: 'c',
    contactIndex: 'aa',
    policyVersion: 1,
  }
  expect(bindingMismatch(binding, { ...binding })).toBeUndefined()
  for (const key of Object.keys(binding) as (keyof LinkBinding)[])
    expect(bindingMismatch(binding, { ...binding, [key]: key === 'policyVersion' ? 2 : 'other' })).toBe(key)
})

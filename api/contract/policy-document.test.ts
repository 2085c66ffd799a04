import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { Policy } from './policy-document.ts'

const base = defaultPolicy()
type Rules = typeof base.rules

const problemsOf = (rules: Partial<Rules>): string[] => {
  const parsed = Policy.safeParse({ ...base, rules: { ...base.rules, ...rules } })
  return (parsed.error?.issues ?? []).map(({ path }) => path.join('.'))
}

describe('B4: what a hit asks for', () => {
  const problemsWith = (code: string) =>
    (
      Policy.safeParse({ ...base, score: { ...base.score, checks: { [code]: { asks: 'refuse' } } } }).error
        ?.issues ?? []
    ).map(({ path }) => path.join('.'))

  it('is never a refusal where the check looks at answers', () => {
    expect(problemsWith('CHA_ANSWER')).toEqual(['score.checks.CHA_ANSWER.asks'])
    expect(problemsWith('NET_TOR_EXIT')).toEqual([])
  })
})

describe('B15: the rule for second factors', () => {
  const { mfa_reset: factors, password_reset: passwords } = base.rules

  it('may be saved as it is', () => {
    expect(problemsOf({})).toEqual([])
  })

  it.each([
    [
      'one kind of evidence',
      { ...factors.standard, classesNeeded: 1 },
      'rules.mfa_reset.standard.classesNeeded',
    ],
    [
      'nobody who decides',
      { ...factors.standard, deciders: 'auto' as const },
      'rules.mfa_reset.standard.deciders',
    ],
  ])('may not be saved with %s', (_, standard, path) => {
    expect(problemsOf({ mfa_reset: { ...factors, standard } })).toEqual([path])
  })

  it('may not ask for less than the rule for passwords', () => {
    const standard = { ...passwords.standard, classesNeeded: 3 }
    expect(problemsOf({ password_reset: { ...passwords, standard } })).toEqual([
      'rules.mfa_reset.standard.classesNeeded',
    ])
  })
})

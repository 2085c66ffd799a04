import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import {
  boundedRules,
  checkPassword,
  contextWords,
  isPasswordAccepted,
  type PasswordEstimate,
  type PasswordRuleCode,
} from './password.ts'
import { anyCharacter } from './testing/any-character.ts'

const strong: PasswordEstimate = { isCommon: false, score: 4 }
const words = contextWords(['Jürgen Müller', 'jmueller', 'j.mueller@nordwind.example', 'Nordwind AG'])

const stateOf = (
  code: PasswordRuleCode,
  password: string,
  estimate: PasswordEstimate | null = strong,
): string | undefined => checkPassword(password, words, estimate).find((rule) => rule.code === code)?.state

describe('N5: rules for a new password', () => {
  it('asks 15 characters, counted as people count', () => {
    expect(stateOf('length', 'fourteen chars')).toBe('unmet')
    expect(stateOf('length', 'fifteen charact')).toBe('met')
    expect(stateOf('length', '😀'.repeat(14))).toBe('unmet')
    expect(stateOf('length', '😀'.repeat(15))).toBe('met')
  })

  it('never goes below 8 nor refuses 64', () => {
    expect(boundedRules({ minLength: 1, maxLength: 20 })).toEqual({ minLength: 8, maxLength: 64 })
    const rules = { minLength: 4, maxLength: 10 }
    const state = (password: string, code: PasswordRuleCode): string | undefined =>
      checkPassword(password, [], strong, rules).find((rule) => rule.code === code)?.state
    expect(state('seven77', 'length')).toBe('unmet')
    expect(state('eight888', 'length')).toBe('met')
    expect(state('x'.repeat(64), 'not_too_long')).toBe('met')
    expect(state('x'.repeat(65), 'not_too_long')).toBe('unmet')
  })

  it('has no rule of composition: letters alone, digits alone, spaces, any script', () => {
    for (const password of [
      'correct horse battery staple',
      '831920475610293',
      'ずっと雨が降り続いている夜の道',
      'пятнадцать котов',
    ])
      expect(isPasswordAccepted(checkPassword(password, words, strong))).toBe(true)
  })

  it("refuses the participant's and the organisation's own words, however written", () => {
    for (const password of [
      'my MÜLLER is no miller',
      'xx muller xx muller xx',
      'n0rdw1nd rules the sea',
      'JURGEN was here once',
    ])
      expect(stateOf('own_words', password)).toBe('unmet')
    expect(stateOf('own_words', 'quiet lamps over water')).toBe('met')
    expect(stateOf('own_words', '')).toBe('unmet')
  })

  it('ignores words of fewer than four letters', () => {
    expect(contextWords(['Li Wu', 'AG', 'Otto'])).toEqual(['otto'])
  })

  it('leaves to the server what only the server knows', () => {
    expect(stateOf('common', 'quiet lamps over water', null)).toBe('pending')
    expect(isPasswordAccepted(checkPassword('quiet lamps over water', words, null))).toBe(false)
    expect(stateOf('common', 'quiet lamps over water', { isCommon: true, score: 4 })).toBe('unmet')
    expect(stateOf('guessable', 'quiet lamps over water', { isCommon: false, score: 3 })).toBe('unmet')
    expect(stateOf('guessable', 'quiet lamps over water', { isCommon: false, score: 4 })).toBe('met')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (password) => {
        expect(checkPassword(password, words, strong)).toHaveLength(5)
      }),
    )
  })
})

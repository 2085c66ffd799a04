import { describe, expect, it } from 'vitest'
import {
  accountStates,
  cleanText,
  initialsOf,
  isOwnCircle,
  parseNeedle,
  type Person,
  personProblem,
} from './person.ts'

const person: Person = {
  id: 'p',
  displayName: 'Paula Example',
  tier: 'standard',
  accountState: 'active',
  neverViaHelpDesk: false,
  managerId: 'm',
  blockedUntil: null,
}
const now = '2026-01-01T10:00:00Z'

describe('personProblem', () => {
  it('D3: an account put beyond the help desk stays there, whatever else', () => {
    for (const accountState of accountStates)
      expect(personProblem({ ...person, accountState, neverViaHelpDesk: true }, now)).toBe(
        'never_via_help_desk',
      )
  })
  it('only accounts that work, or are locked, can be helped', () => {
    const helped = accountStates.filter(
      (accountState) => personProblem({ ...person, accountState }, now) === undefined,
    )
    expect(helped).toEqual(['active', 'locked'])
  })
  it('B9: a report blocks until its end', () => {
    expect(personProblem({ ...person, blockedUntil: '2026-01-01T10:00:00.001Z' }, now)).toBe('blocked')
    expect(personProblem({ ...person, blockedUntil: now }, now)).toBeUndefined()
    expect(personProblem({ ...person, blockedUntil: 'unreadable' }, now)).toBe('blocked')
  })
})

it('D7: staff are kept from themselves, their manager and their reports', () => {
  expect(isOwnCircle({ personId: 'p', managerId: 'x' }, person)).toBe(true)
  expect(isOwnCircle({ personId: 'm', managerId: 'x' }, person)).toBe(true)
  expect(isOwnCircle({ personId: 's', managerId: 'p' }, person)).toBe(true)
  expect(isOwnCircle({ personId: 's', managerId: 'm' }, person)).toBe(false)
  expect(isOwnCircle({ personId: null, managerId: null }, { id: 'p', managerId: null })).toBe(false)
})

it('K6: what cannot be seen is not kept', () => {
  expect(cleanText(' Pa\u202eul\u200ba\u0000 \ufeff')).toBe('Paula')
  expect(cleanText('Zoe\u0308')).toBe('Zoë')
  expect(cleanText('\u061cPau\u00adla\u180e\ufff9 \u{e0041}Example')).toBe('Paula Example')
})

it('initials are of the first and the last word', () => {
  expect(['Paula Example', 'Madonna', 'jean-luc de la cruz', '𝒜da Lovelace', ''].map(initialsOf)).toEqual([
    'PE',
    'M',
    'JC',
    '𝒜L',
    '',
  ])
})

describe('parseNeedle', () => {
  it.each(['ann', ' Ann   Lee ', '山田 太', 'o_1 2', '100%'])('D9: %j may be searched for', (typed) => {
    expect(parseNeedle(typed)).toMatchObject({ ok: true })
  })
  it.each(['', 'an', '%%%', '___', 'a%_', '  a ', '\u200b\u200b\u200b'])(
    'D9: %j says too little',
    (typed) => {
      expect(parseNeedle(typed)).toEqual({ ok: false, error: 'too_short' })
    },
  )
  it('has an end', () => {
    expect(parseNeedle('a'.repeat(101))).toEqual({ ok: false, error: 'too_long' })
    expect(parseNeedle(' Ann \t Lee')).toEqual({ ok: true, value: 'Ann Lee' })
  })
})

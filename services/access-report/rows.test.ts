import { expect, it } from 'vitest'
import { purposes } from '#domain/verification/verification.ts'
import { oneOf } from './rows.ts'

it('gives a code that is known, and nothing in place of another', () => {
  expect(oneOf(purposes, 'account_unlock')).toBe('account_unlock')
  for (const value of ['password', '', null, undefined, 7])
    expect(() => oneOf(purposes, value)).toThrow('a code that is not known')
})

import { describe, expect, it } from 'vitest'
import { purposes } from './verification/verification.ts'
import { mayAskPush, pushesLeft } from './push.ts'

describe('pushes to an authenticator', () => {
  it('are never proof where the authenticator is what was lost', () => {
    expect(purposes.filter((purpose) => !mayAskPush(purpose))).toEqual(['mfa_reset'])
  })

  it.each([
    [0, 0, 2],
    [1, 1, 1],
    [2, 2, 0],
    [0, 2, 1],
    [0, 3, 0],
    [1, 9, 0],
  ])('a case that had %d, of a person who had %d within the hour, has %d left', (ofCase, ofPerson, left) => {
    expect(pushesLeft(ofCase, ofPerson)).toBe(left)
  })
})

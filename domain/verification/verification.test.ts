import { describe, expect, it } from 'vitest'
import { isActing, isFinishedByParticipant, purposes, writeOf } from './verification.ts'

describe('what a purpose leads to', () => {
  it('B1: three write an account, each in its own way; two end with the decision', () => {
    expect(purposes.filter(isActing)).toEqual(Object.keys(writeOf))
    expect(new Set(Object.values(writeOf)).size).toBe(3)
    expect(purposes.filter((purpose) => !isActing(purpose))).toEqual(['access_change', 'identity_check'])
  })

  it('B2: what only the participant may know is finished by the participant', () => {
    expect(purposes.filter(isFinishedByParticipant)).toEqual(['password_reset', 'mfa_reset'])
  })
})

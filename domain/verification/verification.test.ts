import { describe, expect, it } from 'vitest'
import {
  actingPurposes,
  isActing,
  isFinishedByParticipant,
  purposes,
  resultPurposes,
  writeOf,
} from './verification.ts'

describe('what a purpose leads to', () => {
  it('B1: some write an account, each in its own way; the others end with the decision', () => {
    expect(Object.keys(writeOf)).toEqual(actingPurposes)
    expect(new Set(Object.values(writeOf)).size).toBe(actingPurposes.length)
    expect(purposes.filter((purpose) => !isActing(purpose))).toEqual(resultPurposes)
    expect(resultPurposes.length).toBeGreaterThan(0)
  })

  it('B2: what only the participant may know is finished by the participant', () => {
    const known = actingPurposes.filter((purpose) => /password|factors/.test(writeOf[purpose]))
    expect(known.length).toBeGreaterThan(0)
    expect(known.every(isFinishedByParticipant)).toBe(true)
  })
})

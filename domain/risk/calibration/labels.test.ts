import { describe, expect, it } from 'vitest'
import {
  calibratedAt as now,
  calibrationCase as made,
  calibrationResult,
  possession,
} from '../testing/calibration.ts'
import { dayMs } from './case.ts'
import { labelOf } from './labels.ts'

const said = (...[changes]: Parameters<typeof made>) => {
  const label = labelOf(made(changes), now)
  return 'source' in label ? `${label.side} ${label.source}` : `${label.side} ${label.why}`
}

describe('labels', () => {
  it('genuine: passed with possession evidence, and undisputed for thirty days', () => {
    expect(said()).toBe('genuine undisputed')
    expect(said({ closedAt: now - 30 * dayMs })).toBe('genuine undisputed')
    expect(said({ closedAt: now - 30 * dayMs + 1 })).toBe('provisional too_young')
    expect(said({ closedAt: null, startedAt: now - dayMs })).toBe('provisional too_young')
    expect(said({ results: [] })).toBe('unlabelled no_possession')
    expect(said({ results: [{ ...possession, mode: 'shadow' }] })).toBe('unlabelled no_possession')
    expect(
      said({ results: [calibrationResult('POS_OTP', { status: 'unknown', evidenceClass: 'possession' })] }),
    ).toBe('unlabelled no_possession')
    expect(said({ dispute: 'other' })).toBe('unlabelled disputed_elsewhere')
  })

  it('a decision alone is no label', () => {
    expect(said({ outcome: 'failed' })).toBe('unlabelled not_passed')
    expect(said({ outcome: 'timed_out' })).toBe('unlabelled not_passed')
  })

  it('fraud: reported by the participant, found by staff, played by testers', () => {
    expect(said({ outcome: 'reported' })).toBe('fraud reported')
    expect(said({ dispute: 'this' })).toBe('fraud reported')
    expect(said({ staffLabel: 'suspicious' })).toBe('fraud staff')
    expect(said({ isExercise: true })).toBe('fraud red_team')
  })

  it('staff may clear a refused case, and say that they do not know', () => {
    expect(said({ outcome: 'failed', staffLabel: 'false_refusal' })).toBe('genuine staff')
    expect(said({ staffLabel: 'genuine' })).toBe('genuine staff')
    expect(said({ staffLabel: 'unsure' })).toBe('unlabelled unsure')
  })

  it('a label that comes from the panel says nothing, and neither does silence then', () => {
    expect(said({ isLabelledSeeing: true })).toBe('unlabelled score_seen')
    expect(said({ isLabelledSeeing: true, outcome: 'failed' })).toBe('unlabelled score_seen')
    expect(said({ isLabelledSeeing: true, staffLabel: 'suspicious' })).toBe('fraud staff')
  })

  it('testers know best, then the participant, then staff', () => {
    expect(said({ isExercise: true, dispute: 'this', staffLabel: 'genuine' })).toBe('fraud red_team')
    expect(said({ dispute: 'this', staffLabel: 'genuine' })).toBe('fraud reported')
  })
})

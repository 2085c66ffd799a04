import { describe, expect, it } from 'vitest'
import { evidenceOf } from '../../../policy/evidence.ts'
import { evaluateChecks } from '../../evaluate.ts'
import type { ApproverFacts } from '../../facts.ts'
import { facts, hourMs, now, withPossession } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { checks } from '../index.ts'
import { approver } from './approver.ts'

const asked = (change: Partial<ApproverFacts> = {}): ApproverFacts => ({
  id: 'request-1',
  as: 'manager',
  name: 'Grace Manager',
  askedAt: now - hourMs,
  answer: 'yes',
  answeredAt: now - hourMs / 2,
  isOver: true,
  isEligible: true,
  ...change,
})
const given = (...approvers: readonly ApproverFacts[]) =>
  facts({ possession: { ...withPossession(), approvers } })

describe('POS_APPROVER', () => {
  it('fires: a yes is evidence of its own class and +12', () => {
    for (const as of ['manager', 'named'] as const)
      expect(verdictOf(approver, given(asked({ as })))).toBe('pass +12')
    const results = evaluateChecks(given(asked()), { checks: {} }, checks)
    expect(evidenceOf(results)).toEqual(['possession', 'approver'])
  })

  it('fires: a no is critical with a floor of 9.0, whatever else was said', () => {
    const denied = resultOf(approver, given(asked({ answer: 'no' }), asked({ id: 'request-2', as: 'named' })))
    expect(denied).toMatchObject({ status: 'critical', floor: { value: 9 } })
    expect(denied.evidenceClass).toBeUndefined()
    const unanswered = resultOf(approver, given(asked({ answer: 'no', answeredAt: null })))
    expect(unanswered.status).toBe('critical')
  })

  it('known false positive: who is not reached or not sure costs nothing', () => {
    const silent = { answer: null, answeredAt: null }
    expect(verdictOf(approver, given(asked({ ...silent, isOver: false })))).toBe('unknown')
    expect(verdictOf(approver, given(asked(silent)))).toBe('unknown')
    expect(verdictOf(approver, given(asked({ answer: 'not_sure' })))).toBe('unknown')
    for (const change of [silent, { answer: 'not_sure' as const }]) {
      const { weight, floor, evidenceClass } = resultOf(approver, given(asked(change)))
      expect([weight, floor, evidenceClass]).toEqual([0, undefined, undefined])
    }
    expect(verdictOf(approver, facts())).toBe('not_applicable')
  })

  it('B19: a yes of an approver whose account or contacts changed since is no evidence', () => {
    const result = resultOf(approver, given(asked({ isEligible: false })))
    expect([result.status, result.weight, result.evidenceClass]).toEqual(['unknown', 0, undefined])
  })

  it('gives the name to those who review, and the relation to everybody', () => {
    const { evidence } = resultOf(approver, given(asked()))
    expect(evidence.map(({ label, sensitivity }) => [label, sensitivity])).toEqual([
      ['approver', 0],
      ['name', 1],
      ['request', 1],
    ])
  })
})

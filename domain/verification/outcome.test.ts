import { expect, it } from 'vitest'
import { outcomes, shownOutcome } from './outcome.ts'

it('B9: an agent sees a report as a failed verification; everybody else sees what was said', () => {
  expect(shownOutcome('reported', 'agent')).toBe('failed')
  for (const role of ['supervisor', 'admin', 'auditor'])
    expect(shownOutcome('reported', role)).toBe('reported')
})

it('every other outcome is shown to everybody as it is', () => {
  for (const outcome of outcomes.filter((one) => one !== 'reported'))
    for (const role of ['agent', 'supervisor']) expect(shownOutcome(outcome, role)).toBe(outcome)
  expect(shownOutcome(null, 'agent')).toBeNull()
})

import { expect, it } from 'vitest'
import { funnelSteps, placeOfStep } from './funnel.ts'

it('places count from 1 in the order of the steps', () => {
  expect(funnelSteps.map(placeOfStep)).toEqual(funnelSteps.map((_, index) => index + 1))
})

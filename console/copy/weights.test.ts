import { expect, it } from 'vitest'
import { checks } from '#domain/risk/checks/index.ts'
import { deWeightCases } from './de/weights.ts'
import { enWeightCases } from './en/weights.ts'

it.each([
  ['English', enWeightCases],
  ['German', deWeightCases],
])('every weight of a check has words in %s for what it found then, and nothing else has', (_, words) => {
  const names = new Set(checks.flatMap(({ defaultWeights }) => Object.keys(defaultWeights)))
  expect(Object.keys(words).sort()).toEqual([...names].sort())
})

import { expect, it } from 'vitest'
import { facts } from '../../testing/facts.ts'
import { verdictOf } from '../../testing/findings.ts'
import { noKey } from './no-key.ts'

it.each([
  [true, 'pass'],
  [false, 'flag'],
  [null, 'not_applicable'],
] as const)('END_NO_KEY: a key holds every session: %s', (isBound, expected) => {
  const device = { ...facts().endpoint.device, isBound }
  expect(verdictOf(noKey, facts({ endpoint: { device } }))).toBe(expected)
})

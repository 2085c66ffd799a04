import { expect, it } from 'vitest'
import { reasonOf } from './operation.ts'

it.each([
  ['not_offered', 'directory_cannot'],
  // Refused by what the directory says, or does not say, of privilege at the moment of the write: the grant was good.
  ['second_approval', 'privilege_differs'],
  ['spent', 'grant_unusable'],
])('R12: a write that a guard refuses for %s is reported as %s', (problem, reason) => {
  expect(reasonOf(problem)).toBe(reason)
})

import { describe, expect, it } from 'vitest'
import {
  dropToConfirm,
  importForms,
  importKinds,
  importProblemCodes,
  leavesOut,
  needsDropConfirmed,
} from './import-kinds.ts'

describe('kinds of files that can be imported', () => {
  it.each(importKinds)('%s begins with the person, names no column twice and says some facts', (kind) => {
    const { columns, facts, feeds } = importForms[kind]
    expect(columns[0]).toEqual({ name: 'person', form: 'person', isRequired: true })
    const names = columns.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect([facts.length > 0, feeds.length > 0]).toEqual([true, kind !== 'networks'])
  })
})

describe('leaving out what is known', () => {
  const { atLeast } = dropToConfirm
  it.each([
    ['a few of a few', atLeast - 1, atLeast, false],
    ['all of as many as count', atLeast, atLeast, true],
    ['exactly the share', 20, 100, false],
    ['more than the share', 21, 100, true],
    ['nothing', 0, 100, false],
  ])('%s', (_name, gone, known, isNeeded) => {
    expect(needsDropConfirmed(gone, known)).toBe(isNeeded)
  })
})

it('only people who are not known, or not one, are left out; every other fault stops the file', () => {
  expect(importProblemCodes.filter(leavesOut)).toEqual(['unknown_person', 'ambiguous_person'])
})

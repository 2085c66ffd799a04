import { describe, expect, it } from 'vitest'
import { titlesIn } from './bars.ts'
import { filesBelow, textOf } from './sources.ts'

/** The requirements on questions (docs/questions.md); a test that holds a row names it in its title. */
const rows: Readonly<Record<number, string>> = {
  1: 'decoys under attack: one, two, three views, team-mates, epochs',
  2: 'picking the commonest value',
  3: 'blind guessing over whole sets',
  4: 'place of the truth over all blocks',
  5: 'same block for same fact',
  6: 'validity of every published block',
  7: 'blocks of two families are independent',
  8: 'people behind all lists of a set',
  9: 'nobody can tell the unknown from the real',
  10: 'no key and no verdict reaches the browser',
  11: 'grading: worked cases and properties',
  12: 'grading anything',
  13: 'stopping rule, exhaustively',
  14: 'answers never lower the number that decides',
  15: 'timer: extension, reload, clocks, races',
  16: 'facts that change before they are shown',
  17: 'lists logged are lists shown',
  18: 'sensitive words are never an option',
}

const named = new Set(
  filesBelow('.')
    .filter((path) => /\.(test|e2e)\.tsx?$/.test(path) && !path.includes('tools/fences/'))
    .flatMap((path) => titlesIn(textOf(path)))
    .flatMap((words) => [...words.matchAll(/questions (\d+)/g)])
    .map(([, row]) => Number(row)),
)

describe('tests of the questions', () => {
  it.each(Object.entries(rows))('name questions %s: %s', (row) => {
    expect(named.has(Number(row))).toBe(true)
  })

  it('name no row that is not there', () => {
    expect([...named].filter((row) => !(row in rows))).toEqual([])
  })
})

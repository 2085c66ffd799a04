/** The limits of grading, each from both sides. */
import { describe, expect, it } from 'vitest'
import { textTools } from '#platform/facts/text-folding.ts'
import { grade } from './grade.ts'
import { matchTokens, matchValue } from './normalise.ts'
import type { GradingKey, Verdict } from '../plan.ts'
import type { ReplyContext } from './reply.ts'

const verdictOf = (key: GradingKey, text: string, context: ReplyContext = {}): Verdict => {
  const ask = { form: 'typed', field: { kind: 'name', maxLength: 80 } } as const
  return grade({ key, ask }, { kind: 'text', text }, context, textTools).verdict
}
const nameOf = (truth: string, ...others: readonly string[]): GradingKey => ({
  kind: 'name',
  truths: [truth],
  others,
})

describe('a name', () => {
  it('that another value matches nearly as well is nobody’s', () => {
    // A nickname is worth 0.95, one edit 0.9: the means lie 0.025 apart.
    expect(verdictOf(nameOf('Margaret Thompson', 'Maggio Thompson'), 'Maggie Thompson')).toBe('incorrect')
    expect(verdictOf(nameOf('Margaret Thompson'), 'Maggie Thompson')).toBe('correct')
  })

  it('is right from a mean of 0.8, and not below', () => {
    // Two edits in each word; then two in one, and a word that only sounds alike.
    expect(verdictOf(nameOf('Margaret Thompson'), 'Marxaxet Thoxpxon')).toBe('correct')
    expect(verdictOf(nameOf('Margaret Robertson'), 'Marxaxet Rabrtsan')).toBe('incorrect')
    expect(verdictOf(nameOf('Margaret Robertson'), 'Margaret Rabrtsan')).toBe('correct')
  })

  it('may have twelve words, one of them too many', () => {
    expect(verdictOf(nameOf('Maria del Carmen Garcia Ruiz'), 'Maria del Carmen Garcia Ruiz')).toBe('correct')
    expect(verdictOf(nameOf('Margaret Thompson'), 'Margaret Anne Thompson')).toBe('correct')
    expect(verdictOf(nameOf('Margaret Thompson'), 'Margaret Anne Louise Thompson')).toBe('incorrect')
    const long = 'a b c d e f g h i j k l'
    expect(verdictOf(nameOf(long), long)).toBe('correct')
    expect(verdictOf(nameOf(`${long} m`), `${long} m`)).toBe('incorrect')
  })

  it('that explains another value better is wrong, however well it fits', () => {
    expect(verdictOf(nameOf('Anna Berg', 'Anne Marie Berg'), 'Anne Berg')).toBe('incorrect')
    expect(verdictOf(nameOf('Anna Maria Berg', 'Anna Berg'), 'Anna Berg')).toBe('incorrect')
    expect(verdictOf(nameOf('Anna Maria Berg'), 'Anna Berg')).toBe('partial')
  })

  it('takes two edits in a word from seven letters on, one from four', () => {
    expect(matchTokens('margaret', 'marxaxet', textTools)).toBe(0.8)
    expect(matchTokens('bergers', 'bxrgxrs', textTools)).toBe(0.8)
    expect(matchTokens('berger', 'bxrgxr', textTools)).toBe(0)
    expect(matchTokens('berg', 'bexg', textTools)).toBe(0.9)
    expect(matchTokens('lee', 'lea', textTools)).toBe(0)
  })

  it('pairs the best words first, and each word once', () => {
    expect(matchValue(['anna'], ['abna', 'anna'], textTools)).toMatchObject({ explained: 1, matched: 1 })
    expect(matchValue(['anna'], ['anna', 'anne'], textTools)).toMatchObject({
      mean: 0.5,
      matched: 1,
      unmatched: 1,
    })
  })
})

describe('a month', () => {
  const march: GradingKey = { kind: 'month', year: 2020, month: 1 }
  it.each([
    ['January 2020', 'correct'],
    ['December 2019', 'partial'],
    ['February 2020', 'partial'],
    ['March 2020', 'incorrect'],
    ['November 2019', 'incorrect'],
    ['January 2019', 'incorrect'],
    ['13 2020', 'invalid'],
    ['0 2020', 'invalid'],
    ['1 2020', 'correct'],
  ])('one off is partly right, over the turn of the year too: %s', (text, verdict) => {
    expect(verdictOf(march, text)).toBe(verdict)
  })
})

describe('characters', () => {
  const key: GradingKey = { kind: 'characters', truth: 'A7-x9' }
  it.each([
    ['a7x9', 'correct'],
    ['A 7–X 9', 'correct'],
    ['A7X8', 'incorrect'],
    ['A7_X9', 'invalid'],
  ])('count without case, blanks and dashes: %s', (text, verdict) => {
    expect(verdictOf(key, text)).toBe(verdict)
  })
})

describe('no answer at all', () => {
  it('is a text of more than 80 characters, whatever they are made of', () => {
    const of = (length: number): string => '𝕏'.repeat(length)
    expect(verdictOf(nameOf('Anna Berg'), of(80))).toBe('incorrect')
    expect(verdictOf(nameOf('Anna Berg'), of(81))).toBe('invalid')
  })

  it('is a piece of the question, from thirteen letters and blanks on', () => {
    const context = { questionSentence: 'In which building is the desk that you use?' }
    expect(verdictOf(nameOf('Mill House'), 'which building', context)).toBe('invalid')
    expect(verdictOf(nameOf('Mill House'), 'hich building', context)).toBe('invalid')
    expect(verdictOf(nameOf('Mill House'), 'ich building', context)).toBe('incorrect')
    expect(verdictOf(nameOf('Mill House'), '…', context)).toBe('skipped')
  })
})

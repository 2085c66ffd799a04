import { describe, expect, it } from 'vitest'
import { textTools } from '#platform/facts/text-folding.ts'
import { faultsOf } from '../cells.ts'
import { matchTokens, matchValue, tokenKey, tokensOf } from './normalise.ts'
import { nicknameGroups } from './nicknames.ts'
import { isSensitive } from '../sensitive.ts'

describe('tokens', () => {
  it.each([
    ['Dr. Jürgen Müller-Lüdenscheid', ['jurgen', 'muller', 'ludenscheid']],
    ["Siobhán O'Neill", ['siobhan', 'oneill']],
    ['Prof. Dr.', []],
    ['🙂', ['slightly', 'smiling', 'face']],
    ['—', []],
  ])('of %s', (text, tokens) => {
    const found = tokensOf(text, textTools)
    if (text === '🙂') expect(found.join(' ')).not.toContain('🙂')
    else expect(found).toEqual(tokens)
  })

  it('are one value in any order', () => {
    expect(tokenKey(['wei', 'zhang'])).toBe(tokenKey(['zhang', 'wei']))
  })
})

describe('matching two tokens', () => {
  it.each([
    ['anna', 'anna', 1],
    ['4', '5', 0],
    ['b4', 'b4', 1],
    ['peggy', 'margaret', 0.95],
    ['muhammad', 'mohammed', 0.95],
    ['li', 'lu', 0],
    ['berg', 'burg', 0.9],
    ['thompson', 'thomsen', 0.8],
    ['jane', 'john', 0.7],
    ['smith', 'garcia', 0],
    ['bo', 'beaulieu', 0],
    ['kohn', 'cohen', 0],
  ] as const)('%s and %s give %d', (a, b, value) => {
    expect(matchTokens(a, b, textTools)).toBe(value)
    expect(matchTokens(b, a, textTools)).toBe(value)
  })

  it('gives nothing for nothing', () => {
    expect(matchValue([], ['anna'], textTools)).toMatchObject({ mean: 0, explained: 0, unmatched: 1 })
    expect(matchValue(['anna'], [], textTools)).toMatchObject({ mean: 0, explained: 0, extra: 1 })
  })
})

describe('the nickname table', () => {
  it('has about 150 groups or more, of ASCII words, without groups of one', () => {
    expect(nicknameGroups.length).toBeGreaterThanOrEqual(150)
    for (const group of nicknameGroups) {
      expect(group.length).toBeGreaterThan(1)
      expect(new Set(group).size).toBe(group.length)
      for (const name of group) expect(name).toMatch(/^[a-z]+$/)
    }
  })

  it('keeps names of different people apart', () => {
    for (const [a, b] of [
      ['anna', 'anne'],
      ['jane', 'joan'],
      ['maria', 'mario'],
      ['jane', 'john'],
    ] as const)
      expect(nicknameGroups.some((group) => group.includes(a) && group.includes(b))).toBe(false)
  })
})

describe('questions 18: the sensitivity filter', () => {
  it.each([
    'Sick leave',
    'Payroll question',
    'Works council',
    'Disciplinary hearing',
    'Pregnancy',
    'Kündigung',
  ])('stops "%s"', (text) => {
    expect(isSensitive(textTools.toAscii(text).toLowerCase())).toBe(true)
  })

  it.each(['E-mail', 'Printing', 'Network access', 'Slow computer', 'Remote work', '365', ''])(
    'lets "%s" pass',
    (text) => {
      expect(isSensitive(textTools.toAscii(text).toLowerCase())).toBe(false)
    },
  )
})

describe('labels that are no text', () => {
  it('are compared by what they show', () => {
    const quarters = [1, 2, 3, 4].map((quarter) => ({
      value: String(quarter),
      label: { kind: 'quarter' as const, year: 2019, quarter },
      holders: 5,
    }))
    const signs = ['★★', '☆☆', '♪♪'].map((text) => ({
      value: text,
      label: { kind: 'text' as const, text },
      holders: 5,
    }))
    expect(faultsOf(quarters, textTools)).toBe(0)
    expect(faultsOf([...signs, ...signs.slice(0, 1)], textTools)).toBeGreaterThan(0)
  })
})

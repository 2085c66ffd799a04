import { describe, expect, it } from 'vitest'
import type { AnswerFacts, ChallengeFacts } from '../../facts.ts'
import { evaluateChecks } from '../../evaluate.ts'
import { answer as given, facts } from '../../testing/facts.ts'
import { verdictOf } from '../../testing/findings.ts'
import { answer } from './answer.ts'
import { attempts } from './attempts.ts'
import { canary } from './canary.ts'
import { inconsistent } from './inconsistent.ts'
import { tooFew } from './too-few.ts'

const at = (challenge: Partial<ChallengeFacts>) => facts({ challenge })
const complete = (...answers: AnswerFacts[]) => at({ isComplete: true, answers })

describe('every challenge check', () => {
  const all = [answer, tooFew, canary, inconsistent, attempts]
  it.each(all.map((check) => [check.code, check] as const))(
    '%s does not apply where nothing is asked',
    (_code, check) => {
      expect(verdictOf(check, at({ isAsked: false, withQuestions30d: 5, contradictions: ['Q6'] }))).toBe(
        'not_applicable',
      )
    },
  )
})

describe('CHA_ANSWER', () => {
  it('gives each answer its own points in a group of its own', () => {
    const answers = [
      given({ family: 'Q6', points: 4 }),
      given({ family: 'Q12', verdict: 'incorrect', points: -5 }),
      given({ family: 'Q18', verdict: 'skipped', points: -3 }),
      given({ family: 'Q1', verdict: 'skipped', points: 0 }),
    ]
    const results = evaluateChecks(complete(...answers), { checks: {} }, [answer])
    expect(results.map(({ group, status, weight }) => [group, status, weight])).toEqual([
      ['answer:Q6', 'pass', 4],
      ['answer:Q12', 'flag', -5],
      ['answer:Q18', 'flag', -3],
      ['answer:Q1', 'pass', 0],
    ])
    expect(verdictOf(answer, at({}))).toBe('unknown')
  })
})

describe('CHA_TOO_FEW', () => {
  const answers = (n: number) => Array.from({ length: n }, () => given())
  it.each([
    ['two of three', complete(...answers(2)), 'critical floor 5'],
    ['three of three', complete(...answers(3)), 'pass'],
    [
      'skipped and invalid ones do not count',
      complete(...answers(2), given({ verdict: 'skipped' }), given({ verdict: 'invalid' })),
      'critical floor 5',
    ],
    [
      'wrong and partial ones do',
      complete(given({ verdict: 'incorrect' }), given({ verdict: 'partial' }), given()),
      'pass',
    ],
    ['still open', at({ answers: answers(1) }), 'unknown'],
    ['none at all', complete(), 'critical floor 5'],
  ])('%s', (_name, facts, expected) => {
    expect(verdictOf(tooFew, facts)).toBe(expected)
  })
})

describe('patterns', () => {
  it('CHA_CANARY', () => {
    expect(verdictOf(canary, complete(given(), given({ isCanary: true })))).toBe('flag -6')
    expect(verdictOf(canary, complete(given()))).toBe('pass')
    expect(verdictOf(canary, at({}))).toBe('unknown')
  })

  it('CHA_INCONSISTENT', () => {
    expect(verdictOf(inconsistent, at({ contradictions: ['Q6'] }))).toBe('flag -5')
    expect(verdictOf(inconsistent, at({ contradictions: [] }))).toBe('pass')
    expect(verdictOf(inconsistent, at({ contradictions: null }))).toBe('unknown')
  })

  it.each([
    [1, 'pass'],
    [2, 'flag -2'],
    [3, 'flag -6'],
    [4, 'flag -6'],
    [null, 'unknown'],
  ])('CHA_ATTEMPTS: %s', (withQuestions30d, expected) => {
    expect(verdictOf(attempts, at({ withQuestions30d }))).toBe(expected)
  })
})

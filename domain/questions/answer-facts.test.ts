import { describe, expect, it } from 'vitest'
import { answerFactsOf } from './answer-facts.ts'
import { scoredAnswers } from './next-step.ts'
import type { PlannedQuestion } from './plan.ts'
import { testAnswer, testPlan } from './testing/plans.ts'

describe('answers as the checks read them', () => {
  const base = testPlan(3)
  const [first] = base.questions
  const typed = {
    ...(first as PlannedQuestion),
    family: 'asset_tag' as const,
    points: 'typed_private' as const,
    ask: { form: 'typed' as const, field: { kind: 'characters' as const, length: 4, maxLength: 12 } },
  }
  const plan = { ...base, questions: [typed, ...base.questions.slice(1)] }
  const answers = [
    { ...testAnswer(1, 'incorrect'), text: '4712', optionId: null, extensions: 1 },
    { ...testAnswer(2, 'correct'), ms: 4_500 },
  ]
  const facts = answerFactsOf(plan, scoredAnswers(plan, answers), answers, new Map())

  it('carry points, their largest size, form, letters and time, never the reply', () => {
    expect(facts[0]).toMatchObject({
      family: 'asset tag',
      verdict: 'incorrect',
      points: -5,
      maxPoints: 9,
      form: 'typed',
      letters: 4,
      wordsToRead: 10,
      isExtended: true,
    })
    expect(facts[1]).toMatchObject({ form: 'choice', letters: 0, wordsToRead: 13, seconds: 4.5, input: null })
    expect(JSON.stringify(facts)).not.toContain('4712')
  })

  it('count the months of a quarter as three words', () => {
    const quarter = {
      ...(first as PlannedQuestion),
      ask: {
        form: 'choice' as const,
        options: [{ id: 'right', label: { kind: 'quarter' as const, year: 2019, quarter: 2 } }],
      },
    }
    const one = { ...plan, questions: [quarter] }
    const given = [testAnswer(1, 'correct')]
    expect(answerFactsOf(one, scoredAnswers(one, given), given, new Map())[0]?.wordsToRead).toBe(13)
  })

  it('leave out what is not in the plan', () => {
    const foreign = scoredAnswers(plan, answers).map((one) => ({ ...one, position: 99 }))
    expect(answerFactsOf(plan, foreign, answers, new Map())).toEqual([])
  })
})

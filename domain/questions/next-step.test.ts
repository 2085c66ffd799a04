import { describe, expect, it } from 'vitest'
import { countAnswered, isDue, nextStep, scoredAnswers, withUnansweredAsIncorrect } from './next-step.ts'
import {
  questionAt,
  shownQuestion,
  verdicts,
  type AskingPlan,
  type PointsRow,
  type StoredAnswer,
} from './plan.ts'
import { testAnswer, testPlan, testQuestion } from './testing/plans.ts'

/** Answers a plan question by question with every sequence of verdicts, and calls back at each end. */
const playAll = (
  plan: AskingPlan,
  answers: StoredAnswer[],
  atEnd: (answers: StoredAnswer[]) => void,
): void => {
  const step = nextStep(plan, answers)
  if (step.kind === 'complete') return atEnd(answers)
  for (const verdict of verdicts) playAll(plan, [...answers, testAnswer(step.position, verdict)], atEnd)
}

/** Says what is illegal about an end, or null. Plain code: there are tens of thousands of ends. */
const faultOf = (plan: AskingPlan, answers: readonly StoredAnswer[]): string | null => {
  const step = nextStep(plan, answers)
  if (step.kind !== 'complete') return 'not an end'
  const scored = scoredAnswers(plan, answers)
  const sum = scored.reduce((total, answer) => total + answer.db, 0)
  const answered = countAnswered(scored)
  const skips = answers.filter((answer) => answer.verdict === 'skipped').length
  const isRight = {
    enough: sum >= 10 && answered >= 3,
    hopeless: sum <= -13 && answered >= 3,
    too_many_skips: skips === 3,
    max_asked: scored.length === 6,
    no_more: scored.length <= 6,
  }[step.reason]
  if (!isRight) return `wrong reason ${step.reason}`
  if (scored.length > 6) return 'more than six asked'
  if (new Set(answers.map((answer) => answer.position)).size !== answers.length) return 'asked twice'
  return step.tooFew === answered < 3 ? null : 'wrong count'
}

describe('questions 13: the stopping rule', () => {
  const rows: readonly PointsRow[] = ['choice_medium', 'typed_private']
  it.each(rows.flatMap((row) => [true, false].map((spare) => [row, spare] as const)))(
    'ends every sequence of verdicts in a legal state (%s, spare %s)',
    (row, hasSpare) => {
      let ends = 0
      const faults = new Set<string>()
      const plan = testPlan(6, hasSpare, row)
      playAll(plan, [], (answers) => {
        ends += 1
        const fault = faultOf(plan, answers)
        if (fault !== null) faults.add(fault)
      })
      expect([...faults]).toEqual([])
      expect(ends).toBeGreaterThan(500)
    },
  )

  it('does not stop before three are answered, however good or bad', () => {
    const plan = testPlan(6, false, 'typed_private')
    const two = [testAnswer(1, 'correct'), testAnswer(2, 'correct')]
    expect(nextStep(plan, two)).toEqual({ kind: 'question', position: 3, number: 3, askedOf: 6 })
    expect(nextStep(plan, [...two, testAnswer(3, 'correct')])).toEqual({
      kind: 'complete',
      reason: 'enough',
      tooFew: false,
    })
    const medium = testPlan(6, false, 'choice_medium')
    const wrong = [testAnswer(1, 'incorrect'), testAnswer(2, 'incorrect')]
    expect(nextStep(medium, wrong).kind).toBe('question')
    expect(nextStep(medium, [...wrong, testAnswer(3, 'incorrect')])).toMatchObject({ reason: 'hopeless' })
  })

  it.each([
    [
      'ten is enough',
      [
        ['choice_public', 'correct'],
        ['typed_medium', 'correct'],
        ['choice_private', 'correct'],
      ],
      'enough',
    ],
    [
      'nine is not',
      [
        ['choice_medium', 'correct'],
        ['choice_public', 'correct'],
        ['typed_medium', 'correct'],
      ],
      null,
    ],
    [
      'minus thirteen is hopeless',
      [
        ['choice_private', 'incorrect'],
        ['choice_private', 'incorrect'],
        ['choice_medium', 'partial'],
      ],
      'hopeless',
    ],
    [
      'minus twelve is not',
      [
        ['choice_private', 'incorrect'],
        ['choice_private', 'incorrect'],
        ['choice_private', 'partial'],
      ],
      null,
    ],
  ] as const)('%s', (_name, given, reason) => {
    const questions = given.map(([points], index) => testQuestion(index + 1, points))
    const plan = { ...testPlan(6, false), questions: [...questions, testQuestion(4)] }
    const step = nextStep(
      plan,
      given.map(([, verdict], index) => testAnswer(index + 1, verdict)),
    )
    if (reason === null) expect(step).toMatchObject({ kind: 'question', position: 4 })
    else expect(step).toMatchObject({ kind: 'complete', reason })
  })

  it('asks six at most, however many a plan holds', () => {
    const six = Array.from({ length: 6 }, (_, index) => testAnswer(index + 1, 'partial'))
    expect(nextStep(testPlan(8, false), six.slice(1))).toMatchObject({ kind: 'question' })
    expect(nextStep(testPlan(8, false), six)).toMatchObject({ kind: 'complete', reason: 'max_asked' })
  })

  it('does not count invalid answers towards the three', () => {
    const answers = [testAnswer(1, 'invalid'), testAnswer(2, 'correct'), testAnswer(3, 'correct')]
    expect(nextStep(testPlan(3, true), answers)).toEqual({
      kind: 'complete',
      reason: 'no_more',
      tooFew: true,
    })
  })
})

describe('skips', () => {
  it('replaces the first by the spare, free', () => {
    const plan = testPlan(3)
    const answers = [testAnswer(1, 'skipped')]
    expect(nextStep(plan, answers)).toEqual({ kind: 'question', position: 4, number: 1, askedOf: 6 })
    expect(scoredAnswers(plan, answers)).toEqual([])
  })

  it('counts the second by the table and ends with the third, the rest as skipped', () => {
    const plan = testPlan(5)
    const two = [testAnswer(1, 'skipped'), testAnswer(6, 'skipped')]
    expect(scoredAnswers(plan, two)).toMatchObject([{ position: 6, verdict: 'skipped', db: -4 }])
    const three = [...two, testAnswer(2, 'skipped')]
    expect(nextStep(plan, three)).toEqual({ kind: 'complete', reason: 'too_many_skips', tooFew: true })
    expect(scoredAnswers(plan, three).map((answer) => answer.position)).toEqual([6, 2, 3, 4, 5])
  })

  it('without a spare counts the first too', () => {
    const plan = testPlan(3, false)
    expect(scoredAnswers(plan, [testAnswer(1, 'skipped')])).toHaveLength(1)
    expect(nextStep(plan, [testAnswer(1, 'skipped')])).toMatchObject({ position: 2, number: 2 })
  })

  it('weighs as incorrect what was put and not answered, and nothing else', () => {
    const plan = testPlan(4)
    const answers = [testAnswer(1, 'skipped'), testAnswer(5, 'correct'), testAnswer(2, 'skipped')]
    const weighed = withUnansweredAsIncorrect(scoredAnswers(plan, answers))
    expect(weighed.map((answer) => [answer.position, answer.verdict, answer.db])).toEqual([
      [5, 'correct', 4],
      [2, 'incorrect', -9],
    ])
  })
})

describe('questions 16: facts that changed', () => {
  const due = (plan: AskingPlan, answers: readonly StoredAnswer[] = []): unknown => nextStep(plan, answers)

  it('are passed over, the spare in the place of the first', () => {
    const plan = { ...testPlan(4), dropped: [1] }
    expect(due(plan)).toMatchObject({ kind: 'question', position: 5, number: 1 })
    expect(due(plan, [testAnswer(5, 'correct')])).toMatchObject({ position: 2, number: 2 })
    expect(due({ ...plan, dropped: [1, 5] })).toMatchObject({ position: 2, number: 1 })
  })

  it('leave no second spare for a skip', () => {
    const plan = { ...testPlan(4), dropped: [1] }
    const skipped = [testAnswer(5, 'correct'), testAnswer(2, 'skipped')]
    expect(due(plan, skipped)).toMatchObject({ position: 3, number: 3 })
    const first = { ...testPlan(4), dropped: [2] }
    expect(due(first, [testAnswer(1, 'skipped'), testAnswer(5, 'correct')])).toMatchObject({ position: 3 })
  })

  it('change nothing about what was answered before', () => {
    const answers = [testAnswer(1, 'correct'), testAnswer(2, 'incorrect')]
    expect(scoredAnswers({ ...testPlan(4), dropped: [1, 2] }, answers)).toEqual(
      scoredAnswers(testPlan(4), answers),
    )
  })

  it('may leave too few', () => {
    const plan = { ...testPlan(3, false), dropped: [1] }
    const answers = [testAnswer(2, 'correct'), testAnswer(3, 'correct')]
    expect(due(plan, answers)).toEqual({ kind: 'complete', reason: 'no_more', tooFew: true })
  })
})

describe('what is due', () => {
  it('is one question only, and a foreign answer changes nothing', () => {
    const plan = testPlan(4)
    expect(isDue(plan, [], 1)).toBe(true)
    expect(isDue(plan, [], 2)).toBe(false)
    expect(isDue(plan, [testAnswer(3, 'correct')], 1)).toBe(true)
    expect(nextStep(plan, [testAnswer(3, 'correct'), testAnswer(99, 'correct')])).toMatchObject({
      position: 1,
    })
    const all = [1, 2, 3].map((position) => testAnswer(position, 'correct'))
    expect(isDue(plan, all, 4)).toBe(false)
  })

  it('finds the spare by its position', () => {
    expect(questionAt(testPlan(3), 4)?.position).toBe(4)
    expect(questionAt(testPlan(3, false), 4)).toBeUndefined()
  })
})

describe('what reaches the browser', () => {
  it('questions 10: holds no grading key, exposure, digest or list', () => {
    const shown = shownQuestion(testQuestion(1))
    expect(Object.keys(shown).sort()).toEqual(['ask', 'position', 'secondsAllowed', 'text'])
    expect(JSON.stringify(shown)).not.toMatch(/correct|canary|digest|block|exposure/i)
  })

  it('marks a chosen outdated value for the score', () => {
    const answer = { ...testAnswer(1, 'incorrect'), optionId: 'old' }
    expect(scoredAnswers(testPlan(3), [answer])).toMatchObject([{ canary: true }])
  })
})

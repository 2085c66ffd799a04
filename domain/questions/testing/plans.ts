import { createHmac } from 'node:crypto'
import { textTools } from '#platform/facts/text-folding.ts'
import type {
  AskingPlan,
  Exposure,
  PlannedQuestion,
  PlanTools,
  PointsRow,
  QuestionFamily,
  StoredAnswer,
  Verdict,
} from '../plan.ts'

/** Real text tools, a fixed key and counted ids. */
export const createTestTools = (key = 'test key'): PlanTools => {
  let ids = 0
  return {
    ...textTools,
    hmac: (...parts) => {
      const mac = createHmac('sha256', key)
      for (const part of parts) mac.update(`${part.length}:${part}`)
      return mac.digest('hex')
    },
    randomId: () => `option-${(ids += 1)}`,
  }
}

/** A choice question of a given row. */
export const testQuestion = (
  position: number,
  points: PointsRow = 'choice_private',
  family: QuestionFamily = 'device_model',
  exposure: Exposure = 'private',
): PlannedQuestion => ({
  position,
  family,
  source: 'inventory',
  exposure,
  points,
  text: { key: 'question.manager.choice' },
  secondsAllowed: 120,
  ask: {
    form: 'choice',
    options: ['right', 'old', 'wrong'].map((id) => ({ id, label: { kind: 'text', text: id } })),
  },
  key: { kind: 'choice', correctOptionId: 'right', canaryOptionId: 'old' },
  factDigest: `fact ${position}`,
  fact: `device-${position} right`,
  list: null,
})

/** A plan of n questions of one row, with or without a spare. */
export const testPlan = (n: number, hasSpare = true, points: PointsRow = 'choice_medium'): AskingPlan => ({
  route: 'questions',
  questions: Array.from({ length: n }, (_, index) => testQuestion(index + 1, points)),
  spare: hasSpare ? testQuestion(n + 1, points) : null,
  rule: { minAnswered: 3, maxAsked: 6, enoughAt: 10, hopelessAt: -13 },
})

/** A stored answer with a verdict. */
export const testAnswer = (position: number, verdict: Verdict): StoredAnswer => ({
  position,
  optionId: verdict === 'correct' ? 'right' : 'wrong',
  text: null,
  verdict,
  ms: 9_000,
  extensions: 0,
  timedOut: false,
})

/** A plan of any number of choice questions: the policy asks for three to six, the goals are set at three and eight. */
import type { AskingPlan, PlannedQuestion, QuestionFamily } from '#domain/questions/plan.ts'

const families = ['manager', 'device_model', 'ticket_category'] as const satisfies readonly QuestionFamily[]

const digest = (n: number): string => n.toString(16).padStart(64, '0')

const question = (position: number): PlannedQuestion => ({
  position,
  family: families[position % families.length] ?? 'manager',
  source: position % 2 === 0 ? 'directory' : 'inventory',
  exposure: 'private',
  points: 'choice_private',
  text: { key: 'question.ticket_category.choice' },
  secondsAllowed: 120,
  ask: {
    form: 'choice',
    options: ['a', 'b', 'c', 'd', 'e'].map((name) => ({
      id: `${String(position)}-${name}`,
      label: { kind: 'text', text: `Option ${name}` },
    })),
  },
  key: { kind: 'choice', correctOptionId: `${String(position)}-c`, canaryOptionId: null },
  factDigest: digest(position),
  list: {
    blockId: `block-${String(position)}`,
    epoch: '2026Q4',
    values: 5,
    valueDigest: digest(100 + position),
  },
})

/** Exactly `count` questions: no number of points ends it earlier. */
export const planOf = (count: number): AskingPlan => ({
  version: 1,
  route: 'questions',
  questions: Array.from({ length: count }, (_, index) => question(index + 1)),
  spare: null,
  rule: { minAnswered: count, maxAsked: count, enoughAt: 10_000, hopelessAt: -10_000 },
})

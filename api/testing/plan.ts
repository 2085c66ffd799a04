import type { AskingPlan, PlannedQuestion } from '#domain/questions/plan.ts'

const digest = (n: number): string => n.toString(16).padStart(64, '0')

const choice = (
  position: number,
  family: 'manager' | 'device_model' | 'ticket_category',
): PlannedQuestion => ({
  position,
  family,
  source: 'directory',
  exposure: 'private',
  points: 'choice_private',
  text:
    family === 'device_model'
      ? { key: 'question.device_model.choice', device: 'laptop' }
      : family === 'manager'
        ? { key: 'question.manager.choice' }
        : { key: 'question.ticket_category.choice' },
  secondsAllowed: 120,
  ask: {
    form: 'choice',
    options: ['a', 'b', 'c', 'd', 'e'].map((name) => ({
      id: `${family}-${name}`,
      label: { kind: 'text', text: `Option ${name}` },
    })),
  },
  key: { kind: 'choice', correctOptionId: `${family}-c`, canaryOptionId: null },
  factDigest: digest(position),
  list: { blockId: `block-${position}`, epoch: '2026Q4', values: 5, valueDigest: digest(100 + position) },
})

const typed = (position: number): PlannedQuestion => ({
  position,
  family: 'asset_tag',
  source: 'inventory',
  exposure: 'private',
  points: 'typed_private',
  text: { key: 'question.asset_tag.typed', device: 'laptop', characters: 4 },
  secondsAllowed: 120,
  ask: { form: 'typed', field: { kind: 'characters', length: 4, maxLength: 8 } },
  key: { kind: 'characters', truth: 'K7Q2' },
  factDigest: digest(position),
  list: null,
})

/** Three questions and a spare; right are option c and "K7Q2". */
export const testPlan = (): AskingPlan => ({
  version: 1,
  route: 'questions',
  questions: [choice(1, 'manager'), choice(2, 'device_model'), typed(3)],
  spare: choice(4, 'ticket_category'),
  rule: { minAnswered: 3, maxAsked: 6, enoughAt: 100, hopelessAt: -100 },
})

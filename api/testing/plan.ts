/** A plan of few questions, and its facts, which a person needs on file to be asked them. */
import type { AskingPlan, PlannedQuestion } from '#domain/questions/plan.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import type { Queryable } from '#platform/database/transaction.ts'

const digest = (n: number): string => n.toString(16).padStart(64, '0')

/** Nobody can sign in as this manager, so no case asks for approval. */
const managerId = '6d616e61-6765-4000-8000-000000000001'
const laptop = { id: 'device-1', kind: 'laptop', model: 'Option c', assetTag: null }
const taggedLaptop = { id: 'device-2', kind: 'laptop', model: 'Option d', assetTag: 'NB-K7Q2' }
const ticket = { id: 'ticket-1', category: 'Option c' }

/** The fact, source and text of a choice question, by family. */
const about = {
  manager: { fact: managerId, source: 'directory', text: { key: 'question.manager.choice' } },
  device_model: {
    fact: `${laptop.id} ${laptop.model}`,
    source: 'inventory',
    text: { key: 'question.device_model.choice', device: 'laptop' },
  },
  ticket_category: { fact: ticket.id, source: 'tickets', text: { key: 'question.ticket_category.choice' } },
} as const

/** The families of the choice questions. */
export const testFamilies = ['manager', 'device_model', 'ticket_category'] as const

/** A choice question; right is option c. */
export const testChoice = (position: number, family: keyof typeof about): PlannedQuestion => ({
  position,
  family,
  ...about[family],
  exposure: 'private',
  points: 'choice_private',
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
  fact: `${taggedLaptop.id} K7Q2`,
  list: null,
})

/** Three questions and a spare; right are option c and "K7Q2". */
export const testPlan = (): AskingPlan => ({
  route: 'questions',
  questions: [testChoice(1, 'manager'), testChoice(2, 'device_model'), typed(3)],
  spare: testChoice(4, 'ticket_category'),
  rule: { minAnswered: 3, maxAsked: 6, enoughAt: 100, hopelessAt: -100 },
})

type Owned = { readonly tenant_id: string; readonly id: string }

const addManager = async (owner: Queryable, { tenant_id, id }: Owned): Promise<void> => {
  await owner.run(
    `insert into people (tenant_id, id, directory_id, login, display_name, given_name, family_name)
     values ($1, $2, 'manager', 'manager', 'Max Manager', 'Max', 'Manager') on conflict do nothing`,
    [tenant_id, managerId],
  )
  await owner.run('update people set manager_id = $3 where tenant_id = $1 and id = $2', [
    tenant_id,
    id,
    managerId,
  ])
}

/** Puts on file what the questions are about, and a meeting, whose organiser is looked up whenever facts are read. */
export const addPlanFacts = async (owner: Queryable, person: Owned): Promise<void> => {
  await addManager(owner, person)
  const weekAgo = new Date(Date.now() - 8 * 24 * 3_600_000)
  const meeting = { id: 'm', organiser: managerId, attendees: 5, accepted: true, cancelled: false }
  for (const [family, source, value] of [
    ['device', 'inventory', laptop],
    ['device', 'inventory', taggedLaptop],
    ['ticket', 'tickets', ticket],
    ['joined', 'calendar', meeting],
  ] as const)
    await insertRow(owner, 'facts', {
      ...{ tenant_id: person.tenant_id, person_id: person.id, family, source },
      ...{ value: JSON.stringify(value), valid_from: weekAgo },
    })
}

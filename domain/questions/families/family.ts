import { maxShare, type Block } from '../cells.ts'
import type { ParticipantFacts, TenantFacts } from '../facts.ts'
import type {
  Exposure,
  GradingKey,
  PlanTools,
  PointsRow,
  QuestionFamily,
  QuestionSource,
  QuestionText,
  TypedField,
} from '../plan.ts'

/** Everything a family looks at. `now` in milliseconds since 1970. */
export type FamilyInput = {
  readonly facts: ParticipantFacts
  readonly tenant: TenantFacts
  readonly now: number
  readonly tools: PlanTools
}

/** A question that could be asked, before selection. */
export type Instance = {
  readonly family: QuestionFamily
  readonly source: QuestionSource
  readonly exposure: Exposure
  readonly points: PointsRow
  readonly text: QuestionText
  /** The fact in one string, for "not the same fact again". */
  readonly fact: string
  readonly body:
    | {
        readonly form: 'choice'
        readonly block: Block
        readonly value: string
        /** Everybody whose fact is in the block. */
        readonly people: ReadonlySet<string>
      }
    | { readonly form: 'typed'; readonly field: TypedField; readonly key: GradingKey }
}

/** A family: which facts it needs, in which forms it can be asked. Choice first; selection prefers it where it may. */
export type Family = {
  readonly family: QuestionFamily
  /** Its number in challenges.md 2.2. */
  readonly code: string
  readonly instances: (input: FamilyInput) => readonly Instance[]
}

/** A pool of fewer values says too much about each (challenges.md 2.1 i: 2m at m = 5). */
export const minPool = 10

/**
 * The choice body for a value, or null when its block may not be shown: the value is in no block, or one value of it
 * is true for more than 35 % of the people behind it (challenges.md 2.1 i). The list itself is never edited.
 */
export const choiceOf = (
  tenant: TenantFacts,
  family: QuestionFamily,
  block: Block | undefined,
  value: string,
): Extract<Instance['body'], { form: 'choice' }> | null => {
  if (block === undefined || !block.values.some((candidate) => candidate.value === value)) return null
  const holders = block.values.map((candidate) => tenant.peopleOf(family, candidate.value))
  const people = new Set(holders.flatMap((set) => [...set]))
  const top = Math.max(...holders.map((set) => set.size))
  return people.size === 0 || top / people.size > maxShare ? null : { form: 'choice', block, value, people }
}

/** Whether the commonest value of a typed family is rare enough to ask (challenges.md 2.1 i, 2.3). */
export const isTypable = (tenant: TenantFacts, family: QuestionFamily): boolean => {
  const { distinct, topShare } = tenant.spreadOf(family)
  return distinct >= minPool && topShare <= maxShare
}

/** Picks one of several facts that would serve, always the same one (challenges.md 2.1). */
export const pickOne = <T extends { readonly id: string }>(
  items: readonly T[],
  family: QuestionFamily,
  input: FamilyInput,
): T | undefined => {
  const ids = items.map((item) => item.id).sort()
  const place = (item: T): string =>
    input.tools.hmac('pick', input.facts.participantId, family, ids.join('\u0000'), item.id)
  return [...items].sort((a, b) => (place(a) < place(b) ? -1 : 1))[0]
}

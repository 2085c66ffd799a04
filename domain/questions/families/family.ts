import { maxShare, type Block } from '../cells.ts'
import { isSensitiveText, type Ascii, type Value } from '../fact-values.ts'
import type { Purpose } from '../../verification/verification.ts'
import type { CellFamily, TenantFacts } from '../facts.ts'
import type { ParticipantFacts } from '../participant-facts.ts'
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

/** The input that decides if a fact is true and may be asked about. `now` in milliseconds since 1970. */
export type FactInput = {
  readonly facts: ParticipantFacts
  readonly purpose: Purpose
  readonly now: number
  readonly tools: Pick<PlanTools, 'toAscii'>
}

/** Everything a family looks at. */
export type FamilyInput = FactInput & { readonly tenant: TenantFacts; readonly tools: PlanTools }

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
  /** Its number, which plans keep. */
  readonly code: string
  /** Its row in docs/questions.md. */
  readonly about: {
    readonly name: string
    readonly question: string
    readonly form: string
    readonly notAsked: string
  }
  /** Its values, for lists and for top guesses. Sensitive words are left out here already. */
  readonly values: (facts: ParticipantFacts, tools: Ascii) => readonly Value[]
  /**
   * The facts that could be asked about by what the sources say now, each in the one string that `Instance.fact` holds.
   * A question whose fact is no longer among them is not shown.
   */
  readonly factsNow: (input: FactInput) => readonly string[]
  readonly instances: (input: FamilyInput) => readonly Instance[]
}

/** A pool of fewer values says too much about each (at least twice as many as a list has). */
export const minPool = 10

/**
 * The choice body for a value, or null when its block may not be shown: the value is in no block, or one value of it
 * is true for more than 35 % of the people behind it. The list itself is never edited.
 */
export const choiceOf = (
  tenant: TenantFacts,
  family: QuestionFamily,
  block: Block | undefined,
  value: string,
): Extract<Instance['body'], { form: 'choice' }> | null => {
  if (block === undefined || !block.values.some((candidate) => candidate.value === value)) return null
  const { people, most } = tenant.behind(family, block)
  return people.size === 0 || most / people.size > maxShare ? null : { form: 'choice', block, value, people }
}

/**
 * The one choice question that a family of published lists can make, or none: a list holds the value, the pool is large
 * enough, and no other option is true as well. `alsoTrue`: everything of the family that holds for this participant, or by
 * which a list shows them.
 */
export const choiceFrom = (
  input: FamilyInput,
  family: CellFamily,
  value: string,
  alsoTrue: readonly string[],
): Extract<Instance['body'], { form: 'choice' }> | null => {
  const { tenant } = input
  if (tenant.poolOf(family) < minPool) return null
  const body = choiceOf(tenant, family, tenant.blockOf(family, value), value)
  const isAmbiguous = body?.block.values.some((one) => one.value !== value && alsoTrue.includes(one.value))
  return body === null || isAmbiguous ? null : body
}

/** True if the words of a list pass the filter now: it may have grown since the list was cut. */
export const isCleanList = (block: Block, tools: Pick<PlanTools, 'toAscii'>): boolean =>
  block.values.every(({ label }) => label.kind !== 'text' || !isSensitiveText(label.text, tools, label.names))

/** True if the commonest value of a typed family is rare enough to ask. */
export const isTypable = (tenant: TenantFacts, family: QuestionFamily): boolean => {
  const { distinct, topShare } = tenant.spreadOf(family)
  return distinct >= minPool && topShare <= maxShare
}

/** Picks one of several facts that would serve, always the same one. */
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

import type { QuestionSettings, Rule } from '../policy/policy.ts'
import type { Purpose } from '../verification/verification.ts'
import { isOnlyList, type Disclosure } from './epochs.ts'
import { families } from './families/index.ts'
import type { FamilyInput, Instance } from './families/family.ts'
import type { TenantFacts } from './facts.ts'
import { daysSince } from './moments.ts'
import type { ParticipantFacts } from './participant-facts.ts'
import { pickQuestions } from './pick.ts'
import {
  type AskingPlan,
  type GradingKey,
  type NoQuestionsReason,
  type PlannedQuestion,
  type PlanTools,
  type QuestionFamily,
  type QuestionPlan,
  type ShownQuestion,
} from './plan.ts'

/** A question once put to this participant. `at` in milliseconds since 1970. */
export type AskedBefore = {
  readonly family: QuestionFamily
  readonly factDigest: string
  readonly at: number
}

/** Everything a plan is made of. */
export type PrepareInput = {
  readonly verificationId: string
  readonly purpose: Purpose
  readonly facts: ParticipantFacts
  readonly tenant: TenantFacts
  readonly settings: QuestionSettings
  readonly rule: Pick<Rule, 'minAnswered' | 'maxAsked'>
  readonly askedBefore: readonly AskedBefore[]
  /** Lists shown to anyone for values of this tenant, at least of the last 180 days and of this participant's values. */
  readonly disclosures: readonly Disclosure[]
  /** The participant was asked as often as the limits allow, by any agent. */
  readonly isLimitReached: boolean
  /** The agent has had lists shown to as many people as section 1 allows in a day. */
  readonly isAgentLimitReached?: boolean
  /** Another contact on file can take a code. */
  readonly hasSecondContact: boolean
  /** Milliseconds since 1970, by the database's clock. */
  readonly now: number
}

const factDigest = (instance: Instance, participantId: string, tools: PlanTools): string =>
  tools.hmac('fact', participantId, instance.family, instance.fact)

/** Keyed digest of a true value, the same for everybody who shares it: what "one fact, one list" is looked up by. */
export const valueDigest = (family: QuestionFamily, value: string, tools: Pick<PlanTools, 'hmac'>): string =>
  tools.hmac('value', family, value)

/** Not the same family or fact again too soon, and no second list for a value. */
const isUsable = (instance: Instance, input: PrepareInput, tools: PlanTools): boolean => {
  const { settings, askedBefore, now } = input
  const digest = factDigest(instance, input.facts.participantId, tools)
  const isTooSoon = askedBefore.some((asked) => {
    const days = daysSince(asked.at, now)
    const isSameFamily = asked.family === instance.family && days < settings.familyRestDays
    return isSameFamily || (asked.factDigest === digest && days < settings.factRestDays)
  })
  if (isTooSoon || !settings.families[instance.family]) return false
  const { body } = instance
  if (body.form === 'typed') return true
  return isOnlyList(valueDigest(instance.family, body.value, tools), body.block.id, input.disclosures, now)
}

const choiceParts = (
  instance: Instance,
  body: Extract<Instance['body'], { form: 'choice' }>,
  tools: PlanTools,
): Pick<PlannedQuestion, 'ask' | 'key' | 'list'> => {
  const ids = new Map(body.block.values.map(({ value }) => [value, tools.randomId()]))
  // The block holds every value asked for: choiceOf made sure of it.
  const idOf = (value: string): string => ids.get(value) as string
  const canary = body.block.values.find((value) => value.canary === true)
  const options = body.block.values.map(({ value, label }) => ({ id: idOf(value), label }))
  return {
    ask: { form: 'choice', options },
    key: {
      kind: 'choice',
      correctOptionId: idOf(body.value),
      canaryOptionId: canary === undefined ? null : idOf(canary.value),
    },
    list: {
      blockId: body.block.id,
      epoch: body.block.epoch,
      values: options.length,
      valueDigest: valueDigest(instance.family, body.value, tools),
    },
  }
}

const planned = (
  instance: Instance,
  position: number,
  input: PrepareInput,
  tools: PlanTools,
): PlannedQuestion => {
  const { body } = instance
  const parts =
    body.form === 'choice'
      ? choiceParts(instance, body, tools)
      : { ask: { form: 'typed' as const, field: body.field }, key: body.key, list: null }
  return {
    position,
    family: instance.family,
    source: instance.source,
    exposure: instance.exposure,
    points: instance.points,
    text: instance.text,
    secondsAllowed: input.settings.secondsPerQuestion,
    factDigest: factDigest(instance, input.facts.participantId, tools),
    fact: instance.fact,
    ...parts,
  }
}

const otherRoute = (input: PrepareInput, reason: NoQuestionsReason): QuestionPlan => ({
  route: input.hasSecondContact ? 'second_contact' : 'none',
  reason,
})

const isShortTenure = ({ facts, settings }: PrepareInput): boolean =>
  facts.tenureDays !== null && facts.tenureDays < settings.minTenureDays

const refusedEarly = (input: PrepareInput): NoQuestionsReason | null => {
  if (!input.settings.enabled) return 'switched_off'
  if (input.isLimitReached) return 'limit_reached'
  if (input.isAgentLimitReached === true) return 'agent_limit'
  return isShortTenure(input) ? 'short_tenure' : null
}

type CandidateInput = Omit<FamilyInput, 'tools'>

/** Every instance that the sources allow. */
const candidates = (
  { facts, purpose, tenant, now }: CandidateInput,
  tools: PlanTools,
): readonly Instance[] => {
  const input: FamilyInput = { facts, purpose, tenant, now, tools }
  return families.flatMap((family) => family.instances(input))
}

/** Digests of the values whose lists this participant could be shown: `PrepareInput.disclosures` has to cover them. */
export const listedDigests = (input: CandidateInput, tools: PlanTools): readonly string[] =>
  candidates(input, tools).flatMap(({ family, body }) =>
    body.form === 'choice' ? [valueDigest(family, body.value, tools)] : [],
  )

/**
 * Makes the plan of a verification: builds every instance the sources allow, drops those asked too recently, selects,
 * and fixes questions, spare and grading keys. Too little data leads to another route, never to a weaker question.
 * Deterministic but for the random option ids.
 */
export const preparePlan = (input: PrepareInput, tools: PlanTools): QuestionPlan => {
  const early = refusedEarly(input)
  if (early !== null) return otherRoute(input, early)
  const instances = candidates(input, tools).filter((instance) => isUsable(instance, input, tools))
  const { tenant, rule, settings } = input
  const { minAnswered, maxAsked } = rule
  const { minPeople } = settings
  const result = pickQuestions(
    instances,
    { minAnswered, maxAsked, minPeople, verificationId: input.verificationId },
    tools,
    tenant.sets,
  )
  if (result.picked === null) return otherRoute(input, result.reason)
  const { set, spare } = result.picked
  return {
    route: 'questions',
    questions: set.map((instance, index) => planned(instance, index + 1, input, tools)),
    spare: spare === null ? null : planned(spare, set.length + 1, input, tools),
    rule: {
      minAnswered,
      maxAsked,
      enoughAt: input.settings.enoughAt,
      hopelessAt: input.settings.hopelessAt,
    },
  }
}

const renewed = <T extends ShownQuestion & { readonly key: GradingKey }>(
  question: T,
  randomId: () => string,
): T => {
  const { ask, key } = question
  if (ask.form !== 'choice' || key.kind !== 'choice') return question
  const ids = new Map(ask.options.map((option) => [option.id, randomId()]))
  // The key names options of this question only.
  const fresh = (id: string): string => ids.get(id) as string
  return {
    ...question,
    ask: { form: 'choice', options: ask.options.map((option) => ({ ...option, id: fresh(option.id) })) },
    key: {
      kind: 'choice',
      correctOptionId: fresh(key.correctOptionId),
      canaryOptionId: key.canaryOptionId === null ? null : fresh(key.canaryOptionId),
    },
  }
}

/**
 * The same plan with new option ids for questions not answered yet: each portal session of a verification has its own.
 * Answered ones keep theirs, or stored answers would lose their meaning.
 */
export const renewOptionIds = (
  plan: AskingPlan,
  answeredPositions: readonly number[],
  randomId: () => string,
): AskingPlan => {
  const renew = (question: PlannedQuestion): PlannedQuestion =>
    answeredPositions.includes(question.position) ? question : renewed(question, randomId)
  return {
    ...plan,
    questions: plan.questions.map(renew),
    spare: plan.spare === null ? null : renew(plan.spare),
  }
}

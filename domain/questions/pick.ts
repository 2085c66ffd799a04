import type { Instance } from './families/family.ts'
import { countShared, type PeopleSet, type SetsOf } from './people-sets.ts'
import type { NoQuestionsReason, PlanTools, QuestionFamily } from './plan.ts'
import { expectedPoints, rowsByDifficulty } from './points.ts'

/** A set must keep to this rule. */
export type SetRule = {
  readonly minAnswered: number
  readonly maxAsked: number
  /** People who must share all shown lists. */
  readonly minPeople: number
}

/** Selection must keep to this rule. */
export type PickRule = SetRule & { readonly verificationId: string }

/** A chosen set, in the order of asking, and its spare. */
export type Picked = { readonly set: readonly Instance[]; readonly spare: Instance | null }

/** A set that was chosen, or why there is none. */
export type PickResult =
  { readonly picked: Picked } | { readonly picked: null; readonly reason: NoQuestionsReason }

/** One question that an address book or a profile page gives away, at most. */
const maxPublic = 1
const minSources = 2
/** Bounds the search; far above what today's families need, and the same in every process. */
const maxVisits = 50_000

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

const countSources = (instances: readonly Instance[]): number =>
  new Set(instances.map((instance) => instance.source)).size

const hasTyped = (instances: readonly Instance[]): boolean =>
  instances.some((instance) => instance.body.form === 'typed')

const worthOf = (instances: readonly Instance[]): number =>
  instances.reduce((sum, instance) => sum + expectedPoints(instance.points), 0)

/** Pairs of which one helps with the other: its options, or its true answer, narrow what the other can be. */
const revealing: readonly (readonly [QuestionFamily, QuestionFamily])[] = [
  ['manager', 'team_mate'],
  // The organiser of a meeting is often the manager.
  ['manager', 'meeting_organiser'],
  ['team_mate', 'meeting_organiser'],
  // A day with a weekly meeting is not the day without.
  ['meeting_slot', 'free_weekday'],
]

const isRevealed = (chosen: readonly Instance[], next: Instance): boolean =>
  revealing.some(
    ([a, b]) =>
      (next.family === a && chosen.some((one) => one.family === b)) ||
      (next.family === b && chosen.some((one) => one.family === a)),
  )

type Search = {
  readonly groups: readonly (readonly Instance[])[]
  readonly rule: SetRule
  /** People behind each choice question. */
  readonly people: ReadonlyMap<Instance, PeopleSet>
  /** Any set will do, the first one found. */
  readonly isAnyEnough: boolean
  best: readonly Instance[]
  bestWorth: number
  visits: number
}

const isOver = ({ visits, isAnyEnough, best }: Search): boolean =>
  visits > maxVisits || (isAnyEnough && best.length > 0)

/** People behind all lists so far; null before the first list, when nobody is left out. */
type Shared = PeopleSet | null

const narrowed = ({ people }: Search, shared: Shared, instance: Instance): Shared => {
  const own = people.get(instance)
  if (own === undefined) return shared
  // All sets are over the same people, so they are equally long.
  return shared === null ? own : shared.map((bits, at) => bits & (own[at] as number))
}

const isAllowed = (chosen: readonly Instance[], shared: Shared, rule: SetRule): boolean =>
  chosen.filter((instance) => instance.exposure === 'public').length <= maxPublic &&
  (shared === null || countShared(shared) >= rule.minPeople)

/** A typed question is worth more than any number of choices, then the points. */
const rankOf = (chosen: readonly Instance[]): number => worthOf(chosen) + (hasTyped(chosen) ? 1000 : 0)

const settle = (search: Search, chosen: readonly Instance[]): void => {
  if (chosen.length < search.rule.minAnswered || countSources(chosen) < minSources) return
  const worth = rankOf(chosen)
  if (worth <= search.bestWorth + 1e-9) return
  search.best = chosen
  search.bestWorth = worth
}

/** No way on from here can rank higher than this; what cannot beat the best so far is not looked into. */
const mostFrom = (search: Search, at: number, chosen: readonly Instance[]): number => {
  const left = search.groups.slice(at)
  const best = left.map((group) => Math.max(...group.map((instance) => worthOf([instance]))))
  const room = search.rule.maxAsked + 1 - chosen.length
  const most = best.sort((a, b) => b - a).slice(0, Math.max(0, room))
  const canBeTyped = hasTyped(chosen) || left.some((group) => hasTyped(group))
  return worthOf(chosen) + most.reduce((sum, worth) => sum + worth, 0) + (canBeTyped ? 1000 : 0)
}

/** Tries every form of each family, and leaving it out, in a fixed order. */
const explore = (search: Search, at: number, chosen: readonly Instance[], shared: Shared): void => {
  search.visits += 1
  if (isOver(search)) return
  settle(search, chosen)
  const group = search.groups[at]
  if (group === undefined || chosen.length > search.rule.maxAsked) return
  if (mostFrom(search, at, chosen) <= search.bestWorth + 1e-9) return
  for (const instance of group) {
    if (isRevealed(chosen, instance)) continue
    const next = [...chosen, instance]
    const left = narrowed(search, shared, instance)
    if (isAllowed(next, left, search.rule)) explore(search, at + 1, next, left)
  }
  explore(search, at + 1, chosen, shared)
}

const searchFor = (
  groups: Search['groups'],
  people: Search['people'],
  rule: SetRule,
  isAnyEnough: boolean,
): Search => ({ groups, people, rule, isAnyEnough, best: [], bestWorth: 0, visits: 0 })

/** Says if there is no set at all, or only none that leaves enough people behind its lists. */
const whyNone = ({ groups, people, rule }: Search): NoQuestionsReason => {
  const crowd = searchFor(groups, people, { ...rule, minPeople: 0 }, true)
  explore(crowd, 0, [], null)
  return crowd.best.length === 0 ? 'too_few_instances' : 'people_check'
}

/** Instances by family, the families in an order of their own for each verification, so that ties fall differently. */
const grouped = (instances: readonly Instance[], place: (instance: Instance) => string): Search['groups'] => {
  const byFamily = new Map<string, Instance[]>()
  for (const instance of [...instances].sort((a, b) => byText(place(a), place(b))))
    byFamily.set(instance.family, [...(byFamily.get(instance.family) ?? []), instance])
  return [...byFamily.values()]
}

/**
 * Takes the spare out of a chosen set: a choice question, since a typed one is never the last resort after a skip
 *, and only when the rest still makes a set.
 */
const withSpare = (chosen: readonly Instance[], rule: PickRule, place: (i: Instance) => string): Picked => {
  if (chosen.length <= rule.minAnswered) return { set: chosen, spare: null }
  const candidates = chosen
    .filter((instance) => {
      const rest = chosen.filter((other) => other !== instance)
      return instance.body.form === 'choice' && countSources(rest) >= minSources
    })
    .sort((a, b) => byText(place(a), place(b)))
  const spare = candidates[0] ?? null
  const rest = chosen.filter((instance) => instance !== spare)
  return { set: rest.slice(0, rule.maxAsked), spare }
}

/** Looks for the best set, or for any; why there is none. */
const whyNoneIn = (search: Search, instances: readonly Instance[]): NoQuestionsReason | null => {
  if (search.groups.length < search.rule.minAnswered) return 'too_few_instances'
  if (countSources(instances) < minSources) return 'too_few_sources'
  explore(search, 0, [], null)
  return search.best.length === 0 ? whyNone(search) : null
}

/**
 * The reason why no set can be made of these instances; null when one can. It is the selection of `pickQuestions`, and
 * stops at the first set. `setsOf`: the people behind each list; a caller that asks about many people keeps them.
 */
export const whyNoSet = (
  instances: readonly Instance[],
  rule: SetRule,
  setsOf: SetsOf,
): NoQuestionsReason | null => {
  const groups = grouped(instances, ({ family, body }) => `${family} ${body.form}`)
  return whyNoneIn(searchFor(groups, setsOf(instances), rule, true), instances)
}

/**
 * Selects the questions of a verification: the largest expected information under the
 * constraints (one public, two sources, one typed where there is one, one per family, no pair of which one helps with the
 * other, 20 people behind the lists, the spare's among them), from
 * easy to hard, ties by digest of the verification. A pure function of its input. `setsOf`: the people behind each list.
 */
export const pickQuestions = (
  instances: readonly Instance[],
  rule: PickRule,
  tools: Pick<PlanTools, 'hmac'>,
  setsOf: SetsOf,
): PickResult => {
  const place = ({ family, body }: Instance): string =>
    tools.hmac('order', rule.verificationId, family, body.form)
  const search = searchFor(grouped(instances, place), setsOf(instances), rule, false)
  const reason = whyNoneIn(search, instances)
  if (reason !== null) return { picked: null, reason }
  const { set, spare } = withSpare(search.best, rule, place)
  const level = (instance: Instance): number => rowsByDifficulty.indexOf(instance.points)
  const inOrder = [...set].sort((a, b) => level(a) - level(b) || byText(place(a), place(b)))
  return { picked: { set: inOrder, spare } }
}

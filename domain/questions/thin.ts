/**
 * Thin files are people of whom no set of questions can be made today, counted with the very families and the very
 * selection that a verification uses. What a person was asked before, and lists that rest because another was shown,
 * are not looked at: those pass by themselves.
 */
import type { QuestionSettings, Rule } from '../policy/policy.ts'
import type { Purpose, Tier } from '../verification/verification.ts'
import { families } from './families/index.ts'
import type { FamilyInput, Instance } from './families/family.ts'
import type { TenantFacts } from './facts.ts'
import type { ParticipantFacts } from './participant-facts.ts'
import { whyNoSet, type SetRule } from './pick.ts'
import { questionFamilies, type PlanTools, type QuestionFamily } from './plan.ts'
import { familyDefinitions } from './definitions.ts'
import type { ThinReason } from './thin-reasons.ts'

/** The rules to count by. `now` in milliseconds since 1970. */
export type ThinInput = {
  readonly tenant: TenantFacts
  readonly settings: QuestionSettings
  readonly ruleOf: (tier: Tier) => Pick<Rule, 'minAnswered' | 'maxAsked'>
  /** The purpose of the case: facts about it are not asked for. */
  readonly purpose: Purpose
  readonly now: number
}

/** The counts. */
export type ThinCounts = {
  readonly people: number
  /** People with a set of questions. */
  readonly askable: number
  readonly thin: Readonly<Record<ThinReason, number>>
  /** People who could be asked a question of the family. */
  readonly families: Readonly<Record<QuestionFamily, number>>
  /** Some of the thin, by reason. */
  readonly examples: Readonly<Record<ThinReason, readonly string[]>>
}

/** Counts person by person, so that the process may do other things in between. */
export type ThinCounter = {
  readonly add: (facts: ParticipantFacts, tier: Tier) => ThinReason | null
  readonly counts: () => ThinCounts
}

/** People named for each reason; the counts cover everybody. */
export const mostExamples = 20

/** The same facts, as if every source had been read now. */
const readNow = (facts: ParticipantFacts, now: number): ParticipantFacts => {
  const fresh = <T extends { readonly asOf: number } | null>(part: T): T =>
    part === null ? part : { ...part, asOf: now }
  const { directory } = facts
  return {
    ...facts,
    directory:
      directory === null
        ? null
        : {
            ...directory,
            asOf: now,
            office: directory.office === null ? null : { ...directory.office, asOf: now },
          },
    hr: fresh(facts.hr),
    inventory: fresh(facts.inventory),
    tickets: fresh(facts.tickets),
    groups: fresh(facts.groups),
    calendar: fresh(facts.calendar),
    signIn: fresh(facts.signIn),
  }
}

/** True if so many families could make a set, if each had a list: one public at most, two sources. */
const wouldDo = (known: readonly QuestionFamily[], minAnswered: number): boolean => {
  const hidden = known.filter((family) => familyDefinitions[family].exposure !== 'public')
  const sources = new Set(known.map((family) => familyDefinitions[family].source))
  return hidden.length + Math.min(1, known.length - hidden.length) >= minAnswered && sources.size > 1
}

type Round = ThinInput & { readonly tools: PlanTools }

const isOn = ({ settings }: ThinInput, family: QuestionFamily): boolean => settings.families[family]

const inputOf = ({ tenant, purpose, now, tools }: Round, facts: ParticipantFacts): FamilyInput => ({
  facts,
  purpose,
  tenant,
  now,
  tools,
})

const instancesOf = (round: Round, facts: ParticipantFacts): readonly Instance[] =>
  families
    .filter(({ family }) => isOn(round, family))
    .flatMap((family) => family.instances(inputOf(round, facts)))

const knownFamilies = (round: Round, facts: ParticipantFacts): readonly QuestionFamily[] =>
  families
    .filter((family) => isOn(round, family.family) && family.factsNow(inputOf(round, facts)).length > 0)
    .map(({ family }) => family)

const isTooNew = ({ settings }: ThinInput, { tenureDays }: ParticipantFacts): boolean =>
  tenureDays !== null && tenureDays < settings.minTenureDays

/** The reason why nothing can be asked, when too little is known and usable. */
const whyTooLittle = (round: Round, facts: ParticipantFacts, rule: SetRule): ThinReason => {
  const fresh = readNow(facts, round.now)
  if (whyNoSet(instancesOf(round, fresh), rule, round.tenant.sets) === null) return 'stale'
  return wouldDo(knownFamilies(round, fresh), rule.minAnswered) ? 'short_list' : 'no_source'
}

const reasonOf = (
  round: Round,
  facts: ParticipantFacts,
  instances: readonly Instance[],
  tier: Tier,
): ThinReason | null => {
  if (isTooNew(round, facts)) return 'short_tenure'
  const { minAnswered, maxAsked } = round.ruleOf(tier)
  const rule = { minAnswered, maxAsked, minPeople: round.settings.minPeople }
  const none = whyNoSet(instances, rule, round.tenant.sets)
  if (none === null) return null
  return none === 'people_check' ? 'people_check' : whyTooLittle(round, facts, rule)
}

const perReason = <T>(of: (reason: ThinReason) => T): Record<ThinReason, T> => ({
  no_source: of('no_source'),
  stale: of('stale'),
  short_list: of('short_list'),
  people_check: of('people_check'),
  short_tenure: of('short_tenure'),
})

/** A counter for one tenant with its settings as they are now. */
export const createThinCounter = (input: ThinInput, tools: PlanTools): ThinCounter => {
  const round: Round = { ...input, tools }
  const thin = perReason(() => 0)
  const examples = perReason<string[]>(() => [])
  const able = new Map<QuestionFamily, number>(questionFamilies.map((family) => [family, 0]))
  let askable = 0
  let people = 0
  return {
    add: (facts, tier) => {
      people += 1
      const instances = instancesOf(round, facts)
      for (const family of new Set(instances.map((instance) => instance.family)))
        // Every family has its place since the map was made.
        able.set(family, (able.get(family) as number) + 1)
      const reason = reasonOf(round, facts, instances, tier)
      if (reason === null) {
        askable += 1
        return null
      }
      thin[reason] += 1
      if (examples[reason].length < mostExamples) examples[reason].push(facts.participantId)
      return reason
    },
    counts: () => ({
      people,
      askable,
      thin: { ...thin },
      families: Object.fromEntries(able) as Record<QuestionFamily, number>,
      examples,
    }),
  }
}

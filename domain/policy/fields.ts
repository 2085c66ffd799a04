import { judgedCategories } from '../risk/coverage.ts'
import { askSetFor } from '../risk/asks.ts'
import type { Check, CheckMode } from '../risk/check.ts'
import { checks } from '../risk/checks/index.ts'
import { modeOf, strongestOf, weightsOf } from '../risk/evaluate.ts'
import { defaultCaps, demands } from '../risk/settings.ts'
import { categories } from '../risk/score.ts'
import { questionFamilies } from '../questions/plan.ts'
import { purposes, tiers } from '../verification/verification.ts'
import { isAsked } from './only-recorded.ts'
import type {
  Cap,
  ContactRules,
  Lifetimes,
  Limits,
  Policy,
  QuestionSettings,
  ReportRules,
  Rule,
  SignInSettings,
} from './policy.ts'

/** One field of a policy may hold this. */
export type FieldValue = string | number | boolean | readonly string[] | readonly Cap[]

/**
 * Which way a field weakens (D14): `up`: by growing, or by being switched on · `down`: by shrinking, or by
 * being switched off · `either`: by any change · `loses`: by a member that goes · `gains`: by a member that comes ·
 * `caps`: by a cap that no longer binds as tightly · `decider`: by a lower or no decider · `locking`: by locking in fewer cases · `mode`, `asks`: see `compare.ts` ·
 * `none`: never.
 */
export type Direction =
  'up' | 'down' | 'either' | 'loses' | 'gains' | 'caps' | 'decider' | 'locking' | 'mode' | 'asks' | 'none'

/** One leaf of a policy: where it is, what it holds, which way it weakens. */
export type PolicyField = {
  /** `rules.password_reset.standard.classesNeeded`; what screens have words for. */
  readonly path: string
  readonly value: FieldValue
  readonly direction: Direction
}

// The types make the tables complete: a new field does not compile until it has a direction.

const ruleDirections: Readonly<Record<keyof Rule, Direction>> = {
  classesRequired: 'loses',
  classesNeeded: 'down',
  minAnswered: 'down',
  // Fewer asked are fewer that can go wrong; more asked are more chances to reach the minimum.
  maxAsked: 'either',
  deciders: 'decider',
  holdForSecondApproval: 'down',
  asksApprover: 'up',
  asksProviderSignIn: 'up',
  asksPush: 'up',
  asksRecoverySheet: 'up',
  twoKindsWhenNew: 'down',
  twoKindsForOwnMailbox: 'down',
  channels: 'gains',
  waitSeconds: 'down',
}

const limitDirections: Readonly<Record<keyof Limits, Direction>> = {
  sendsPerParticipant: 'caps',
  sendsPerContact: 'caps',
  sendsPerPrefix: 'caps',
  sendsPerTenant: 'caps',
  codeTriesPerCode: 'up',
  codeTriesPerParticipant: 'caps',
  startsPerAgent: 'caps',
  lookUpsPerAgent: 'caps',
  searchesPerAgent: 'caps',
  revealsPerAgent: 'caps',
  questionSetsPerParticipant: 'caps',
  questionedPeoplePerAgent: 'caps',
  requestsPerApprover: 'caps',
  approverRequestsPerCase: 'up',
  selfStartsPerPerson: 'caps',
  selfStartsPerAddress: 'caps',
  selfStartsPerTenant: 'caps',
}

const contactDirections: Readonly<Record<keyof ContactRules, Direction>> = {
  typedContacts: 'up',
  changedWithinHours: 'down',
  smsCountries: 'gains',
  checkNumbers: 'down',
  numbersNotAlone: 'loses',
  numbersRefused: 'loses',
}

const lifetimeDirections: Readonly<Record<keyof Lifetimes, Direction>> = {
  smsLink: 'up',
  emailLink: 'up',
  matchCode: 'up',
  portalIdle: 'up',
  portalAbsolute: 'up',
  decisionWait: 'up',
  approverAnswer: 'up',
  grant: 'up',
  // Less time to say "this was not me", and less quiet after it.
  reportLink: 'down',
  reportBlock: 'down',
  // Less time in which somebody can say that they made no sheet.
  sheetRest: 'down',
  verification: 'up',
}

const reportDirections: Readonly<Record<keyof ReportRules, Direction>> = { lockAccount: 'locking' }

const signInDirections: Readonly<Record<keyof SignInSettings, Direction>> = {
  // No level asked for is the weakest of all, and which of two levels is the stronger only the provider knows.
  acrValues: 'either',
  phishingResistant: 'gains',
  // A thief of a person's session there could make a lasting key of their own.
  enrolPasskeys: 'up',
}

const questionDirections: Readonly<Record<Exclude<keyof QuestionSettings, 'families'>, Direction>> = {
  enabled: 'down',
  secondsPerQuestion: 'up',
  secondsInAll: 'up',
  warningSeconds: 'none',
  // Where a set ends early, what would have come is not weighed.
  enoughAt: 'down',
  hopelessAt: 'up',
  minPeople: 'down',
  minTenureDays: 'down',
  familyRestDays: 'down',
  factRestDays: 'down',
}

const fieldsAt = <K extends string>(
  place: string,
  values: Readonly<Record<K, FieldValue>>,
  directions: Readonly<Record<K, Direction>>,
): readonly PolicyField[] =>
  (Object.keys(directions) as K[]).map((key) => ({
    path: `${place}.${key}`,
    value: values[key],
    direction: directions[key],
  }))

const ruleFields = ({ rules }: Policy): readonly PolicyField[] =>
  purposes.flatMap((purpose) =>
    tiers.flatMap((tier) => fieldsAt(`rules.${purpose}.${tier}`, rules[purpose][tier], ruleDirections)),
  )

const thresholdFields = ({ score }: Policy): readonly PolicyField[] => {
  const { low, guarded, elevated } = score.bands
  const caps = score.caps ?? defaultCaps
  return [
    { path: 'score.moreEvidenceFrom', value: score.moreEvidenceFrom, direction: 'up' },
    { path: 'score.escalateFrom', value: score.escalateFrom, direction: 'up' },
    ...fieldsAt('score.bands', { low, guarded, elevated }, { low: 'up', guarded: 'up', elevated: 'up' }),
    ...categories.flatMap((category) =>
      fieldsAt(`score.caps.${category}`, caps[category], { lo: 'up', hi: 'up' }),
    ),
    ...demands.map((demand) => ({
      path: `score.onlyRecorded.${demand}`,
      value: !isAsked({ score }, demand),
      // A finding that asks for proof costs no points in the decision, so that either step may let a case through.
      direction: demand === 'findings' ? ('either' as const) : ('up' as const),
    })),
  ]
}

const checkFields = (check: Check, policy: Policy): readonly PolicyField[] => {
  const place = `score.checks.${check.code}`
  const isLive = modeOf(check, policy.score) === 'live'
  return [
    { path: `${place}.mode`, value: modeOf(check, policy.score), direction: 'mode' },
    {
      path: `${place}.asks`,
      value: askSetFor(check.code, policy.score),
      direction: isLive ? ('asks' as const) : ('none' as const),
    },
    ...Object.entries(weightsOf(check, policy.score)).map(([name, value]) => ({
      path: `${place}.weights.${name}`,
      value: Math.round(value * 100) / 100,
      // The weights of a check that does not count move nothing.
      direction: isLive ? ('up' as const) : ('none' as const),
    })),
  ]
}

const questionFields = ({ questions }: Policy): readonly PolicyField[] => [
  ...fieldsAt('questions', questions, questionDirections),
  // One family in another's place may be easier or harder to find out.
  ...questionFamilies.map((family) => ({
    path: `questions.families.${family}`,
    value: questions.families[family],
    direction: 'either' as const,
  })),
]

/** Every leaf of a policy, always the same ones in the same order; checks as they take effect, whether set or default. */
export const fieldsOf = (policy: Policy): readonly PolicyField[] => [
  ...ruleFields(policy),
  ...thresholdFields(policy),
  ...checks.flatMap((check) => checkFields(check, policy)),
  ...fieldsAt('limits', policy.limits, limitDirections),
  ...fieldsAt('contacts', policy.contacts, contactDirections),
  ...fieldsAt('lifetimes', policy.lifetimes, lifetimeDirections),
  ...fieldsAt('reports', policy.reports, reportDirections),
  ...fieldsAt('signIn', policy.signIn, signInDirections),
  ...questionFields(policy),
  { path: 'labBanner', value: policy.labBanner, direction: 'either' },
]

/** True if a check that begins to count could make a case look better: by its credit, as evidence, or as data. */
export const canHelp = (check: Check, policy: Policy): boolean =>
  check.category === 'possession' ||
  Object.values(weightsOf(check, policy.score)).some((weight) => weight > 0) ||
  (judgedCategories.some((category) => category === check.category) && strongestOf(check.defaultWeights) > 0)

/** True if a change of mode weakens: a check that stops counting always does, one that begins to may. */
export const isWeakerMode = (code: string, before: CheckMode, after: CheckMode, draft: Policy): boolean => {
  if (before === after) return false
  if (before === 'live') return true
  const check = checks.find((one) => one.code === code)
  return after === 'live' && check !== undefined && canHelp(check, draft)
}

import { familyDefinitions, questionFamilies, type QuestionFamily } from '../questions/definitions.ts'
import { definitions, isActing, purposes, type Purpose, type Tier } from '../verification/verification.ts'
import { defaultScorePolicy, type CheckSetting } from '../risk/settings.ts'
import type { Lifetimes, Limits, Policy, ReportRules, Rule } from './policy.ts'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** One kind, the link with its match code (B5 "standard"). */
const standard: Rule = {
  classesRequired: ['possession'],
  classesNeeded: 1,
  minAnswered: 3,
  maxAsked: 6,
  deciders: 'agent',
  holdForSecondApproval: false,
  asksApprover: true,
  // Countersign cannot see whether the provider knows the redirect address and names methods; an admin who knows turns it on.
  asksProviderSignIn: false,
  // Nothing is sent before the operator connects a service, and an admin knows who has an authenticator.
  asksPush: false,
  // Everybody is asked for a code where this is on, so an organisation turns it on once it hands out sheets.
  asksRecoverySheet: false,
  twoKindsWhenNew: true,
  twoKindsForOwnMailbox: false,
  channels: ['sms', 'email'],
  // A person who cannot work waits like everybody else: an organisation chooses a wait here where it is worth that.
  waitSeconds: 0,
}

/** Two different kinds and a second approval (B5 "high", D1). */
const privileged: Rule = {
  ...standard,
  classesNeeded: 2,
  deciders: 'supervisor',
  holdForSecondApproval: true,
}

/** A lost second factor is the favourite way in: its own, higher rule (B15). */
const factorReset: Rule = { ...standard, classesNeeded: 2, deciders: 'supervisor' }

/** The entries of the purposes name one of these (domain/verification/verification.ts). */
const kindsOfRules = {
  ordinary: { standard, privileged },
  two_kinds: { standard: factorReset, privileged },
  never_held: { standard, privileged: { ...privileged, holdForSecondApproval: false } },
} as const

const rules = Object.fromEntries(
  purposes.map((purpose) => {
    const { standard, privileged } = kindsOfRules[definitions[purpose].rules]
    // An action gives access to the account, and whoever took the account over already reads its mailbox.
    const own = { twoKindsForOwnMailbox: isActing(purpose) }
    return [purpose, { standard: { ...standard, ...own }, privileged: { ...privileged, ...own } }]
  }),
) as Readonly<Record<Purpose, Readonly<Record<Tier, Rule>>>>

const limits: Limits = {
  sendsPerParticipant: [
    { max: 3, seconds: 15 * minute },
    { max: 6, seconds: day },
  ],
  sendsPerContact: [{ max: 3, seconds: 10 * minute }],
  sendsPerPrefix: [{ max: 10, seconds: 10 * minute }],
  sendsPerTenant: [{ max: 2_000, seconds: day }],
  codeTriesPerCode: 5,
  codeTriesPerParticipant: [{ max: 10, seconds: day }],
  startsPerAgent: [
    { max: 20, seconds: hour },
    { max: 100, seconds: day },
  ],
  lookUpsPerAgent: [{ max: 30, seconds: 10 * minute }],
  // Two searches for each start that an hour allows.
  searchesPerAgent: [{ max: 40, seconds: hour }],
  revealsPerAgent: [{ max: 10, seconds: hour }],
  questionSetsPerParticipant: [
    { max: 2, seconds: day },
    { max: 3, seconds: 30 * day },
  ],
  questionedPeoplePerAgent: [{ max: 20, seconds: day }],
  requestsPerApprover: [{ max: 3, seconds: day }],
  approverRequestsPerCase: 3,
  selfStartsPerPerson: [
    { max: 1, seconds: 15 * minute },
    { max: 2, seconds: day },
  ],
  // People of one household share an address.
  selfStartsPerAddress: [{ max: 10, seconds: 10 * minute }],
  // Half of the messages that a day allows.
  selfStartsPerTenant: [{ max: 500, seconds: day }],
}

const lifetimes: Lifetimes = {
  smsLink: 10 * minute,
  emailLink: 10 * minute,
  matchCode: 10 * minute,
  portalIdle: 10 * minute,
  portalAbsolute: 30 * minute,
  decisionWait: 4 * hour,
  approverAnswer: 15 * minute,
  grant: 15 * minute,
  reportLink: 72 * hour,
  reportBlock: 15 * minute,
  sheetRest: day,
  verification: 24 * hour,
}

/**
 * B13 locks "if policy says so". By default a report locks nothing: an attacker who knows a name must not be able to lock its
 * owner out unless the organisation chose that.
 */
const reports: ReportRules = { lockAccount: 'never' }

/**
 * The policy of a fresh tenant. Numbers follow the bars B5, B6, B9, B12, B19, C3, D8, F3, H3 and H4; a
 * deployment may tighten them.
 */
export const defaultPolicy = (): Policy => ({
  version: 1,
  rules,
  score: {
    ...defaultScorePolicy,
    moreEvidenceFrom: 5.0,
    escalateFrom: 7.5,
    checks: {},
  },
  limits,
  contacts: {
    typedContacts: false,
    changedWithinHours: 72,
    smsCountries: ['DE', 'AT', 'CH', 'GB', 'IE', 'FR', 'ES', 'PT', 'US', 'CA'],
    checkNumbers: false,
    numbersNotAlone: ['swapped', 'unknown', 'timeout'],
    numbersRefused: [],
  },
  lifetimes,
  reports,
  signIn: { acrValues: [], phishingResistant: [], enrolPasskeys: false },
  questions: {
    enabled: true,
    families: Object.fromEntries(
      questionFamilies.map((family) => [family, familyDefinitions[family].isOn]),
    ) as Record<QuestionFamily, boolean>,
    secondsPerQuestion: 120,
    secondsInAll: 480,
    warningSeconds: 20,
    enoughAt: 10,
    hopelessAt: -13,
    minPeople: 20,
    minTenureDays: 30,
    familyRestDays: 30,
    factRestDays: 90,
  },
  labBanner: false,
})

/** Checks that recognise a driven browser or none at all; the lab watches them without letting them count. */
const automationChecks = [
  'END_NO_TELEMETRY',
  'END_WEBDRIVER',
  'END_CDP',
  'END_HEADLESS_UA',
  'END_UA_PLATFORM',
  'END_UA_CH',
  'END_WORKER',
  'END_API_TAMPER',
  'END_LANG_HEADER',
  'END_VM_GRAPHICS',
  'END_WINDOW',
  'END_FONT_OS',
  'END_TLS_CLIENT',
  'END_SHARED_DEVICE',
  'NET_HEADER_SHAPE',
  'NET_TZ_MISMATCH',
  'NET_IP_VELOCITY',
  'PER_REQUEST_RATE',
  'PER_NO_TYPING',
  'PER_UNTRUSTED_EVENT',
  'PER_RHYTHM',
  'PER_PASTE',
  'PER_POINTER',
  'PER_TIMING',
  'PER_HOUR',
  'CHA_ATTEMPTS',
] as const

const shadow: CheckSetting = { mode: 'shadow' }

const high = (seconds: number): { readonly max: number; readonly seconds: number }[] => [
  { max: 100_000, seconds },
]

/**
 * The policy of the trial tenant `lab`, where automated browsers may finish a case: recognised automation counts for
 * nothing and counted limits are out of the way, by policy and under a banner, never by code. Evidence, lifetimes and tries for one code stay as everywhere.
 */
export const labPolicy = (): Policy => {
  const base = defaultPolicy()
  return {
    ...base,
    score: { ...base.score, checks: Object.fromEntries(automationChecks.map((code) => [code, shadow])) },
    limits: {
      ...base.limits,
      sendsPerParticipant: high(day),
      sendsPerContact: high(day),
      sendsPerPrefix: high(day),
      sendsPerTenant: high(day),
      codeTriesPerParticipant: high(day),
      startsPerAgent: high(day),
      lookUpsPerAgent: high(day),
      searchesPerAgent: high(day),
      questionSetsPerParticipant: high(day),
      questionedPeoplePerAgent: high(day),
      requestsPerApprover: high(day),
      selfStartsPerPerson: high(day),
      selfStartsPerAddress: high(day),
      selfStartsPerTenant: high(day),
    },
    questions: { ...base.questions, familyRestDays: 0, factRestDays: 0 },
    labBanner: true,
  }
}

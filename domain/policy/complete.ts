import { questionFamilies, type QuestionFamily } from '../questions/plan.ts'
import { defaultPolicy } from './defaults.ts'
import { purposes, tiers } from '../verification/verification.ts'
import type {
  ContactRules,
  Lifetimes,
  Limits,
  Policy,
  QuestionSettings,
  ReportRules,
  Rule,
} from './policy.ts'

type Families = QuestionSettings['families']
type NewRule = 'asksApprover' | 'waitSeconds'
type StoredRule = Omit<Rule, NewRule> & Partial<Pick<Rule, NewRule>>
type NewLimit =
  | 'searchesPerAgent'
  | 'requestsPerApprover'
  | 'approverRequestsPerCase'
  | 'selfStartsPerPerson'
  | 'selfStartsPerAddress'
  | 'selfStartsPerTenant'

/** A policy as it may be stored: earlier releases knew fewer fields. */
export type StoredPolicy = Omit<
  Policy,
  'contacts' | 'questions' | 'rules' | 'limits' | 'lifetimes' | 'reports'
> & {
  readonly reports?: ReportRules
  readonly rules: {
    readonly [P in keyof Policy['rules']]: Readonly<Record<keyof Policy['rules'][P], StoredRule>>
  }
  readonly limits: Omit<Limits, NewLimit> & Partial<Pick<Limits, NewLimit>>
  readonly lifetimes: Omit<Lifetimes, 'approverAnswer'> & Partial<Pick<Lifetimes, 'approverAnswer'>>
  readonly contacts: Pick<ContactRules, 'typedContacts' | 'changedWithinHours' | 'smsCountries'> &
    Partial<ContactRules>
  readonly questions: Omit<QuestionSettings, 'families'> & { readonly families: Partial<Families> }
}

/** Nobody vouched before policies said whether they may, and nothing waited before they said how long. */
const completeRules = (rules: StoredPolicy['rules']): Policy['rules'] =>
  Object.fromEntries(
    purposes.map((purpose) => [
      purpose,
      Object.fromEntries(
        tiers.map((tier) => [tier, { asksApprover: false, waitSeconds: 0, ...rules[purpose][tier] }]),
      ),
    ]),
  ) as Policy['rules']

/** A stored policy with every field that this release knows, set as the release that saved it behaved. */
export const completePolicy = (policy: StoredPolicy): Policy => {
  const { contacts, questions, rules, limits, lifetimes } = policy
  const usual = defaultPolicy()
  const families = Object.fromEntries(
    questionFamilies.map((family) => [family, questions.families[family] ?? false]),
  ) as Record<QuestionFamily, boolean>
  return {
    ...policy,
    // No report locked an account before policies said whether it does.
    reports: policy.reports ?? { lockAccount: 'never' },
    rules: completeRules(rules),
    // What people may start themselves was bounded by the same numbers, but for all of them together.
    limits: { ...usual.limits, ...limits },
    lifetimes: { approverAnswer: usual.lifetimes.approverAnswer, ...lifetimes },
    contacts: { ...usual.contacts, checkNumbers: false, ...contacts },
    questions: { ...questions, families },
  }
}

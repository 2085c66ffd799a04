import { questionFamilies } from '../questions/plan.ts'
import type { Purpose, Tier } from '../verification/verification.ts'
import { counted } from './elevated.ts'
import { evidenceKinds, ruleFor, type EvidenceKind, type Policy, type Rule } from './policy.ts'
import { isAsked } from './only-recorded.ts'
import { isSheetRested } from '../recovery-sheet.ts'
import { isEvidence, isSecondKind, type SendContact } from './may-send.ts'

/** These facts decide if a person has a way through a policy at all. */
export type ReachFacts = {
  readonly tier: Tier
  /** On file now; equal `value`s are one contact. */
  readonly contacts: readonly (SendContact & { readonly value: string })[]
  readonly hasPasskey: boolean
  /** Known to the organisation's identity provider, which the organisation has one of. */
  readonly hasSignIn: boolean
  /** They approved a push in an earlier case; the service is not asked who has an authenticator. */
  readonly hasPush: boolean
  /** When their printed sheet was made, while it has codes left and was not voided; milliseconds since 1970, null: none. */
  readonly sheetMadeAt: number | null
  /** A manager, or a person named for it, who could be asked. */
  readonly hasApprover: boolean
  /** Facts on file that questions can be made of, and the sources they come from. */
  readonly questionFacts: number
  readonly questionSources: number
  readonly tenureDays: number | null
}

/**
 * The reason why a person has no route: `no_contact`: none on file · `contacts_unusable`: none that may be sent to and
 * counts · `one_kind_only`: more kinds are needed than the person can bring · `kind_missing`: a kind that the rule
 * names.
 */
export type NoRoute = 'no_contact' | 'contacts_unusable' | 'one_kind_only' | 'kind_missing'

/** Sources that a set of questions needs. */
const minSources = 2

const usable = (facts: ReachFacts, policy: Policy, purpose: Purpose, now: number) =>
  facts.contacts.filter((contact) =>
    isEvidence({ policy, purpose, tier: facts.tier, role: 'agent', contact, now }),
  )

const hasSecond = (
  facts: ReachFacts,
  policy: Policy,
  purpose: Purpose,
  now: number,
  firsts: ReachFacts['contacts'],
): boolean =>
  firsts.some((first) =>
    facts.contacts.some(
      (contact) =>
        contact.value !== first.value &&
        isSecondKind({ policy, purpose, tier: facts.tier, role: 'agent', contact, now }, first),
    ),
  )

/**
 * True if a set of questions can be made, as far as facts on file tell; the number of people who share them is not
 * looked at.
 */
const canBeAsked = ({ questions }: Policy, rule: Rule, facts: ReachFacts): boolean => {
  const families = questionFamilies.filter((family) => questions.families[family]).length
  const isNew = facts.tenureDays !== null && facts.tenureDays < questions.minTenureDays
  const askable = Math.min(families, facts.questionFacts)
  return !isNew && askable >= rule.minAnswered && facts.questionSources >= minSources
}

const isContactChanged = ({ contacts }: ReachFacts, policy: Policy, now: number): boolean =>
  contacts.some(
    ({ changedAt }) =>
      changedAt !== null && now - changedAt < policy.contacts.changedWithinHours * 3600 * 1000,
  )

/** True if a link can go to nothing that counts but mailboxes of the account itself, where the rule asks for more then. */
const hasOnlyOwnMailbox = (facts: ReachFacts, policy: Policy, purpose: Purpose, now: number): boolean => {
  const firsts = usable(facts, policy, purpose, now)
  const isOnly = firsts.length > 0 && firsts.every(({ isOwnMailbox }) => isOwnMailbox)
  const { twoKindsForOwnMailbox } = ruleFor(policy, purpose, facts.tier)
  return isOnly && twoKindsForOwnMailbox && isAsked(policy, 'own_mailbox')
}

/** Kinds of evidence that a person could bring to a case that starts now. */
export const kindsOf = (
  facts: ReachFacts,
  policy: Policy,
  purpose: Purpose,
  now: number,
): readonly EvidenceKind[] => {
  const rule = ruleFor(policy, purpose, facts.tier)
  const firsts = usable(facts, policy, purpose, now)
  const can: Readonly<Record<EvidenceKind, boolean>> = {
    possession: firsts.length > 0,
    second_contact: hasSecond(facts, policy, purpose, now, firsts),
    phishing_resistant: facts.hasPasskey,
    provider_sign_in: facts.hasSignIn,
    push: facts.hasPush,
    recovery_sheet: isSheetRested(facts.sheetMadeAt, policy, now),
    approver: facts.hasApprover,
  }
  return counted(
    evidenceKinds.filter((kind) => can[kind]),
    rule,
  )
}

/**
 * The reason why a person could not bring the evidence that a policy asks of them for a purpose, in a case with nothing
 * else against them; null when they could. Two kinds are needed where no questions can be asked, where a contact changed
 * lately, and where only the mailbox of the account itself counts, as when deciding. `now`: milliseconds since 1970.
 */
export const noRoute = (facts: ReachFacts, policy: Policy, purpose: Purpose, now: number): NoRoute | null => {
  const rule = ruleFor(policy, purpose, facts.tier)
  const held = kindsOf(facts, policy, purpose, now)
  const isLifted =
    isContactChanged(facts, policy, now) ||
    hasOnlyOwnMailbox(facts, policy, purpose, now) ||
    (policy.questions.enabled && !canBeAsked(policy, rule, facts))
  const needed = Math.max(rule.classesNeeded, isLifted ? 2 : 0)
  if (!rule.classesRequired.every((kind) => held.includes(kind)))
    return held.length === 0 ? noneHeld(facts) : 'kind_missing'
  if (held.length >= needed) return null
  return held.length === 0 ? noneHeld(facts) : 'one_kind_only'
}

/** Ways round questions, in the order in which a case takes them; `in_person`: there is none but that. */
export const thinRoutes = [
  'second_contact',
  'phishing_resistant',
  'provider_sign_in',
  'push',
  'recovery_sheet',
  'approver',
  'in_person',
] as const
export type ThinRoute = (typeof thinRoutes)[number]

/**
 * The route of a person about whom too little is known for questions; null for a person who can be asked, and where the
 * policy asks nobody.
 */
export const thinRouteOf = (
  facts: ReachFacts,
  policy: Policy,
  purpose: Purpose,
  now: number,
): ThinRoute | null => {
  const rule = ruleFor(policy, purpose, facts.tier)
  if (!policy.questions.enabled || canBeAsked(policy, rule, facts)) return null
  const held = kindsOf(facts, policy, purpose, now)
  return thinRoutes.find((route) => route !== 'in_person' && held.includes(route)) ?? 'in_person'
}

const noneHeld = ({ contacts }: ReachFacts): NoRoute =>
  contacts.length === 0 ? 'no_contact' : 'contacts_unusable'

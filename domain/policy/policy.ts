import type { CheckSettings, ScorePolicy } from '../risk/settings.ts'
import type { SignInRules } from '../risk/sign-in-strength.ts'
import type { NumberDoubt } from './number-check.ts'
import { mayAskPush } from '../push.ts'
import type { QuestionFamily } from '../questions/plan.ts'
import type { Channel, Purpose, Tier } from '../verification/verification.ts'

/**
 * A kind of evidence. `possession`: the link to a contact on file returned with the right match code.
 * `second_contact`: a code sent to a different contact on file · `provider_sign_in`: a fresh sign-in at the organisation's
 * identity provider, with more than a password · `push`: a push that was approved on the participant's own authenticator ·
 * `recovery_sheet`: a code of the participant's own printed sheet. Questions and silent checks are never among these.
 */
export const evidenceKinds = [
  'possession',
  'second_contact',
  'phishing_resistant',
  'provider_sign_in',
  'push',
  'recovery_sheet',
  'approver',
] as const

/** One kind of evidence. */
export type EvidenceKind = (typeof evidenceKinds)[number]

/** The decider records the decision when nothing speaks against it. */
export type Decider = 'agent' | 'supervisor' | 'auto'

/** The demands of one purpose at one privilege tier. */
export type Rule = {
  /** Kinds that must all be there, whatever else is. */
  readonly classesRequired: readonly EvidenceKind[]
  /** The number of different kinds that are needed in all (B5: standard 1, privileged 2). */
  readonly classesNeeded: number
  /** Questions that must be answered (correct, partial or incorrect) for a complete set. */
  readonly minAnswered: number
  /** Questions asked at most; a skip replaced by the spare does not count. */
  readonly maxAsked: number
  readonly deciders: Decider
  /** The case stays on hold until a second person approves (D1). */
  readonly holdForSecondApproval: boolean
  /** An approver may be asked where evidence is missing, and their yes counts; without it neither. */
  readonly asksApprover: boolean
  /** The participant may be asked to sign in at the organisation's provider, and that counts; without it neither. */
  readonly asksProviderSignIn: boolean
  /** The participant may be asked to approve a push on their authenticator, and that counts; without it neither. */
  readonly asksPush: boolean
  /** The participant may be asked for a code of their printed sheet, and that counts; without it neither. */
  readonly asksRecoverySheet: boolean
  /** Two kinds are needed where neither the device nor the network was seen with this person before. */
  readonly twoKindsWhenNew: boolean
  /** Two kinds are needed where nothing came back but through mailboxes of the very account. */
  readonly twoKindsForOwnMailbox: boolean
  /** Links may travel by these channels (B21: privileged never completes by SMS alone). */
  readonly channels: readonly Channel[]
  /** From the approval to the moment at which anything is done, so that every contact can say no first; 0: none. */
  readonly waitSeconds: number
}

/** Thresholds of score and decision, on the scale 0.0 to 10.0; `checks`, `bands` and `caps` are the score's own. */
export type ScoreSettings = CheckSettings &
  ScorePolicy & {
    /** From this score on a case needs one more kind of evidence than the tier asks. */
    readonly moreEvidenceFrom: number
    /** From this score on, and at any floor, a supervisor decides, never the policy alone. */
    readonly escalateFrom: number
  }

/** A cap: at most `max` within the last `seconds`. */
export type Cap = { readonly max: number; readonly seconds: number }

/** Counted limits. */
export type Limits = {
  /** H3. */
  readonly sendsPerParticipant: readonly Cap[]
  readonly sendsPerContact: readonly Cap[]
  readonly sendsPerPrefix: readonly Cap[]
  readonly sendsPerTenant: readonly Cap[]
  /** H4: tries for one match code, and wrong codes of one participant. */
  readonly codeTriesPerCode: number
  readonly codeTriesPerParticipant: readonly Cap[]
  /** D8. */
  readonly startsPerAgent: readonly Cap[]
  readonly lookUpsPerAgent: readonly Cap[]
  /** Different words that one agent searches people by. */
  readonly searchesPerAgent: readonly Cap[]
  readonly revealsPerAgent: readonly Cap[]
  /** The caps on question sets for a person, an agent and an organisation. */
  readonly questionSetsPerParticipant: readonly Cap[]
  readonly questionedPeoplePerAgent: readonly Cap[]
  /** Requests to one approver over all cases: nobody is asked until they give in. */
  readonly requestsPerApprover: readonly Cap[]
  /** Approvers asked in one case, the same one again included. */
  readonly approverRequestsPerCase: number
  /**
   * Starts by people themselves; each sends two messages. The caps are so low that an attacker who floods them cannot use up
   * what the help desk may still send to that person, or to everybody (H3, H6, T18).
   */
  readonly selfStartsPerPerson: readonly Cap[]
  readonly selfStartsPerAddress: readonly Cap[]
  readonly selfStartsPerTenant: readonly Cap[]
}

/** Rules on contacts. */
export type ContactRules = {
  /** B7: off by default; a typed contact waits for a supervisor and is never evidence. */
  readonly typedContacts: boolean
  /** B19: a contact changed within these hours is not usable alone. */
  readonly changedWithinHours: number
  /** ISO 3166 countries of numbers that may be sent to; H3: unused countries are off by default. */
  readonly smsCountries: readonly string[]
  /** B20: asks the carrier before an SMS goes out; off where no such service is plugged in. */
  readonly checkNumbers: boolean
  /** B20: answers after which a number is not usable alone. */
  readonly numbersNotAlone: readonly NumberDoubt[]
  /** B20: answers after which nothing is sent to a number. */
  readonly numbersRefused: readonly NumberDoubt[]
}

/** Lifetimes in seconds. */
export type Lifetimes = {
  /** C3. */
  readonly smsLink: number
  /** 600 while the link acts as evidence, at most 3600 where it does not (C3). */
  readonly emailLink: number
  /** B6. */
  readonly matchCode: number
  /** F3. */
  readonly portalIdle: number
  readonly portalAbsolute: number
  readonly decisionWait: number
  /** D5: how long an approver may answer. */
  readonly approverAnswer: number
  /** B1. */
  readonly grant: number
  /** B12. */
  readonly reportLink: number
  /** B9: no new verification after a report. */
  readonly reportBlock: number
  /** A printed sheet counts for nothing until so long after it was made. */
  readonly sheetRest: number
  /** From the start to the last moment at which anything may still happen. */
  readonly verification: number
}

/**
 * When "this was not me" also locks the account in the directory (B13), from the weakest to the strictest.
 * `if_used`: only where a link of the participant was used within the time a report may come, so that nobody is locked out
 * by an attempt that came to nothing.
 */
export const lockings = ['never', 'if_used', 'always'] as const

/** One of them. */
export type Locking = (typeof lockings)[number]

/** Settings of the sign-in at the organisation's identity provider. */
export type SignInSettings = SignInRules & {
  /** People who sign in there, with more than a password, may set up a passkey for the help desk before they need it. */
  readonly enrolPasskeys: boolean
}

/** A report ("this was not me") brings this with it beside the freeze. */
export type ReportRules = { readonly lockAccount: Locking }

/** Settings of the questions. */
export type QuestionSettings = {
  readonly enabled: boolean
  readonly families: Readonly<Record<QuestionFamily, boolean>>
  readonly secondsPerQuestion: number
  readonly secondsInAll: number
  readonly warningSeconds: number
  /** Points, dB. */
  readonly enoughAt: number
  readonly hopelessAt: number
  /** People who must share all shown blocks of a set. */
  readonly minPeople: number
  readonly minTenureDays: number
  readonly familyRestDays: number
  readonly factRestDays: number
}

/** A tenant's policy. Every save is a new version; a verification stores the version it used (D15). */
export type Policy = {
  readonly version: number
  readonly rules: Readonly<Record<Purpose, Readonly<Record<Tier, Rule>>>>
  readonly score: ScoreSettings
  readonly limits: Limits
  readonly contacts: ContactRules
  readonly lifetimes: Lifetimes
  readonly reports: ReportRules
  readonly signIn: SignInSettings
  readonly questions: QuestionSettings
  /** Shows that this tenant is for trials: recognised automation does not stop a case here. */
  readonly labBanner: boolean
}

/** The rule for a purpose and tier. A push is no proof where the authenticator is what was lost, whatever a policy says. */
export const ruleFor = (policy: Policy, purpose: Purpose, tier: Tier): Rule => {
  const rule = policy.rules[purpose][tier]
  return rule.asksPush && !mayAskPush(purpose) ? { ...rule, asksPush: false } : rule
}

/** Facts about account, contacts, attempts and habits. */
import type { OsFamily } from './endpoint.ts'
import type { SourceRef } from './network.ts'

export type PersonaFacts = {
  /** null: the directory gave no answer */
  account: { state: AccountState; since: number | null } | null
  /** Newest changes of contacts and manager, 14 d or more back; null: no change log */
  contactChanges: readonly ContactChange[] | null
  /** Authenticators removed or reset, 14 d or more back; null: no source */
  mfaEvents: readonly { kind: 'removed' | 'reset'; at: number }[] | null
  /** Verifications of this participant over all agents and channels; null: not counted */
  attempts: AttemptFacts | null
  /** Where the link went; null: nothing sent yet */
  contact: ContactFacts | null
  /** null: local hour or history unknown */
  hours: HourFacts | null
  /** "This was not me" and confirmed "No", 30 d back; `isLifted`: a supervisor took it back before this case began */
  reports: readonly { at: number; isLifted: boolean }[]
  tenure: TenureFacts
  /** null: neither profile nor country says which languages to expect */
  locale: LocaleFacts | null
  /** null: not counted */
  past: PastFacts | null
  /** The times that others take to answer, by question family, as they were when the case began; a family with too few has none */
  usualTimes: Readonly<Partial<Record<string, UsualTime>>>
  /** The person's own earlier cases that passed, 90 d back from when the case began */
  habits: readonly CaseHabit[]
  /** null: not counted */
  campaign: CampaignFacts | null
  signals: PersonCircumstances
}

/** null: the directory does not say. */
export type TenureFacts = { hiredAt: number | null; lastSignInAt: number | null }

/** Two-letter language codes, lower case. */
export type LocaleFacts = {
  /** The languages of the profile, and of the countries where the person works */
  expected: readonly string[]
  /** In which the person was verified before */
  seenBefore: readonly string[]
}

/**
 * The way in which one case was entered. `interval` and `dwell`: logarithms of the mean ms from key to key and on a key ·
 * `spread`: the logarithm of one and the spread by the mean interval · `pace`: of the time to answer by what others take.
 */
export type CaseHabit = {
  device: 'computer' | 'phone'
  interval: number
  spread: number
  /** null: releases were not seen */
  dwell: number | null
  /** null: nobody knows what is usual */
  pace: number | null
  /** Shares of the entries that were pasted, and during which a mouse was pressed */
  pasted: number
  mouse: number
}

/** Seconds: a tenth of the people who passed were quicker than `low`, a tenth slower than `high`. */
export type UsualTime = { low: number; high: number }

/** 180 d back, this verification left out. */
export type PastFacts = { possessionVerified: number; disputed: number }

export type CampaignFacts = {
  /** Common features with failed verifications of the last 2 h, other participants only */
  shared: readonly SharedFailure[]
  /** Verifications started in the organisation: in the last 2 h, and in such a span on average over 14 d */
  started: number
  usuallyStarted: number
}

export type SharedFailure = {
  by: 'network' | 'device' | 'agent' | 'department'
  /** Distinct participants who failed and share it with this case */
  participants: number
}

/**
 * The facts of other systems about the person now. `configured: false`: no such source is connected, so nothing is
 * measured; `configured: true` with null: it is, and says nothing of this person.
 */
export type PersonCircumstances = {
  identityRisk: Signal<IdentityRisk>
  recentSignIn: Signal<RecentSignIn>
  calendar: Signal<CalendarFacts>
  agentAlarm: Signal<AgentAlarm>
}

export type Signal<T> = { configured: false } | { configured: true; value: T | null }

export type IdentityRisk = {
  level: 'none' | 'low' | 'medium' | 'high' | 'confirmed_compromised' | 'confirmed_safe'
  /** Names of the provider's detections */
  detections: readonly string[]
  at: number
  source: SourceRef
}

/** The newest sign-in within 15 min of which the provider says how it was made. */
export type RecentSignIn = {
  at: number
  asn: number | null
  os: OsFamily | null
  /** By a person at a screen; false: a token was renewed */
  isInteractive: boolean
  /** A second factor was shown for this sign-in, not remembered */
  hasFreshFactor: boolean
}

export type CalendarFacts = {
  /** End of an all-day absence that holds now */
  leaveUntil: number | null
  /** Countries of journeys that hold now */
  travelCountries: readonly string[]
  /** A meeting that the person joined is going on */
  isInJoinedMeeting: boolean
  /** End of the last long absence, in 30 d */
  backSince: number | null
}

export type AgentAlarm = { at: number; by: string }

/** A mere lock-out is `active`. */
export type AccountState = 'active' | 'disabled' | 'terminated' | 'deleted' | 'not_started'

export type ContactChange = {
  field: 'phone' | 'email' | 'manager'
  at: number
  by: 'participant' | 'help_desk' | 'system' | null
}

export type AttemptFacts = {
  /** Started in the last 24 h, this one included */
  started24h: number
  /** Closed as failed in the last 24 h */
  failed24h: number
}

export type ContactFacts = {
  id: string
  channel: 'sms' | 'email'
  origin: 'on_file' | 'typed'
  /** Directory's change time, else the time it was first seen (B19); null: neither known */
  changedAt: number | null
  masked: string
  /** null: no phone, or the numbering plan does not say */
  lineType: LineType | null
  /** null: no e-mail address */
  domain: 'organisation' | 'private' | 'disposable' | 'other' | null
  /** The mailbox of the very account that the case is about; absent: it is not */
  isOwnMailbox?: boolean
  /** The carrier named a swapped SIM card, or could not say, and policy does not trust the number alone then (B20) */
  isInDoubt?: boolean
}

export type LineType =
  | 'mobile'
  | 'fixed_line'
  | 'fixed_line_or_mobile'
  | 'voip'
  | 'toll_free'
  | 'premium_rate'
  | 'shared_cost'
  | 'pager'
  | 'personal_number'
  | 'other'

export type HourFacts = {
  /** 0–23, in the participant's zone */
  hour: number
  /** 24 counts of past sign-ins and verifications by local hour */
  histogram: readonly number[]
  /** Inside the rostered shift; null: no roster */
  isOnShift: boolean | null
}

/** Facts about account, contacts, attempts and habits. */
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
  /** "This was not me" and confirmed "No", newest first, 30 d back */
  reports: readonly { at: number }[]
}

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

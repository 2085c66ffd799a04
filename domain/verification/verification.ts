/** What a verification may be for. */
export const purposes = [
  'password_reset',
  'account_unlock',
  'mfa_reset',
  'access_change',
  'identity_check',
] as const

/** One purpose. */
export type Purpose = (typeof purposes)[number]

/** What a directory is told for each purpose that acts; the other purposes end with the decision itself. */
export const writeOf = {
  password_reset: 'set_password',
  account_unlock: 'unlock',
  mfa_reset: 'reset_factors',
} as const satisfies Partial<Record<Purpose, string>>

/** A purpose that ends in a write to a directory, under a grant. */
export type ActingPurpose = keyof typeof writeOf

/** Whether a directory is written for it. */
export const isActing = (purpose: Purpose): purpose is ActingPurpose => purpose in writeOf

/** Whether the participant does the last thing themselves, on the page that is open, once it is approved. */
export const isFinishedByParticipant = (purpose: Purpose): boolean =>
  purpose === 'password_reset' || purpose === 'mfa_reset'

/** How a link travels. */
export const channels = ['sms', 'email'] as const

/** One channel. */
export type Channel = (typeof channels)[number]

/** How much an account can do; decides which rule of the policy applies. */
export const tiers = ['standard', 'privileged'] as const

/** One privilege tier. */
export type Tier = (typeof tiers)[number]

/** Who did something. Never taken from input. `name` is a display name for staff only. */
export type Actor =
  | { readonly kind: 'agent'; readonly id: string; readonly name: string }
  | { readonly kind: 'participant'; readonly id: string }
  | { readonly kind: 'approver'; readonly id: string }
  | { readonly kind: 'api_client'; readonly id: string }
  | { readonly kind: 'provider'; readonly id: string }
  | { readonly kind: 'system'; readonly id: string }

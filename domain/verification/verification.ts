/** What a verification may be for (product.md section 2). */
export const purposes = [
  'password_reset',
  'account_unlock',
  'mfa_reset',
  'access_change',
  'identity_check',
] as const

/** One purpose. */
export type Purpose = (typeof purposes)[number]

/** Purposes that this release acts on or answers; the others come with their own child workflows. */
export const offeredPurposes = ['password_reset', 'identity_check'] as const satisfies readonly Purpose[]

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

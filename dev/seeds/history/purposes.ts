/**
 * The frequency of each purpose in the demo's past, and the ends of its action. A purpose without a line does not
 * occur.
 */
import type { ActingPurpose, Purpose } from '#domain/verification/verification.ts'

/** The end of an action in the past. */
export type End = 'completed' | 'expired' | 'unknown' | 'not_locked'

/** The purposes that people call for, that they choose in the portal, and that a ticket system asks for. */
const started = {
  password_reset: { agent: 57, self_service: 62, api_client: 34 },
  account_unlock: { agent: 17, self_service: 26, api_client: 20 },
  mfa_reset: { agent: 11, self_service: 12, api_client: 0 },
  access_change: { agent: 6, self_service: 0, api_client: 28 },
  identity_check: { agent: 9, self_service: 0, api_client: 18 },
} satisfies Partial<Record<Purpose, object>>

type Starter = keyof (typeof started)['password_reset']

/** The frequency of each purpose for a starter. */
export const purposesOf = (starter: Starter): Record<Purpose, number> =>
  Object.fromEntries(
    Object.entries(started).flatMap(([purpose, of]) => (of[starter] > 0 ? [[purpose, of[starter]]] : [])),
  ) as Record<Purpose, number>

/** A password has to be thought of; an unlock begins by itself, and an administrator may have been quicker. */
const ends: Partial<Record<ActingPurpose, Partial<Record<End, number>>>> = {
  password_reset: { completed: 955, expired: 40, unknown: 5 },
  account_unlock: { completed: 94, not_locked: 6 },
  mfa_reset: { completed: 95, expired: 5 },
}

/** The ends of a purpose's action, and how often each occurs. */
export const endsOf = (purpose: ActingPurpose): Record<End, number> =>
  (ends[purpose] ?? { completed: 1 }) as Record<End, number>

import type { ActingPurpose } from '#domain/verification/verification.ts'
import type { Operation } from './operation.ts'
import { resettingFactors } from './reset-factors.ts'
import { settingPassword } from './set-password.ts'
import { unlocking } from './unlock-account.ts'

/** What the worker does to an account, for each purpose that acts. */
export const operations: { readonly [P in ActingPurpose]: Operation<P> } = {
  password_reset: settingPassword,
  account_unlock: unlocking,
  mfa_reset: resettingFactors,
}

import type { ActingPurpose } from '#domain/verification/verification.ts'
import type { Operation } from './operation.ts'
import { resettingMfa } from './reset-mfa.ts'
import { settingPassword } from './set-password.ts'
import { unlocking } from './unlock-account.ts'

/** The operations of the worker on an account, for each purpose that acts. */
export const operations: { readonly [P in ActingPurpose]: Operation<P> } = {
  password_reset: settingPassword,
  account_unlock: unlocking,
  mfa_reset: resettingMfa,
}

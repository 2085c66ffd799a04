import type { Policy } from '#domain/policy/policy.ts'
import type { ActingPurpose } from '#domain/verification/verification.ts'
import { plainPolicy } from './play.ts'

const acting = ['password_reset', 'account_unlock', 'mfa_reset'] as const satisfies readonly ActingPurpose[]

/** The plain policy with a waiting time for everything that acts, for everybody, seconds. One kind of evidence is enough. */
export const waitingPolicy =
  (seconds: number) =>
  (policy: Policy): Policy => {
    const plain = plainPolicy(policy)
    const wait = { waitSeconds: seconds }
    const standard = { ...plain.rules.password_reset.standard, ...wait }
    const rules = acting.map((purpose) => {
      const privileged = { ...plain.rules[purpose].privileged, ...wait }
      return [purpose, { standard, privileged }] as const
    })
    return { ...plain, rules: { ...plain.rules, ...Object.fromEntries(rules) } }
  }

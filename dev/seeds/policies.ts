import { defaultPolicy, labPolicy } from '#domain/policy/defaults.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { purposes, tiers } from '#domain/verification/verification.ts'
import type { Chart } from './charts.ts'

const withoutApprovers = (rules: Policy['rules']): Policy['rules'] =>
  Object.fromEntries(
    purposes.map((purpose) => [
      purpose,
      Object.fromEntries(tiers.map((tier) => [tier, { ...rules[purpose][tier], asksApprover: false }])),
    ]),
  ) as Policy['rules']

/**
 * The first policy asked again sooner: with the rests of the second, in force for the last days, a caller could be asked
 * once in three months only, and the past would hold few answers. Nobody was asked to vouch yet: who had too little data was
 * turned away.
 */
export const firstPolicy = (chart: Chart): Policy => {
  const policy = chart.slug === 'lab' ? labPolicy() : defaultPolicy()
  return {
    ...policy,
    rules: withoutApprovers(policy.rules),
    questions: { ...policy.questions, familyRestDays: 6, factRestDays: 6 },
  }
}

/** An approved MFA reset waits this long at Northwind, seconds: every contact may say no first. */
const factorWaitSeconds = 2 * 3600

const withWaitingFactors = (rules: Policy['rules']): Policy['rules'] => {
  const { standard, privileged } = rules.mfa_reset
  const waitSeconds = factorWaitSeconds
  return {
    ...rules,
    mfa_reset: { standard: { ...standard, waitSeconds }, privileged: { ...privileged, waitSeconds } },
  }
}

/**
 * Where access changes, a participant may prove who they are by a sign-in at the provider, or by a code of their printed sheet.
 * Where a privileged account gets a new password, which always takes two kinds, they may approve a push.
 */
const withMoreKinds = (rules: Policy['rules']): Policy['rules'] => {
  const { access_change: access, password_reset: password } = rules
  const asked = { asksProviderSignIn: true, asksRecoverySheet: true }
  return {
    ...rules,
    access_change: {
      standard: { ...access.standard, ...asked },
      privileged: { ...access.privileged, ...asked },
    },
    password_reset: { ...password, privileged: { ...password.privileged, asksPush: true } },
  }
}

/** The policy in force: that of a fresh tenant, with a waiting time for second factors; or that of the trial tenant. */
export const secondPolicy = (chart: Chart): Policy => {
  const policy = chart.slug === 'lab' ? labPolicy() : defaultPolicy()
  const rules = withMoreKinds(policy.rules)
  // People set up a passkey at `/enrol`, while they can still sign in.
  const signIn = { ...policy.signIn, enrolPasskeys: true }
  return { ...policy, signIn, rules: chart.slug === 'lab' ? rules : withWaitingFactors(rules), version: 2 }
}

/** Days before the seed from which on the second policy holds. */
export const secondPolicyDays = 9

/** A participant whom the organisation's provider knows, and what the API says of their sign-ins. */
import { randomUUID } from 'node:crypto'
import type { Policy } from '#domain/policy/policy.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import type { Db } from '#platform/database/connect.ts'
import { inTenant, type Queryable } from '#platform/database/transaction.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import type { TestCase, TestKeys } from './case.ts'
import { leaveOneContact } from './passkeys.ts'
import { plainPolicy } from './play.ts'

/** The provider of the organisation. */
export const issuer = 'https://id.northwind.example'

/** Two kinds for every purpose and tier, of which the sign-in may be one; an agent decides, and nobody is asked to vouch. */
export const withSignIn =
  (signIn: Partial<Policy['signIn']> = {}) =>
  (policy: Policy): Policy => {
    const plain = plainPolicy(policy)
    const { standard, privileged } = plain.rules.password_reset
    const change = { classesNeeded: 2, asksProviderSignIn: true, asksApprover: false }
    const rule = { standard: { ...standard, ...change }, privileged: { ...privileged, ...change } }
    const rules = { ...plain.rules, password_reset: rule, mfa_reset: rule, identity_check: rule }
    return { ...plain, rules, signIn: { ...plain.signIn, ...signIn } }
  }

/** Leaves the participant one contact and an account at the provider, which is returned. */
export const knowAtProvider = async (owner: Queryable, of: TestCase): Promise<string> => {
  const account = `sub-${randomUUID()}`
  await leaveOneContact(owner, of)
  await owner.run('update tenants set oidc_issuer = $2 where id = $1', [of.tenantId, issuer])
  await owner.run('update people set sign_in_subject = $2 where id = $1', [of.person.id, account])
  return account
}

type Place = {
  readonly api: Db
  readonly keys: TestKeys
  readonly verifications: Pick<Verifications, 'submitProviderSignIn'>
  readonly ref: { readonly tenantId: string; readonly verificationId: string }
}

/** Seals what was said as the API does, and submits it. */
export const sendSignIn = async ({ api, keys, verifications, ref }: Place, said: object) => {
  const { tenantId, verificationId } = ref
  const id = randomUUID()
  const place = { tenantId, verificationId, kind: 'provider_sign_in', row: id } as const
  const sealed = sealForWorker(keys.api, place, JSON.stringify(said))
  await inTenant(api, tenantId, (tx) =>
    addSealedInput(tx, { id, verificationId, kind: 'provider_sign_in', sealed }),
  )
  return verifications.submitProviderSignIn(ref, id)
}

/** A sign-in with an app, just now, in a session of the case. */
export const signedIn = (sessionId: string, account: string) => {
  const now = Math.floor(Date.now() / 1000)
  return {
    ...{ kind: 'signed_in', sessionId, issuer, account },
    ...{ amr: ['pwd', 'otp'], acr: null, authenticatedAt: now, begunAt: now },
  }
}

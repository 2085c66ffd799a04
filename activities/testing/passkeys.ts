/** Does the work of a participant's authenticator and of the API in a case that asks for a passkey. */
import { randomUUID } from 'node:crypto'
import type { Policy } from '#domain/policy/policy.ts'
import { challengeHash, credentialIndex, sealCredential } from '#platform/crypto/webauthn.ts'
import { sealForWorker } from '#platform/crypto/sealed-inputs.ts'
import { putPasskeyChallenge } from '#services/passkeys/passkey-challenges.ts'
import { addSealedInput } from '#services/verifications/portal-inputs.ts'
import { inTenant, type Queryable } from '#platform/database/transaction.ts'
import type { Db } from '#platform/database/connect.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { createAuthenticator, type Authenticator, type Twist } from '#platform/testing/authenticator.ts'
import type { TestCase, TestKeys } from './case.ts'
import { plainPolicy } from './play.ts'

/** Whom passkeys of these tests answer: the portal of the demo. */
export const party = { id: 'portal.localhost', origin: 'http://portal.localhost:3710' }

/** A purpose for which one kind of evidence more than link and match code is needed. */
export const twoKinds =
  (purpose: 'identity_check' | 'password_reset') =>
  (policy: Policy): Policy => {
    const plain = plainPolicy(policy)
    const rules = plain.rules[purpose]
    const standard = { ...rules.standard, classesNeeded: 2 }
    return { ...plain, rules: { ...plain.rules, [purpose]: { ...rules, standard } } }
  }

/** Stores a passkey of the participant, as old as a test says; usable from 72 hours on. */
export const enrolPasskey = async (
  owner: Queryable,
  keys: TestKeys,
  of: TestCase,
  row: { readonly hours?: number; readonly caseId?: string } = {},
) => {
  const key = createAuthenticator(party)
  const id = randomUUID()
  const place = { tenantId: of.tenantId, table: 'passkeys', ownerId: of.person.id, id } as const
  await owner.run(
    `insert into passkeys (tenant_id, id, person_id, verification_id, credential_index, credential_sealed, name, created_at)
     values ($1, $2, $3, $4, $5, $6, 'Chrome, Windows', now() - make_interval(hours => $7))`,
    [
      of.tenantId,
      id,
      of.person.id,
      row.caseId ?? randomUUID(),
      credentialIndex(keys.api, of.tenantId, key.id),
      sealCredential(keys.api, place, key.credential),
      row.hours ?? 73,
    ],
  )
  return { key, id }
}

/** Takes the second contact away, so that the passkey is the only other kind. */
export const leaveOneContact = (owner: Queryable, of: TestCase): Promise<unknown> =>
  owner.run('update contacts set removed_at = now() where id = $1', [of.emailContact.id])

/** The fault of an answer, and the session and challenge that it is for; a fresh one of both by default. */
export type Sending = { readonly twist?: Twist; readonly sessionId?: string; readonly challenge?: string }

/** Where a passkey is asked for: over a test's world, or over one whose worker is a process of its own. */
export type PasskeyPlace = {
  readonly api: Db
  readonly keys: TestKeys
  readonly verifications: Pick<Verifications, 'submitPasskey'>
  readonly ref: { readonly tenantId: string; readonly verificationId: string }
}

/** The participant's hands in one case. */
export const createPasskeyHands = ({ api, keys, verifications, ref }: PasskeyPlace) => {
  const { tenantId, verificationId } = ref
  /** A challenge of a portal session, as the API gives it out. */
  const challengeFor = async (sessionId: string): Promise<string> => {
    const challenge = newToken()
    await inTenant(api, tenantId, (tx) =>
      putPasskeyChallenge(tx, { sessionId, use: 'prove' }, challengeHash(challenge)),
    )
    return challenge
  }
  /** Seals what was said as the API does, and submits it. */
  const send = async (said: object) => {
    const id = randomUUID()
    const place = { tenantId, verificationId, kind: 'passkey', row: id } as const
    const sealed = sealForWorker(keys.api, place, JSON.stringify(said))
    await inTenant(api, tenantId, (tx) => addSealedInput(tx, { id, verificationId, kind: 'passkey', sealed }))
    return verifications.submitPasskey(ref, id)
  }
  const prove = async (key: Authenticator, { twist, ...given }: Sending = {}) => {
    const sessionId = given.sessionId ?? randomUUID()
    const challenge = given.challenge ?? (await challengeFor(sessionId))
    return send({ kind: 'assertion', sessionId, ...key.assert(challenge, twist) })
  }
  return { challengeFor, send, prove }
}

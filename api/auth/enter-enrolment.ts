import { randomUUID } from 'node:crypto'
import { isSignInFresh, signInStrength } from '#domain/risk/sign-in-strength.ts'
import type { EventDraft } from '#domain/events/catalog.ts'
import {
  isEnrollable,
  isEnrolmentOpen,
  resolveAccount,
  startEnrolment,
} from '#services/passkeys/enrolments.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { databaseNow } from '#platform/database/clock.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import type { EnrolmentProblem } from '../contract/passkeys.ts'
import type { ApiDeps } from '../deps.ts'
import type { Identity } from './sign-in-port.ts'

type Deps = Pick<ApiDeps, 'db' | 'keys' | 'log'>

/** The cookie of a session, or the reason why there is none. */
export type Entered = { readonly token: string } | { readonly problem: EnrolmentProblem }

const record = (tx: Tx, personId: string, event: Pick<EventDraft, 'type' | 'payload'>): Promise<void> =>
  recordEvents(tx, { kind: 'participant', id: personId }, null, [
    { ...event, object: { kind: 'person', id: personId } },
  ])

const refuse = async (tx: Tx, personId: string, problem: EnrolmentProblem): Promise<Entered> => {
  await record(tx, personId, { type: 'enrolment.refused', payload: { problem } })
  return { problem }
}

const enter = async ({ keys }: Deps, tx: Tx, personId: string, identity: Identity, begunAt: number) => {
  if (!(await isEnrolmentOpen(tx)) || !(await isEnrollable(tx, personId)))
    return refuse(tx, personId, 'not_possible')
  const now = (await databaseNow(tx)).getTime() / 1000
  if (!isSignInFresh(identity.authenticatedAt, begunAt, now)) return refuse(tx, personId, 'stale')
  const { signIn, version: policyVersion } = await currentPolicy(tx)
  const strength = signInStrength(identity, signIn)
  if (strength === 'weak') return refuse(tx, personId, 'weak')
  const [id, token] = [randomUUID(), newToken()]
  const { account, amr: methods } = identity
  const session = { id, personId, tokenHash: tokenHash(token), account, methods, strength, policyVersion }
  await startEnrolment(tx, keys, session)
  const payload = { enrolmentId: id, methods: [...methods], strength }
  await record(tx, personId, { type: 'enrolment.begun', payload })
  return { token }
}

/**
 * Opens the page for passkeys to the person who signed in, and to nobody else: the identity is mapped by issuer and account,
 * never by an address (F7). A password alone opens nothing.
 */
export const enterEnrolment = async (
  deps: Deps,
  begunAt: number,
  identity: Identity | null,
): Promise<Entered> => {
  if (identity === null) return { problem: 'unanswered' }
  const found = await resolveAccount(deps.db, identity.issuer, identity.account)
  if (found === null) {
    deps.log.info('an unknown account signed in to set up a passkey', {})
    return { problem: 'not_possible' }
  }
  return inTenant(deps.db, found.tenantId, (tx) => enter(deps, tx, found.personId, identity, begunAt))
}

import { readPasskeyRequest } from '#services/passkeys/passkey-requests.ts'
import { enrolmentOf, mostPasskeyTries } from '#services/passkeys/passkeys.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { relyingPartyOf } from '#platform/crypto/webauthn.ts'
import type { PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'

/** What the page says of passkeys besides the case itself. */
export type PasskeyPage = {
  /** Tries left where one is asked for. */
  readonly triesLeft: number
  /** After a new password: one may be set up, or was. */
  readonly enrolment: 'offered' | 'enrolled' | null
}

const nothing: PasskeyPage = { triesLeft: 0, enrolment: null }

/** What is looked at of a case. */
type Shown = {
  readonly verification: {
    readonly state: string
    readonly outcome: string | null
    readonly purpose: string
    readonly person_id: string
  }
  readonly action: { readonly state: string } | null
  readonly plan: { readonly route: string } | null
}

/** The case passed and its new password is set: the one place where a passkey is offered. */
const isDone = ({ verification, action }: Shown): boolean =>
  verification.state === 'closed' &&
  verification.outcome === 'passed' &&
  verification.purpose === 'password_reset' &&
  action?.state === 'completed'

type Reading = Pick<ApiDeps, 'db' | 'settings'>

const triesLeft = async ({ db }: Reading, { tenantId, verificationId }: PortalCaller): Promise<number> => {
  const request = await inTenant(db, tenantId, (tx) => readPasskeyRequest(tx, verificationId))
  return Math.max(0, mostPasskeyTries - (request?.tries ?? 0))
}

const enrolment = async (
  { db }: Reading,
  { tenantId, verificationId, isLive }: PortalCaller,
  personId: string,
): Promise<PasskeyPage['enrolment']> => {
  const state = await inTenant(db, tenantId, (tx) => enrolmentOf(tx, verificationId, personId))
  if (state.isEnrolled) return 'enrolled'
  return isLive && state.hasRoom && !state.isDisputed ? 'offered' : null
}

/** Reads it where the case is at a step that speaks of passkeys; elsewhere it costs nothing. */
export const passkeyPageOf = async (
  deps: Reading,
  caller: PortalCaller,
  found: Shown,
): Promise<PasskeyPage> => {
  const { verification } = found
  if (found.plan?.route === 'passkey' && verification.state !== 'closed')
    return { ...nothing, triesLeft: await triesLeft(deps, caller) }
  if (!isDone(found) || relyingPartyOf(deps.settings.portalUrl) === null) return nothing
  return { ...nothing, enrolment: await enrolment(deps, caller, verification.person_id) }
}

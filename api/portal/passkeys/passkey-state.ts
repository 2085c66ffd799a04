import { readPasskeyRequest } from '#services/passkeys/passkey-requests.ts'
import { enrolmentOf, mostPasskeyTries } from '#services/passkeys/passkeys.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { relyingPartyOf } from '#platform/crypto/webauthn.ts'
import type { PortalCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'

/** Beside the case itself, the page shows this of passkeys. */
export type PasskeyPage = {
  /** Tries left where one is asked for. */
  readonly triesLeft: number
  /** After a new password: one may be set up, or was. */
  readonly enrolment: 'offered' | 'enrolled' | null
}

/** At every other step. */
export const noPasskeyPage: PasskeyPage = { triesLeft: 0, enrolment: null }

/** The page of passkeys looks at this of a case. */
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

const triesLeft = async (tx: Tx, verificationId: string): Promise<PasskeyPage> => {
  const request = await readPasskeyRequest(tx, verificationId)
  return { ...noPasskeyPage, triesLeft: Math.max(0, mostPasskeyTries - (request?.tries ?? 0)) }
}

const enrolment = async (
  tx: Tx,
  { verificationId, isLive }: PortalCaller,
  personId: string,
): Promise<PasskeyPage> => {
  const state = await enrolmentOf(tx, verificationId, personId)
  if (state.isEnrolled) return { ...noPasskeyPage, enrolment: 'enrolled' }
  const isOffered = isLive && state.hasRoom && !state.isDisputed
  return { ...noPasskeyPage, enrolment: isOffered ? 'offered' : null }
}

/** Reads it where the case is at a step that speaks of passkeys; null elsewhere: it costs nothing there. */
export const passkeyPageOf = (
  { settings }: Pick<ApiDeps, 'settings'>,
  caller: PortalCaller,
  found: Shown,
): ((tx: Tx) => Promise<PasskeyPage>) | null => {
  const { verification } = found
  if (found.plan?.route === 'passkey' && verification.state !== 'closed')
    return (tx) => triesLeft(tx, caller.verificationId)
  if (!isDone(found) || relyingPartyOf(settings.portalUrl) === null) return null
  return (tx) => enrolment(tx, caller, verification.person_id)
}

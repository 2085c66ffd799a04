import { randomUUID } from 'node:crypto'
import { addNotices } from '#services/sending/notices.ts'
import type { Person } from '#services/people/people.ts'
import {
  challengeSeconds,
  putPasskeyChallenge,
  takePasskeyChallenge,
} from '#services/passkeys/passkey-challenges.ts'
import { addPasskey, liveCredentials } from '#services/passkeys/passkeys.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readUserAgent } from '#platform/network-data/user-agent.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import {
  challengeHash,
  challengeOf,
  credentialIndex,
  passkeyAlgorithms,
  sealCredential,
  ownerHandle,
  verifyRegistration,
  type PasskeyCredential,
  type RelyingParty,
} from '#platform/crypto/webauthn.ts'
import type { PasskeyCreation, RegistrationAnswer } from '../../contract/passkeys.ts'
import type { Http } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'

type Deps = Pick<ApiDeps, 'db' | 'keys'>

/** The session in which a participant sets up a passkey, of whichever kind. */
type Session = { readonly tenantId: string; readonly sessionId: string }

/** The owner of a passkey that is about to be made, and their organisation. */
type Owner = {
  readonly person: Pick<Person, 'workEmail' | 'login'> & { readonly displayName: string }
  readonly personId: string
  readonly organisation: string
  readonly party: RelyingParty
}

/** The browser needs these options to make a passkey, with a fresh challenge for this session. */
export const creationFor = async (
  { keys }: Deps,
  tx: Tx,
  sessionId: string,
  { person, personId, organisation, party }: Owner,
): Promise<PasskeyCreation> => {
  const challenge = newToken()
  await putPasskeyChallenge(tx, { sessionId, use: 'enrol' }, challengeHash(challenge))
  const known = await liveCredentials(tx, keys, personId)
  return {
    challenge,
    rp: { id: party.id, name: organisation },
    user: {
      id: ownerHandle(keys, tx.tenantId, personId),
      name: person.workEmail ?? person.login,
      displayName: person.displayName,
    },
    algorithms: [...passkeyAlgorithms],
    exclude: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
    seconds: challengeSeconds,
  }
}

const systems: Readonly<Record<string, string>> = {
  windows: 'Windows',
  macos: 'macOS',
  ios: 'iPhone / iPad',
  android: 'Android',
  linux: 'Linux',
  chromeos: 'ChromeOS',
}

/** The name says where the passkey was made, so that its owner knows it again. */
const nameOf = ({ headers }: Http): string => {
  const header = headers['user-agent']
  const { browser, os } = readUserAgent(typeof header === 'string' ? header : undefined)
  const known = [browser, os === null ? null : (systems[os] ?? os)].filter((part) => part !== null)
  return known.length === 0 ? 'Passkey' : known.join(', ').slice(0, 60)
}

/** A passkey that an authenticator made for the challenge of a session. */
export type Made = {
  readonly credential: PasskeyCredential
  readonly signCount: number
  readonly name: string
}

/** The browser's answer, checked. The challenge is used up by the first answer, whatever it is. @throws Refused passkey_refused */
export const takeMade = async (
  { db }: Deps,
  { tenantId, sessionId }: Session,
  party: RelyingParty,
  { body, http }: { readonly body: RegistrationAnswer; readonly http: Http },
): Promise<Made> => {
  const challenge = challengeOf(body)
  const isOpen = await inTenant(db, tenantId, (tx) =>
    takePasskeyChallenge(tx, { sessionId, use: 'enrol' }, challengeHash(challenge)),
  )
  const made = isOpen ? await verifyRegistration(body, challenge, party) : null
  if (made === null) throw new Refused('passkey_refused')
  return { ...made, name: nameOf(http) }
}

/**
 * Keeps it and tells every contact, in one transaction with the event that the caller records (B12, G1); gives its id.
 * `verificationId`: the case or the enrolment that it comes from. @throws Refused passkey_refused
 */
export const keepPasskey = async (
  { keys }: Deps,
  tx: Tx,
  { verificationId, personId }: { readonly verificationId: string; readonly personId: string },
  made: Made,
): Promise<string> => {
  const { tenantId } = tx
  const id = randomUUID()
  const place = { tenantId, table: 'passkeys', ownerId: personId, id } as const
  const isAdded = await addPasskey(tx, {
    id,
    personId,
    verificationId,
    credentialIndex: credentialIndex(keys, tenantId, made.credential.id),
    credentialSealed: sealCredential(keys, place, made.credential),
    name: made.name,
    signCount: made.signCount,
  })
  if (!isAdded) throw new Refused('passkey_refused')
  await addNotices(tx, { verificationId, personId, kind: 'passkey_added', exceptContactId: null })
  return id
}

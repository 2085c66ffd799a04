import { randomUUID } from 'node:crypto'
import { addNotices } from '#services/sending/notices.ts'
import {
  challengeSeconds,
  putPasskeyChallenge,
  takePasskeyChallenge,
} from '#services/passkeys/passkey-challenges.ts'
import { addPasskey, liveCredentials } from '#services/passkeys/passkeys.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readUserAgent } from '#platform/network-data/user-agent.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import {
  challengeHash,
  challengeOf,
  credentialIndex,
  passkeyAlgorithms,
  relyingPartyOf,
  sealCredential,
  ownerHandle,
  verifyRegistration,
  type PasskeyCredential,
  type RelyingParty,
} from '#platform/crypto/webauthn.ts'
import { bind } from '../http/bind.ts'
import type { Http, PortalCaller } from '../http/callers.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { currentStep } from './current-step.ts'
import { readOwnCase, type PortalCase } from './portal-case.ts'
import { requireLive } from './with-questions.ts'

type Offer = { readonly found: PortalCase; readonly party: RelyingParty }

/** The case, when a passkey is offered at its end. @throws Refused step_over */
const requireOffer = async (deps: ApiDeps, caller: PortalCaller): Promise<Offer> => {
  requireLive(caller)
  const found = await readOwnCase(deps, caller)
  const party = relyingPartyOf(deps.settings.portalUrl)
  if (found.passkey.enrolment !== 'offered' || party === null) throw new Refused('step_over')
  return { found, party }
}

/** The browser needs these options to make a passkey, with a fresh challenge for this session. */
export const beginEnrolment = (deps: ApiDeps) =>
  bind('portal.beginEnrolment', async ({ participant }) => {
    const { found, party } = await requireOffer(deps, participant)
    const { tenantId, sessionId } = participant
    const { person, tenant, verification } = found
    const challenge = newToken()
    const known = await inTenant(deps.db, tenantId, async (tx) => {
      await putPasskeyChallenge(tx, { sessionId, use: 'enrol' }, challengeHash(challenge))
      return liveCredentials(tx, deps.keys, verification.person_id)
    })
    return {
      challenge,
      rp: { id: party.id, name: tenant.name },
      user: {
        id: ownerHandle(deps.keys, tenantId, verification.person_id),
        name: person.workEmail ?? person.login,
        displayName: person.displayName,
      },
      algorithms: [...passkeyAlgorithms],
      exclude: known.map(({ id, transports }) => ({ id, transports: [...transports] })),
      seconds: challengeSeconds,
    }
  })

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

type Made = { readonly credential: PasskeyCredential; readonly signCount: number; readonly name: string }

/** Keeps it, tells every contact, and records it, in one transaction (B12, G1). */
const keep = async (deps: ApiDeps, tx: Tx, { verification }: PortalCase, made: Made): Promise<void> => {
  const { id: verificationId, person_id: personId } = verification
  const { tenantId } = tx
  const id = randomUUID()
  const place = { tenantId, table: 'passkeys', ownerId: personId, id } as const
  const isAdded = await addPasskey(tx, {
    id,
    personId,
    verificationId,
    credentialIndex: credentialIndex(deps.keys, tenantId, made.credential.id),
    credentialSealed: sealCredential(deps.keys, place, made.credential),
    name: made.name,
    signCount: made.signCount,
  })
  if (!isAdded) throw new Refused('passkey_refused')
  await addNotices(tx, { verificationId, personId, kind: 'passkey_added', exceptContactId: null })
  await recordEvents(
    tx,
    { kind: 'participant', id: personId },
    verificationId,
    [
      {
        type: 'passkey.enrolled',
        object: { kind: 'verification', id: verificationId },
        payload: { passkeyId: id },
      },
    ],
    [],
    'to_consoles',
  )
}

/** Takes the passkey that the browser made. It is evidence from 72 hours later on, if nobody objects until then. */
export const enrolPasskey = (deps: ApiDeps) =>
  bind('portal.enrolPasskey', async ({ participant, body, http }) => {
    const { found, party } = await requireOffer(deps, participant)
    const { tenantId, sessionId } = participant
    const challenge = challengeOf(body)
    // Used up by the first answer, whatever it is.
    const isOpen = await inTenant(deps.db, tenantId, (tx) =>
      takePasskeyChallenge(tx, { sessionId, use: 'enrol' }, challengeHash(challenge)),
    )
    const made = isOpen ? await verifyRegistration(body, challenge, party) : null
    if (made === null) throw new Refused('passkey_refused')
    await inTenant(deps.db, tenantId, (tx) => keep(deps, tx, found, { ...made, name: nameOf(http) }))
    return currentStep(deps, participant)
  })

import {
  endEnrolment,
  enrolmentLevels,
  hasRoom,
  holdEnrolment,
  isEnrolmentOpen,
  resolveEnrolment,
  type Enrolment,
} from '#services/passkeys/enrolments.ts'
import { readPasskeys } from '#services/passkeys/passkeys.ts'
import { readPerson } from '#services/people/people.ts'
import { beginSignIn } from '#services/staff/sessions.ts'
import { readBrand } from '#services/tenants/tenants.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { relyingPartyOf, type RelyingParty } from '#platform/crypto/webauthn.ts'
import type { EnrolmentPage } from '../contract/passkeys.ts'
import { bind } from '../http/bind.ts'
import type { Http } from '../http/callers.ts'
import { enrolmentCookie, readCookie } from '../http/cookies.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { brandOf } from '../portal/current-step.ts'
import { creationFor, keepPasskey, takeMade, type Made } from '../portal/passkeys/make-passkey.ts'
import type { PublicDeps } from './link-step.ts'

/** Work in the transaction that holds the session of this browser. @throws Refused session_ended, where there is none */
const within = async <T>(
  deps: ApiDeps,
  http: Http,
  work: (tx: Tx, enrolment: Enrolment) => Promise<T>,
): Promise<T> => {
  const token = readCookie(http.headers['cookie'] as string | undefined, enrolmentCookie)
  const hash = tokenHash(token ?? '')
  const found = token === null ? null : await resolveEnrolment(deps.db, hash)
  if (found === null) throw new Refused('session_ended')
  return inTenant(deps.db, found.tenantId, async (tx) => {
    const enrolment = await holdEnrolment(tx, deps.keys, found.id, hash)
    if (enrolment === undefined || !(await isEnrolmentOpen(tx))) throw new Refused('session_ended')
    return work(tx, enrolment)
  })
}

/** Portal and passkeys need a name for the portal's host, and an organisation that wants them. */
const levelsOf = async ({ db, settings }: ApiDeps): Promise<readonly string[] | null> =>
  relyingPartyOf(settings.portalUrl) === null ? null : enrolmentLevels(db, settings.oidcIssuer)

const startPage = async (deps: ApiDeps): Promise<EnrolmentPage> => ({
  kind: 'start',
  isOffered: (await levelsOf(deps)) !== null,
  host: new URL(deps.settings.oidcIssuer).host,
})

const ownPage = async (tx: Tx, personId: string) => {
  const { name: organisation, settings } = await readBrand(tx)
  const passkeys = await readPasskeys(tx, personId)
  return {
    brand: brandOf(organisation, settings),
    name: (await readPerson(tx, personId)).name,
    passkeys: passkeys.map(({ name, createdAt, state }) => ({
      name,
      createdAt: createdAt.toISOString(),
      state,
    })),
  }
}

/** The page of whoever signed in; without a session it says the same to everybody. */
export const enrolment = (deps: PublicDeps) =>
  bind('public.enrolment', async ({ http }): Promise<EnrolmentPage> => {
    try {
      return await within(deps, http, async (tx, { personId }) => {
        const own = await ownPage(tx, personId)
        return { kind: 'signed_in' as const, ...own, isFull: !hasRoom(own.passkeys.length) }
      })
    } catch (error) {
      if (error instanceof Refused && error.refusal.code === 'session_ended') return startPage(deps)
      throw error
    }
  })

/** Begins the sign-in; state, nonce and verifier are tied to this browser (F7). A provider that is down gives no address. */
export const signInToEnrol = (deps: PublicDeps) =>
  bind('public.signInToEnrol', async ({ http }) => {
    const acrValues = await levelsOf(deps)
    if (acrValues === null) throw new Refused('step_over')
    await deps.signInsBegun.consume(http.client.address)
    const start = await deps.participantSignIn.begin({ now: true, acrValues }).catch((error: unknown) => {
      deps.log.warn('the identity provider does not answer', { error: String((error as Error).name) })
      return null
    })
    if (start === null) return { url: null }
    const cookie = newToken()
    await beginSignIn(deps.db, {
      stateHash: tokenHash(start.state),
      cookieHash: tokenHash(cookie),
      nonce: start.nonce,
      codeVerifier: start.codeVerifier,
      returnTo: '/enrol',
      isEnrolment: true,
    })
    http.cookies.beginParticipantSignIn(cookie)
    return { url: start.url }
  })

/** The relying party, where one more passkey may be made. @throws Refused step_over */
const requireRoom = async ({ settings }: ApiDeps, tx: Tx, personId: string): Promise<RelyingParty> => {
  const party = relyingPartyOf(settings.portalUrl)
  if (party === null || !hasRoom((await readPasskeys(tx, personId)).length)) throw new Refused('step_over')
  return party
}

/** The browser needs these options to make a passkey, with a fresh challenge for this session. */
export const beginOwnPasskey = (deps: PublicDeps) =>
  bind('public.beginOwnPasskey', ({ http }) =>
    within(deps, http, async (tx, { enrolmentId, personId }) => {
      const party = await requireRoom(deps, tx, personId)
      const { name: displayName, login, workEmail } = await readPerson(tx, personId)
      const { name: organisation } = await readBrand(tx)
      const owner = { person: { displayName, login, workEmail }, personId, organisation, party }
      return creationFor(deps, tx, enrolmentId, owner)
    }),
  )

/** Keeps it, ends the session with it, tells every contact, and records it. */
const keep = async (deps: ApiDeps, tx: Tx, { enrolmentId, personId }: Enrolment, made: Made) => {
  const passkeyId = await keepPasskey(deps, tx, { verificationId: enrolmentId, personId }, made)
  await endEnrolment(tx, enrolmentId)
  const own = await ownPage(tx, personId)
  await notify(tx, 'person', personId)
  const payload = { passkeyId, enrolmentId }
  const object = { kind: 'person' as const, id: personId }
  await recordEvents(tx, { kind: 'participant', id: personId }, null, [
    { type: 'passkey.enrolled', object, payload },
  ])
  return { kind: 'done' as const, ...own }
}

/**
 * Takes the passkey that the browser made: one for each sign-in. It is evidence from 72 hours later on, if nobody objects
 * until then.
 */
export const addOwnPasskey = (deps: PublicDeps) =>
  bind('public.addOwnPasskey', async ({ body, http }): Promise<EnrolmentPage> => {
    const { session, party } = await within(deps, http, async (tx, { tenantId, enrolmentId, personId }) => ({
      session: { tenantId, sessionId: enrolmentId },
      party: await requireRoom(deps, tx, personId),
    }))
    const made = await takeMade(deps, session, party, { body, http })
    const page = await within(deps, http, (tx, held) => keep(deps, tx, held, made))
    http.cookies.endEnrolment()
    return page
  })

/** Ends the session where there is one; the answer is the same without. */
export const leaveEnrolment = (deps: PublicDeps) =>
  bind('public.leaveEnrolment', async ({ http }) => {
    http.cookies.endEnrolment()
    await within(deps, http, (tx, { enrolmentId }) => endEnrolment(tx, enrolmentId)).catch(
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error
      },
    )
    return undefined
  })

import { randomUUID } from 'node:crypto'
import {
  challengeSeconds,
  putPasskeyChallenge,
  takePasskeyChallenge,
} from '#services/passkeys/passkey-challenges.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import {
  addStaffPasskey,
  listStaffPasskeys,
  openStaffPasskeys,
  readStepUp,
  removeStaffPasskey,
  renameStaffPasskey,
} from '#services/staff/staff-passkeys.ts'
import { tellStaff } from '#services/staff/staff-notices.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import {
  challengeHash,
  challengeOf,
  credentialIndex,
  ownerHandle,
  passkeyAlgorithms,
  relyingPartyOf,
  sealCredential,
  verifyRegistration,
} from '#platform/crypto/webauthn.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { actorOf } from '../scope.ts'

const record = (
  tx: Tx,
  staff: StaffCaller,
  type: 'staff.passkey_added' | 'staff.passkey_removed',
  passkeyId: string,
) =>
  recordEvents(tx, actorOf(staff), null, [
    { type, object: { kind: 'staff', id: staff.staffId }, payload: { passkeyId } },
  ])

/**
 * A passkey is set up or taken away only by who proved just now to be its owner: with a passkey, or, where there is none
 * (or none at hand), by signing in anew. A session that was stolen can do neither (F6).
 * @throws Refused step_up_required or sign_in_again_required
 */
const requireProof = async (tx: Tx, staff: StaffCaller, what: 'add' | 'remove'): Promise<void> => {
  const { hasPasskey, secondsLeft, isFresh } = await readStepUp(tx, staff.sessionId)
  if (secondsLeft > 0 || (isFresh && (what === 'remove' || !hasPasskey))) return
  throw new Refused(hasPasskey ? 'step_up_required' : 'sign_in_again_required')
}

/** Own passkeys, and whether another may be set up now. */
export const staffPasskeys = ({ db, settings }: ApiDeps) =>
  bind('console.passkeys', async ({ staff }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const rows = await listStaffPasskeys(tx, staff.staffId)
      const { hasPasskey, secondsLeft, isFresh } = await readStepUp(tx, staff.sessionId)
      return {
        isOffered: relyingPartyOf(settings.consoleUrl) !== null,
        needs: hasPasskey || secondsLeft > 0 || isFresh ? null : ('sign_in_again' as const),
        passkeys: rows.map(({ createdAt, lastUsedAt, ...row }) => ({
          ...row,
          createdAt: createdAt.toISOString(),
          lastUsedAt: lastUsedAt?.toISOString() ?? null,
        })),
      }
    }),
  )

/** The browser needs these options to make a passkey. */
export const beginStaffPasskey = (deps: ApiDeps) =>
  bind('console.beginPasskey', async ({ staff }) => {
    const party = relyingPartyOf(deps.settings.consoleUrl)
    if (party === null) throw new Refused('not_permitted')
    const challenge = newToken()
    const own = await inTenant(deps.db, staff.tenantId, async (tx) => {
      await requireProof(tx, staff, 'add')
      await putPasskeyChallenge(
        tx,
        { sessionId: staff.sessionId, use: 'staff_enrol' },
        challengeHash(challenge),
      )
      return openStaffPasskeys(tx, deps.keys, staff.staffId)
    })
    return {
      challenge,
      rp: { id: party.id, name: `Countersign, ${staff.tenantName}` },
      user: {
        id: ownerHandle(deps.keys, staff.tenantId, staff.staffId),
        name: staff.email,
        displayName: staff.name,
      },
      algorithms: [...passkeyAlgorithms],
      exclude: own.map(({ credential: { id, transports } }) => ({ id, transports: [...transports] })),
      seconds: challengeSeconds,
    }
  })

/** Keeps the passkey that the browser made, tells its owner by mail and records it. */
export const addPasskeyOfStaff = (deps: ApiDeps) =>
  bind('console.addPasskey', async ({ staff, body }) => {
    const { name, ...answer } = body
    const { tenantId, staffId, sessionId } = staff
    const party = relyingPartyOf(deps.settings.consoleUrl)
    const challenge = challengeOf(answer)
    // Used up by the first answer, whatever it is.
    const isOpen = await inTenant(deps.db, tenantId, async (tx) => {
      await requireProof(tx, staff, 'add')
      return takePasskeyChallenge(tx, { sessionId, use: 'staff_enrol' }, challengeHash(challenge))
    })
    const made = isOpen && party !== null ? await verifyRegistration(answer, challenge, party) : null
    if (made === null) throw new Refused('passkey_refused')
    const id = randomUUID()
    const place = { tenantId, table: 'staff_passkeys', ownerId: staffId, id } as const
    await inTenant(deps.db, tenantId, async (tx) => {
      const isAdded = await addStaffPasskey(tx, {
        id,
        staffId,
        credentialIndex: credentialIndex(deps.keys, tenantId, made.credential.id),
        credentialSealed: sealCredential(deps.keys, place, made.credential),
        name,
        signCount: made.signCount,
      })
      if (!isAdded) throw new Refused('passkey_refused')
      await tellStaff(tx, staffId, { kind: 'passkey_added', about: id })
      await record(tx, staff, 'staff.passkey_added', id)
    })
    return { done: true as const }
  })

/** Another name for one's own passkey. */
export const renamePasskey = ({ db }: ApiDeps) =>
  bind('console.renamePasskey', async ({ staff, params, body }) => {
    const own = { staffId: staff.staffId, passkeyId: params.passkeyId }
    const isDone = await inTenant(db, staff.tenantId, (tx) => renameStaffPasskey(tx, own, body.name))
    if (!isDone) throw new Refused('not_found')
    return { done: true as const }
  })

/** Takes one's own passkey away. What it confirmed still asks for one afterwards. */
export const removePasskeyOfStaff = ({ db }: ApiDeps) =>
  bind('console.removePasskey', async ({ staff, params: { passkeyId } }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      const own = { staffId: staff.staffId, passkeyId }
      const rows = await listStaffPasskeys(tx, staff.staffId)
      if (!rows.some(({ id }) => id === passkeyId)) throw new Refused('not_found')
      await requireProof(tx, staff, 'remove')
      if (!(await removeStaffPasskey(tx, own, 'own'))) throw new Refused('not_found')
      await tellStaff(tx, staff.staffId, { kind: 'passkey_removed', about: passkeyId })
      await record(tx, staff, 'staff.passkey_removed', passkeyId)
    })
    return { done: true as const }
  })

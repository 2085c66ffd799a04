import {
  challengeSeconds,
  putPasskeyChallenge,
  takePasskeyChallenge,
} from '#services/passkeys/passkey-challenges.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import {
  noteStaffPasskeyUse,
  openStaffPasskeys,
  removeStaffPasskey,
  renewStaffSession,
  stepUpSeconds,
} from '#services/staff/staff-passkeys.ts'
import { tellStaff } from '#services/staff/staff-notices.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { challengeHash, challengeOf, relyingPartyOf, verifyAssertion } from '#platform/crypto/webauthn.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { AssertionAnswer } from '../../contract/passkeys.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { csrfTokenOf } from '../../http/middleware/csrf.ts'
import { actorOf } from '../scope.ts'

/** The cookie lives as long as a session may at most; the server's row decides. */
const sessionSeconds = 8 * 3600

/** A fresh challenge for this session and its owner's passkeys. */
export const beginStepUp = (deps: ApiDeps) =>
  bind('console.beginStepUp', async ({ staff }) => {
    const party = relyingPartyOf(deps.settings.consoleUrl)
    const challenge = newToken()
    const passkeys = await inTenant(deps.db, staff.tenantId, async (tx) => {
      const own = await openStaffPasskeys(tx, deps.keys, staff.staffId)
      await putPasskeyChallenge(tx, { sessionId: staff.sessionId, use: 'step_up' }, challengeHash(challenge))
      return own
    })
    if (party === null || passkeys.length === 0) throw new Refused('sign_in_again_required')
    const allow = passkeys.map(({ credential: { id, transports } }) => ({ id, transports: [...transports] }))
    return { challenge, rpId: party.id, allow, seconds: challengeSeconds }
  })

/** The passkey that answered rightly; a copied one is taken away and its owner told. */
const judge = async (deps: ApiDeps, tx: Tx, staff: StaffCaller, said: AssertionAnswer): Promise<boolean> => {
  const party = relyingPartyOf(deps.settings.consoleUrl)
  const challenge = challengeOf(said)
  const at = { sessionId: staff.sessionId, use: 'step_up' } as const
  const isOpen = await takePasskeyChallenge(tx, at, challengeHash(challenge))
  if (party === null || !isOpen) return false
  const passkey = (await openStaffPasskeys(tx, deps.keys, staff.staffId)).find(
    ({ credential }) => credential.id === said.id,
  )
  if (passkey === undefined) return false
  const result = await verifyAssertion(said, challenge, party, passkey)
  if (result.kind === 'good') {
    await noteStaffPasskeyUse(tx, passkey.id, result.signCount)
    return true
  }
  if (result.kind === 'cloned') {
    await removeStaffPasskey(tx, { staffId: staff.staffId, passkeyId: passkey.id }, 'counter_went_back')
    await tellStaff(tx, staff.staffId, { kind: 'passkey_removed', about: passkey.id })
    deps.log.warn('the counter of a passkey went back: it is taken away', { tenantId: staff.tenantId })
  }
  return false
}

/** Confirms with a passkey. The session gets a new id, and the old one dies (F2, F6). */
export const stepUp = (deps: ApiDeps) =>
  bind('console.stepUp', async ({ staff, body, http }) => {
    const token = newToken()
    const csrfToken = csrfTokenOf(token)
    const isDone = await inTenant(deps.db, staff.tenantId, async (tx) => {
      const isRight = await judge(deps, tx, staff, body)
      const hash = tokenHash(token)
      const mark = tokenMark(deps.keys, 'staff_sessions', { ...staff, tokenHash: hash })
      const fresh = { tokenHash: hash, tokenMark: mark, csrfHash: tokenHash(csrfToken) }
      const isRenewed = isRight && (await renewStaffSession(tx, staff.sessionId, fresh))
      const type = isRenewed ? 'staff.stepped_up' : 'staff.step_up_refused'
      await recordEvents(tx, actorOf(staff), null, [
        { type, object: { kind: 'staff', id: staff.staffId }, payload: {} },
      ])
      return isRenewed
    })
    if (!isDone) throw new Refused('passkey_refused')
    http.cookies.set(token, sessionSeconds)
    return { csrfToken, seconds: stepUpSeconds }
  })

import { endStaffSession } from '#services/staff/sessions.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { actorOf } from '../scope.ts'

/**
 * Ends the session here; the answer's `Clear-Site-Data` empties what the browser kept (F4, F11). The console
 * then goes where `providerUrl` says, which ends the provider's session too.
 */
export const signOut = ({ db, signIn, log }: ApiDeps) => {
  /** Our own session has ended by then: a provider that does not answer must not look like a failed sign-out. */
  const providerUrl = async (): Promise<string | null> => {
    try {
      return await signIn.signOutUrl()
    } catch (error) {
      log.warn('identity provider did not answer at sign-out', { error })
      return null
    }
  }
  return bind('console.signOut', async ({ staff, http }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      await endStaffSession(tx, staff.sessionId)
      await recordEvents(tx, actorOf(staff), null, [
        { type: 'staff.signed_out', object: { kind: 'staff', id: staff.staffId }, payload: {} },
      ])
    })
    http.cookies.clear()
    return { done: true as const, providerUrl: await providerUrl() }
  })
}

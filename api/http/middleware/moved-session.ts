import { noteMovedSession } from '#services/staff/moved-sessions.ts'
import type { StaffSessionRow } from '#services/staff/sessions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { movedTo } from '#services/staff/session-place.ts'
import type { ApiDeps } from '../../deps.ts'
import type { Ctx } from '../state.ts'

/**
 * True if a session still holds for this request. If it is used in another browser and network than where it was signed
 * in, each change raises one alarm; under elevated threat the session ends, and its holder signs in again (F4, B16).
 */
export const holdsHere = async (
  deps: Pick<ApiDeps, 'db' | 'keys' | 'factTools'>,
  { headers, state: { client } }: Ctx,
  { tenantId, sessionId, staffId, name, place }: StaffSessionRow,
): Promise<boolean> => {
  const seen = { userAgent: headers['user-agent'], address: client.address }
  const now = movedTo(deps, tenantId, place, seen)
  if (now === null) return true
  const isEnded = place.isThreatElevated
  if (isEnded || now.toString('hex') !== place.movedTo)
    await inTenant(deps.db, tenantId, (tx) =>
      noteMovedSession(tx, { sessionId, staffId, name, movedTo: now, isEnded }),
    )
  return !isEnded
}

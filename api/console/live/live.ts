import { may } from '#domain/roles.ts'
import { isStaffSessionLive } from '#services/staff/sessions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Unavailable } from '../../http/errors.ts'

/** Ids of verifications and people that changed, as server-sent events; the console fetches what it shows. */
export const live = ({ db, live: hub }: ApiDeps) =>
  bind('console.live', async ({ staff }) => {
    if (!hub.hasRoom(staff)) throw new Unavailable(30)
    return {
      takeover: async (response) => {
        response.statusCode = 200
        response.setHeader('Content-Type', 'text/event-stream; charset=utf-8')
        response.setHeader('X-Accel-Buffering', 'no')
        response.socket?.setTimeout(0)
        response.flushHeaders()
        hub.add({
          tenantId: staff.tenantId,
          sessionId: staff.sessionId,
          isWatching: may(staff.role, 'threat.switch'),
          response,
          isSignedIn: () => inTenant(db, staff.tenantId, (tx) => isStaffSessionLive(tx, staff.sessionId)),
        })
      },
    }
  })

/** A staff session was used in another browser and network than where it was signed in: an alarm (F4). */
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { tellOfMovedSession } from './staff-notices.ts'
import { daysAgo, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { SessionMove, StaffSession } from './models.ts'

/** A session that was used elsewhere. */
export type MovedSession = {
  readonly sessionId: string
  readonly staffId: string
  readonly name: string
  readonly movedTo: Buffer
  /** Under elevated threat it ends, and the member of staff has to sign in again. */
  readonly isEnded: boolean
}

/** A moved session, as it is shown. */
export type ShownMovedSession = {
  readonly id: string
  readonly staffName: string
  readonly isEnded: boolean
  readonly at: Date
}

/**
 * Keeps the session's new place, or ends it, and records it once for each change, however many requests come at once. The
 * alarm and its mail come once an hour for each member.
 */
export const noteMovedSession = async (
  tx: Tx,
  { sessionId, staffId, name, movedTo, isEnded }: MovedSession,
): Promise<void> => {
  const isNew = await StaffSession.of(tx)
    .where({ id: sessionId, endedAt: null })
    .whereRaw('(? or moved_to is distinct from ?)', [isEnded, movedTo])
    .patch({ movedTo, endedAt: isEnded ? now() : null })
  if (isNew === 0) return
  await recordEvents(tx, { kind: 'system', id: 'api' }, null, [
    { type: 'staff.session_moved', object: { kind: 'staff', id: staffId }, payload: { ended: isEnded } },
  ])
  const raised = await tx.one<{ id: string }>(
    `insert into moved_sessions (tenant_id, staff_id, staff_name, is_ended) select $1, $2, $3, $4
     where not exists (select from moved_sessions
       where tenant_id = $1 and staff_id = $2 and is_ended = $4 and moved_at > now() - interval '1 hour')
     returning id`,
    [tx.tenantId, staffId, name, isEnded],
  )
  if (raised === undefined) return
  await tellOfMovedSession(tx, raised.id, { id: staffId, name })
  await notify(tx, 'alarm', raised.id)
}

/** Moved sessions of the last thirty days, newest first. */
export const readMovedSessions = async (tx: Tx, limit: number): Promise<ShownMovedSession[]> =>
  SessionMove.of(tx)
    .where('movedAt', '>', daysAgo(30))
    .orderBy('movedAt', 'desc')
    .limit(limit)
    .select('id', 'staffName', 'isEnded', 'movedAt as at')
    .castTo<ShownMovedSession[]>()

/** True if one moved within a day. */
export const isSessionMoved = async (tx: Tx): Promise<boolean> =>
  (await SessionMove.of(tx).where('movedAt', '>', daysAgo(1)).select('id').first()) !== undefined

import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { takeEffects } from '#services/policy/policy-delays.ts'
import { finishStaffNotice, takeStaffNotices, tellAdmins } from '#services/staff/staff-notices.ts'
import type { TakenStaffNotice } from '#services/staff/staff-notices.ts'
import { readLetterhead, type Letterhead } from '#services/messages/letterhead.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { staffNotice } from '#services/messages/staff-notices.ts'
import type { ActivityDeps, Message } from '../ports.ts'
import { emailRecipient } from './recipient.ts'
import { atOnce, sendNotice } from './send-notice.ts'

type StaffNoticeDeps = Pick<ActivityDeps, 'db' | 'messenger' | 'log'>

/** Tells that delayed policies took effect, and sends what waits for a tenant's admins; gives how many it took. */
export const sendStaffNotices = async (deps: StaffNoticeDeps, tenantId: string): Promise<number> => {
  await inTenant(deps.db, tenantId, tellEffects)
  const { taken, head } = await inTenant(deps.db, tenantId, async (tx) => ({
    taken: await takeStaffNotices(tx, atOnce),
    head: await readLetterhead(tx, null),
  }))
  await Promise.all(taken.map((notice) => sendOne(deps, tenantId, notice, head)))
  return taken.length
}

/** In one transaction with the row that says so: told once, and never without its event. */
const tellEffects = async (tx: Tx): Promise<void> => {
  for (const { version, byName } of await takeEffects(tx)) {
    await tellAdmins(tx, { kind: 'took_effect', about: String(version), byName, takesEffectAt: null })
    await recordEvents(
      tx,
      { kind: 'system', id: 'policy' },
      null,
      [{ type: 'policy.took_effect', object: { kind: 'policy', id: String(version) }, payload: { version } }],
      [uuidOf('policy-took-effect', tx.tenantId, String(version))],
    )
  }
}

const messageOf = (notice: TakenStaffNotice, head: Letterhead): Message | null => {
  const to = emailRecipient(notice.email)
  if (to === null) return null
  return {
    channel: 'email',
    to,
    ...staffNotice(notice, head, notice),
    sender: head.sender,
    reference: notice.id,
  }
}

const sendOne = (
  deps: StaffNoticeDeps,
  tenantId: string,
  notice: TakenStaffNotice,
  head: Letterhead,
): Promise<void> =>
  sendNotice(deps, tenantId, notice.tries, {
    write: () => messageOf(notice, head),
    finish: (tx, end) => finishStaffNotice(tx, notice.id, end.status, end.againInSeconds),
    warn: (code) => deps.log.warn('a notice to an admin was not accepted', { tenantId, code }),
  })

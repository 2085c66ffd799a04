import {
  finishNamingNotice,
  takeNamingEffects,
  takeNamingNotices,
  type TakenNamingNotice,
} from '#services/approvals/naming-notices.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { write } from '#services/messages/write.ts'
import type { ActivityDeps, Message } from '../ports.ts'
import { emailRecipient } from './recipient.ts'
import { atOnce, sendNotice } from './send-notice.ts'

type NamingNoticeDeps = Pick<ActivityDeps, 'db' | 'messenger' | 'log'>

/** Tells those who were named to vouch, once that holds; gives how many notices it took. */
export const sendNamingNotices = async (deps: NamingNoticeDeps, tenantId: string): Promise<number> => {
  await inTenant(deps.db, tenantId, recordEffects)
  const taken = await inTenant(deps.db, tenantId, (tx) => takeNamingNotices(tx, atOnce))
  await Promise.all(taken.map((notice) => sendOne(deps, tenantId, notice)))
  return taken.length
}

/** In one transaction with the row that says so: told once, and never without its event. */
const recordEffects = async (tx: Tx): Promise<void> => {
  const effects = await takeNamingEffects(tx)
  if (effects.length === 0) return
  await recordEvents(
    tx,
    { kind: 'system', id: 'namings' },
    null,
    effects.map(({ approverId, ...payload }) => ({
      type: 'approver.name_took_effect' as const,
      object: { kind: 'person' as const, id: approverId },
      payload,
    })),
    effects.map(({ namingId }) => uuidOf('naming-took-effect', tx.tenantId, namingId)),
  )
}

const messageOf = async (
  tx: Tx,
  { namingId, email, at, ...reader }: TakenNamingNotice,
): Promise<Message | null> => {
  const to = email === null ? null : emailRecipient(email)
  if (to === null) return null
  const values = { link: null, code: null, minutes: 0 }
  const named = { kind: 'approver_named', channel: 'email', reader, of: null, at, values } as const
  const { content } = await write(tx, named)
  return { channel: 'email', to, ...content, reference: namingId }
}

const sendOne = (deps: NamingNoticeDeps, tenantId: string, notice: TakenNamingNotice): Promise<void> =>
  sendNotice(deps, tenantId, notice.tries, {
    write: () => inTenant(deps.db, tenantId, (tx) => messageOf(tx, notice)),
    finish: (tx, end) => finishNamingNotice(tx, notice.namingId, end.status, end.againInSeconds),
    warn: (code) => deps.log.warn('a notice to somebody who was named was not accepted', { tenantId, code }),
  })

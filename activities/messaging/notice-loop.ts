import { readContact, readPerson } from '#platform/server/db/contacts-read.ts'
import { finishNotice, takeNotices, type TakenNotice } from '#platform/server/db/notices.ts'
import { readPolicyOf } from '#platform/server/db/policies.ts'
import { recordEvents, uuidOf } from '#platform/server/db/record-events.ts'
import { readOrganisation } from '#platform/server/db/tenants-read.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import type { ActivityDeps, Message } from '../ports.ts'
import { write } from '#platform/server/messages/write.ts'
import { wayTo } from './recipient.ts'
import { reportAddress } from './report-address.ts'
import { atOnce, sendNotice, type NoticeEnd } from './send-notice.ts'

type NoticeDeps = Pick<ActivityDeps, 'db' | 'keys' | 'messenger' | 'portalUrl' | 'log'>

/**
 * Sends what waits for one tenant; gives how many it took. Each notice is marked begun before it is sent and never begun
 * twice unless the provider provably took nothing (R2).
 */
export const sendNotices = async (deps: NoticeDeps, tenantId: string): Promise<number> => {
  const taken = await inTenant(deps.db, tenantId, (tx) => takeNotices(tx, atOnce))
  await Promise.all(taken.map((notice) => sendOne(deps, tenantId, notice)))
  return taken.length
}

const sendOne = (deps: NoticeDeps, tenantId: string, notice: TakenNotice): Promise<void> =>
  sendNotice(deps, tenantId, notice.tries, {
    write: () => inTenant(deps.db, tenantId, (tx) => messageOf(deps, tx, notice)),
    finish: (tx, end) => finish(tx, notice, end),
    warn: (code) =>
      deps.log.warn('a notice was not accepted', {
        tenantId,
        verificationId: notice.verificationId,
        code,
      }),
  })

/** The notice with its own "this was not me" link; null when its contact is no longer on file. */
const messageOf = async (deps: NoticeDeps, tx: Tx, notice: TakenNotice): Promise<Message | null> => {
  const contact = await readContact(tx, deps.keys, notice.contactId)
  if (contact === undefined) return null
  const { channel, to } = wayTo(contact)
  if (to === null) return null
  const { verificationId, personId } = notice
  const policy = await readPolicyOf(tx, verificationId)
  const link = await reportAddress(deps, tx, { verificationId, personId, policy })
  const person = await readPerson(tx, personId)
  const { subject, text } = await write(tx, notice.kind, channel, person.language, {
    organisation: await readOrganisation(tx),
    link,
    code: null,
    minutes: Math.round(policy.lifetimes.reportLink / 60),
  })
  return { channel, to, subject, text, reference: notice.id }
}

const finish = async (tx: Tx, notice: TakenNotice, end: NoticeEnd): Promise<void> => {
  await finishNotice(tx, notice.id, end.status, end.againInSeconds)
  if (end.status !== 'sent') return
  const object = { kind: 'verification' as const, id: notice.verificationId }
  const payload = { notice: notice.kind, contactId: notice.contactId }
  const draft = { type: 'notice.sent' as const, object, payload }
  const actor = { kind: 'system' as const, id: 'notices' }
  await recordEvents(tx, actor, notice.verificationId, [draft], [uuidOf('notice-sent', notice.id)])
}

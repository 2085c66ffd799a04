import { readContact } from '#services/people/contacts.ts'
import { readPerson } from '#services/people/people.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { isCapReached } from '#domain/policy/caps.ts'
import { isLandline } from '#domain/policy/may-send.ts'
import { countSends, prefixIndexOf, takeSendTurn } from '#services/sending/send-counts.ts'
import {
  countNotice,
  finishNotice,
  isOfUnopenedHelp,
  takeNotices,
  type TakenNotice,
} from '#services/sending/notices.ts'
import { placeOf, placeOfPerson } from '#services/passkeys/enrolments.ts'
import { currentPolicy, readPolicyOf } from '#services/policy/policies.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { ActivityDeps, Message } from '../ports.ts'
import { write } from '#services/messages/write.ts'
import { addressOf } from './recipient.ts'
import { reportAddress } from './report-address.ts'
import { atOnce, sendNotice, type NoticeEnd } from './send-notice.ts'

type NoticeDeps = Pick<ActivityDeps, 'db' | 'keys' | 'messenger' | 'portalUrl' | 'log'>

/**
 * Sends the notices that wait for one tenant; returns how many it took. Each notice is marked begun before it is sent and
 * never begun twice unless the provider provably took nothing (R2).
 */
export const sendNotices = async (deps: NoticeDeps, tenantId: string): Promise<number> => {
  const taken = await inTenant(deps.db, tenantId, (tx) => takeNotices(tx, atOnce))
  await Promise.all(taken.map((notice) => sendOne(deps, tenantId, notice)))
  return taken.length
}

const sendOne = (deps: NoticeDeps, tenantId: string, notice: TakenNotice): Promise<void> => {
  let isDropped = false
  return sendNotice(deps, tenantId, notice.tries, {
    write: () =>
      inTenant(deps.db, tenantId, async (tx) => {
        isDropped = await isOverBudget(deps, tx, notice)
        return isDropped ? null : messageOf(deps, tx, notice)
      }),
    finish: (tx, end) => finish(tx, notice, end, isDropped),
    warn: (code) =>
      deps.log.warn('a notice was not accepted', {
        tenantId,
        verificationId: notice.verificationId,
        code: isDropped ? 'over_budget' : code,
      }),
  })
}

/**
 * A request for help on the public page in a person's name sends messages to their contacts. Such a notice counts towards the
 * budgets, and is dropped where one is used up (H3, T18). So is an invitation. Any other notice is sent, whatever was sent before (B12).
 */
const isOverBudget = async (deps: NoticeDeps, tx: Tx, notice: TakenNotice): Promise<boolean> => {
  // One that no provider took is counted already.
  if (notice.tries > 1 || !(isInvitation(notice) || (await isOfUnopenedHelp(tx, notice)))) return false
  const contact = await readContact(tx, deps.keys, notice.contactId)
  if (contact === undefined) return false
  await takeSendTurn(tx)
  const { limits } = await policyOf(tx, notice)
  const prefixIndex = prefixIndexOf(deps.keys, tx.tenantId, contact)
  const budgets = [
    { by: 'person', value: notice.personId, caps: limits.sendsPerParticipant, withNotices: true },
    { by: 'number', value: contact.valueIndex, caps: limits.sendsPerContact, withNotices: true },
    { by: 'prefix', value: prefixIndex, caps: limits.sendsPerPrefix },
    { by: 'tenant', value: null, caps: limits.sendsPerTenant },
  ] as const
  const counts = await countSends(tx, budgets)
  if (budgets.some(({ caps }, index) => isCapReached(caps, counts[index] ?? []))) return true
  await countNotice(tx, notice.id, { numberIndex: contact.valueIndex, prefixIndex })
  return false
}

/** An invitation is about no case, and nobody has to get it at once. */
const isInvitation = ({ kind }: TakenNotice): boolean => kind === 'passkey_invitation'

const policyOf = (tx: Tx, notice: TakenNotice): Promise<Policy> =>
  isInvitation(notice) ? currentPolicy(tx) : readPolicyOf(tx, notice.verificationId)

/** The notice with its own "this was not me" link; null when its contact is no longer on file, or is a landline. */
const messageOf = async (deps: NoticeDeps, tx: Tx, notice: TakenNotice): Promise<Message | null> => {
  const contact = await readContact(tx, deps.keys, notice.contactId)
  if (contact === undefined || isLandline(contact.lineType)) return null
  const { channel, to } = addressOf(contact)
  if (to === null) return null
  const { verificationId, personId } = notice
  const policy = await policyOf(tx, notice)
  const link = isInvitation(notice)
    ? `${deps.portalUrl}/enrol`
    : await reportAddress(deps, tx, { verificationId, personId, policy })
  const { content } = await write(tx, {
    kind: notice.kind,
    channel,
    reader: await readPerson(tx, personId),
    of: { verificationId },
    at: notice.at,
    values: { link, code: null, minutes: Math.round(policy.lifetimes.reportLink / 60) },
  })
  return { channel, to, ...content, reference: notice.id }
}

const finish = async (tx: Tx, notice: TakenNotice, end: NoticeEnd, isDropped: boolean): Promise<void> => {
  await finishNotice(tx, notice.id, end.status, end.againInSeconds)
  if (end.status !== 'sent' && !isDropped) return
  const { object, verificationId } = isInvitation(notice)
    ? placeOfPerson(notice.personId)
    : await placeOf(tx, notice)
  const payload = { notice: notice.kind, contactId: notice.contactId }
  const draft = { type: isDropped ? ('notice.dropped' as const) : ('notice.sent' as const), object, payload }
  const actor = { kind: 'system' as const, id: 'notices' }
  await recordEvents(tx, actor, verificationId, [draft], [uuidOf('notice-sent', notice.id)])
}

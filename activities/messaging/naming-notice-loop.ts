import {
  finishNamingNotice,
  takeNamingEffects,
  takeNamingNotices,
  type TakenNamingNotice,
} from '#platform/server/db/naming-notices.ts'
import { recordEvents, uuidOf } from '#platform/server/db/record-events.ts'
import { readOrganisation } from '#platform/server/db/tenants-read.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import { approverNamedEmail } from '#platform/server/messages/templates/approver-named.email.ts'
import { languageOf, oneLine } from '#platform/server/messages/templates/texts.ts'
import type { ActivityDeps, Message, SendResult } from '../ports.ts'
import { emailRecipient } from './recipient.ts'

type NamingNoticeDeps = Pick<ActivityDeps, 'db' | 'messenger' | 'log'>

const atOnce = 5
/** A notice that no provider took is tried again so often, then given up as refused. */
const mostTries = 8

/** Tells those who were named to vouch, once that holds; gives how many notices it took. */
export const sendNamingNotices = async (deps: NamingNoticeDeps, tenantId: string): Promise<number> => {
  await inTenant(deps.db, tenantId, recordEffects)
  const { taken, organisation } = await inTenant(deps.db, tenantId, async (tx) => ({
    taken: await takeNamingNotices(tx, atOnce),
    organisation: oneLine(await readOrganisation(tx)),
  }))
  await Promise.all(taken.map((notice) => sendOne(deps, tenantId, notice, organisation)))
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

const messageOf = (
  { namingId, email, language }: TakenNamingNotice,
  organisation: string,
): Message | null => {
  const to = emailRecipient(email)
  if (to === null) return null
  const slots = { organisation, link: null, code: null, minutes: 0 }
  return {
    channel: 'email',
    to,
    ...approverNamedEmail[languageOf(language)](slots),
    reference: namingId,
  }
}

const sendOne = async (
  deps: NamingNoticeDeps,
  tenantId: string,
  notice: TakenNamingNotice,
  organisation: string,
): Promise<void> => {
  const message = messageOf(notice, organisation)
  const result: SendResult =
    message === null ? { kind: 'refused', code: 'contact_gone' } : await deps.messenger.send(message)
  await inTenant(deps.db, tenantId, (tx) => finish(tx, notice, result))
  if (result.kind !== 'accepted')
    deps.log.warn('a notice to somebody who was named was not accepted', { tenantId, code: result.code })
}

const finish = (tx: Tx, { namingId, tries }: TakenNamingNotice, result: SendResult): Promise<void> => {
  if (result.kind === 'not_taken' && tries < mostTries)
    return finishNamingNotice(tx, namingId, 'waiting', 5 * 2 ** tries)
  if (result.kind === 'accepted') return finishNamingNotice(tx, namingId, 'sent')
  return finishNamingNotice(tx, namingId, result.kind === 'unknown' ? 'unknown' : 'refused')
}

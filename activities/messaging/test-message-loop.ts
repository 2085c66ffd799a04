import { isLandline } from '#domain/policy/may-send.ts'
import { readContacts } from '#services/people/contacts.ts'
import { ownTextOf, readText } from '#services/sending/message-texts.ts'
import { readLetterhead } from '#services/messages/letterhead.ts'
import { finishTestMessage, takeTestMessages, type TakenTest } from '#services/sending/test-messages.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { sampleFacts, sampleSlots } from '#services/messages/sample.ts'
import type { ActivityDeps, Message } from '../ports.ts'
import { compose } from './compose.ts'
import { emailRecipient, phoneRecipient } from './recipient.ts'
import { atOnce, sendNotice } from './send-notice.ts'

type TestDeps = Pick<ActivityDeps, 'db' | 'keys' | 'messenger' | 'portalUrl' | 'log'>

/** Sends the test messages that a tenant's admins asked for, each to its own admin; gives how many it took. */
export const sendTestMessages = async (deps: TestDeps, tenantId: string): Promise<number> => {
  const taken = await inTenant(deps.db, tenantId, (tx) => takeTestMessages(tx, atOnce))
  await Promise.all(taken.map((test) => sendOne(deps, tenantId, test)))
  return taken.length
}

/** The sender's own address, or the first number of the person whom the operator linked them with; never anybody else's. */
const recipientOf = async (deps: TestDeps, tx: Tx, test: TakenTest): Promise<string | null> => {
  if (test.channel === 'email') return emailRecipient(test.email)
  if (test.personId === null) return null
  const contacts = await readContacts(tx, deps.keys, test.personId)
  const phone = contacts.find(({ kind, lineType }) => kind === 'phone' && !isLandline(lineType))
  return phone === undefined ? null : phoneRecipient(phone.value)
}

const wordsOf = async (tx: Tx, test: TakenTest) => {
  const tried = test.textId === null ? undefined : await readText(tx, test.textId)
  if (tried === undefined || tried.text === null) return ownTextOf(tx, test)
  return { subject: tried.subject, text: tried.text }
}

const messageOf = async (deps: TestDeps, tx: Tx, test: TakenTest): Promise<Message | null> => {
  const to = await recipientOf(deps, tx, test)
  if (to === null) return null
  const { organisation, sender, phone, zone } = await readLetterhead(tx, null)
  const sample = sampleSlots(organisation, deps.portalUrl, test.kind)
  const slots = { ...sample, about: { ...sampleFacts, at: test.at, zone, country: null, phone } }
  const written = compose(test.kind, test.channel, test.language, slots, await wordsOf(tx, test))
  return { channel: test.channel, to, ...written, sender, reference: test.id }
}

const sendOne = (deps: TestDeps, tenantId: string, test: TakenTest): Promise<void> =>
  sendNotice(deps, tenantId, test.tries, {
    write: () => inTenant(deps.db, tenantId, (tx) => messageOf(deps, tx, test)),
    finish: (tx, { status, againInSeconds }, code) =>
      finishTestMessage(tx, test.id, status, { errorCode: code, againInSeconds }),
    warn: (code) => deps.log.warn('a test message was not accepted', { tenantId, code }),
  })

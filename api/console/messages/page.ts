import { languages } from '#domain/languages.ts'
import { messageKinds, ruleOf } from '#domain/messages/kinds.ts'
import { readContacts } from '#services/people/contacts.ts'
import { isComplete } from '#domain/messages/message-text.ts'
import { countSends } from '#services/sending/send-counts.ts'
import { listTexts, textHistory, type MessageOf, type TextVersion } from '#services/sending/message-texts.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { listTestMessages } from '#services/sending/test-messages.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { slotsOf } from '#services/messages/compose.ts'
import { sampleSlots } from '#services/messages/sample.ts'
import { standardText } from '#services/messages/standard-texts.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import type { ApiDeps } from '../../deps.ts'

/** A version as it is shown. */
export const shown = ({ subject, text, ...version }: TextVersion) => ({
  ...version,
  messageText: text === null ? null : { subject, text },
})

const all: readonly MessageOf[] = messageKinds.flatMap((kind) =>
  ruleOf(kind).channels.flatMap((channel) => languages.map((language) => ({ kind, channel, language }))),
)

const isSame = (a: MessageOf, b: MessageOf): boolean =>
  a.kind === b.kind && a.channel === b.channel && a.language === b.language

/** The preview of a message, and the measure of its length, use this sample. */
export const sampleOf = (staff: StaffCaller, portalUrl: string, { kind, language }: MessageOf) =>
  slotsOf(kind, language, sampleSlots(staff.tenantName, portalUrl, kind))

/** The caller's own contacts: their address of the sign-in, and the number of the person they are, masked. */
export const ownContacts = async ({ keys, settings }: ApiDeps, tx: Tx, staff: StaffCaller) => {
  const contacts = staff.personId === null ? [] : await readContacts(tx, keys, staff.personId)
  const phone = contacts.find(({ kind }) => kind === 'phone')
  return {
    email: staff.email,
    sms: settings.twilioAuthToken === null ? null : (phone?.masked ?? null),
  }
}

const budgetsOf = async (tx: Tx) => {
  const { limits } = await currentPolicy(tx)
  const caps = limits.sendsPerTenant
  const [used = []] = await countSends(tx, [{ by: 'tenant', value: null, caps }])
  return caps.map((cap, index) => ({ ...cap, used: used[index] ?? 0 }))
}

/** Every message with its words, and what the policy lets go out. */
export const messagesPage = (deps: ApiDeps) =>
  bind('console.messages', ({ staff }) =>
    inTenant(deps.db, staff.tenantId, async (tx) => {
      const versions = (await listTexts(tx)).map(shown)
      const find = (of: MessageOf, state: TextVersion['state']) =>
        versions.find((version) => version.state === state && isSame(version, of)) ?? null
      return {
        templates: all.map((of) => {
          const own = find(of, 'in_force')
          return {
            ...of,
            standard: standardText(of.kind, of.channel, of.language),
            own: own?.messageText == null || !isComplete(of.kind, own.messageText) ? null : own,
            proposal: find(of, 'proposed'),
            sample: sampleOf(staff, deps.settings.portalUrl, of),
          }
        }),
        own: await ownContacts(deps, tx, staff),
        sendsSms: deps.settings.twilioAuthToken !== null,
        tests: await listTestMessages(tx, staff.staffId),
        budgets: await budgetsOf(tx),
      }
    }),
  )

/** All that ever became of the words of one message. */
export const messageHistory = ({ db }: ApiDeps) =>
  bind('console.messageHistory', ({ staff, query }) =>
    inTenant(db, staff.tenantId, async (tx) => ({
      versions: (await textHistory(tx, query, 50)).map(shown),
    })),
  )

import type { NumberOutcome } from '#domain/policy/number-check.ts'
import type { SendContact } from '#domain/policy/may-send.ts'
import type { ContactOnFile } from '../people/contacts.ts'
import { domainOf } from '#platform/facts/email-domain.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'

/**
 * A contact on file as the policy looks at it before anything is sent: the same facts where the console asks and where the
 * worker sends (B17, B18, H3). `workEmail` names the organisation's own domain; `numberCheck` is what the carrier
 * said of the number, where it was asked (B20).
 */
export const sendContactOf = (
  { factTools }: Pick<FactDeps, 'factTools'>,
  contact: ContactOnFile,
  workEmail: string | null,
  numberCheck: NumberOutcome | null = null,
): SendContact => {
  const own = workEmail === null ? null : domainOf(workEmail)
  return {
    channel: contact.kind === 'phone' ? 'sms' : 'email',
    origin: contact.value === null ? 'unreadable' : 'on_file',
    changedAt: contact.lastChangedAt.getTime(),
    lineType: contact.lineType,
    country: contact.country,
    numberCheck,
    mailDomain:
      contact.kind === 'phone' || contact.value === null
        ? null
        : factTools.mailDomain(contact.value, own === null ? [] : [own]),
  }
}

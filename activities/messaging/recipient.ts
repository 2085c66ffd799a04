/** Exactly one recipient, and nothing that a mailer could read as two (C13). */
import { domainToASCII } from 'node:url'
import type { Channel } from '#domain/verification/verification.ts'

const phone = /^\+[1-9]\d{6,14}$/
const local = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/
const domain = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i

/** An E.164 number as it is, or null. */
export const phoneRecipient = (value: string): string | null => (phone.test(value) ? value : null)

/** One plain address with an ASCII domain, or null. Its text must survive compatibility folding unchanged. */
export const emailRecipient = (value: string): string | null => {
  if (value.length > 254 || value.normalize('NFKC') !== value) return null
  const at = value.lastIndexOf('@')
  const [name, host] = [value.slice(0, at), value.slice(at + 1)]
  if (at < 1 || !local.test(name)) return null
  const ascii = domainToASCII(host)
  return domain.test(ascii) ? `${name}@${ascii}` : null
}

/** The channel that reaches a contact, and its one recipient; `to` is null where the value is none. */
export const addressOf = (contact: {
  readonly kind: 'phone' | 'email'
  readonly value: string
}): { readonly channel: Channel; readonly to: string | null } =>
  contact.kind === 'phone'
    ? { channel: 'sms', to: phoneRecipient(contact.value) }
    : { channel: 'email', to: emailRecipient(contact.value) }

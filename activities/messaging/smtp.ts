import { createTransport, type Transporter } from 'nodemailer'
import type { Address } from 'nodemailer/lib/mailer'
import { oneLine } from '#services/messages/texts.ts'
import { ofSmtpError } from '../failures.ts'
import type { Message, SendResult } from '../ports.ts'
import { emailRecipient } from './recipient.ts'

/** Where mail goes out. */
export type SmtpSettings = {
  readonly url: string
  readonly from: string
  /** Where a mail that cannot be delivered comes back to, by its reference; null or absent: to the sender. */
  readonly returnPath?: (reference: string) => string | null
}

const deadlines = {
  connectionTimeout: 5_000,
  greetingTimeout: 5_000,
  socketTimeout: 10_000,
  dnsTimeout: 5_000,
}

/** Opens a small pool towards the relay. */
export const createMailer = ({ url }: SmtpSettings): Transporter =>
  createTransport({
    url,
    pool: true,
    maxConnections: 3,
    // Nothing a message carries may make the mailer read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...deadlines,
  })

/** Relays hold an id of no real domain against a mail; the configuration has looked at the address's form. */
const senderDomain = (from: string): string => from.replace(/^.*@|>$/g, '').toLowerCase()

/** One plain address, or none: whatever else a row holds never becomes a header. */
const replyAddress = (value: string | null): string | null => (value === null ? null : emailRecipient(value))

/** The operator's address under the organisation's name. An object, so that nothing of a name is read as an address (C13). */
const fromOf = (from: string, name: string | null): string | Address =>
  name === null ? from : { name: oneLine(name), address: from.replace(/^.*<|>$/g, '') }

/** The sender as people see it, and where their answers go. */
const headersOf = (from: string, sender: Message['sender']) => {
  const replyTo = replyAddress(sender?.replyTo ?? null)
  return {
    from: fromOf(from, sender?.name ?? null),
    ...(replyTo === null ? {} : { replyTo: { name: '', address: replyTo } }),
  }
}

/** Text first: a program that shows no HTML takes the first part that it knows. */
const partsOf = ({ text, html }: Message) => ({ text, ...(html == null ? {} : { html }) })

/** Sends one mail to exactly one recipient, given as an address object, never as text to be parsed (C13). */
export const sendMail = async (
  mailer: Transporter,
  { from, returnPath }: SmtpSettings,
  message: Message,
): Promise<SendResult> => {
  try {
    const back = returnPath?.(message.reference) ?? null
    const info = (await mailer.sendMail({
      ...headersOf(from, message.sender),
      // The sender as people see it stays; what cannot be delivered comes back to where it is counted.
      ...(back === null ? {} : { envelope: { from: back, to: [message.to] } }),
      // Asks for reports of failures and delays where the relay offers it (RFC 3461), and never sent the text, which holds the link.
      dsn: { id: message.reference, return: 'headers', notify: ['failure', 'delay'] },
      to: { name: '', address: message.to },
      subject: message.subject ?? '',
      ...partsOf(message),
      messageId: `<${message.reference}@${senderDomain(from)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })) as { messageId?: string }
    return { kind: 'accepted', providerId: info.messageId ?? null }
  } catch (error) {
    return ofSmtpError(error)
  }
}

import { createTransport, type Transporter } from 'nodemailer'
import { ofSmtpError } from '../failures.ts'
import type { Message, SendResult } from '../ports.ts'

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

/** Sends one mail to exactly one recipient, given as an address object, never as text to be parsed (C13). */
export const sendMail = async (
  mailer: Transporter,
  { from, returnPath }: SmtpSettings,
  message: Message,
): Promise<SendResult> => {
  try {
    const back = returnPath?.(message.reference) ?? null
    const info = (await mailer.sendMail({
      from,
      // The sender as people see it stays; what cannot be delivered comes back to where it is counted.
      ...(back === null ? {} : { envelope: { from: back, to: [message.to] } }),
      // Asks for reports of failures and delays where the relay offers it (RFC 3461), and never sent the text, which holds the link.
      dsn: { id: message.reference, return: 'headers', notify: ['failure', 'delay'] },
      to: { name: '', address: message.to },
      subject: message.subject ?? '',
      text: message.text,
      messageId: `<${message.reference}@${senderDomain(from)}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })) as { messageId?: string }
    return { kind: 'accepted', providerId: info.messageId ?? null }
  } catch (error) {
    return ofSmtpError(error)
  }
}

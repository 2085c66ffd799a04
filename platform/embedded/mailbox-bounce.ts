/** What a mail server that cannot deliver sends back to the return path of a mail (RFC 3464), by SMTP, with no sender. */
import { createTransport } from 'nodemailer'

/** A reserved recipient: mail for it comes back, so that a bounce can be looked at without a real provider. */
export const isBouncing = (recipient: string): boolean => /^bounce([+.-][^@]*)?@/i.test(recipient)

/** Mail to whom, and where its return path leads. */
type Lost = { readonly recipient: string; readonly returnPath: string; readonly port: number }

/** Says that there is no such mailbox. @throws when nobody listens there, or does not know the return path */
export const sendBounce = async ({ recipient, returnPath, port }: Lost): Promise<void> => {
  const lines = [
    'From: Mail delivery <postmaster@inbox.localhost>',
    `To: ${returnPath}`,
    'Subject: Undelivered mail',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="bounce"',
    '',
    '--bounce',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; inbox.localhost',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    '',
    '--bounce--',
    '',
  ]
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  try {
    await transport.sendMail({ envelope: { from: '', to: returnPath }, raw: lines.join('\r\n') })
  } finally {
    transport.close()
  }
}

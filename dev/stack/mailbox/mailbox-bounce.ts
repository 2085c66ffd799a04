/**
 * A mail server that cannot deliver sends this back to the return path of a mail (RFC 3464), by SMTP, with no sender.
 */
import { connect } from 'node:net'
import { createInterface } from 'node:readline'

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
  await speak(port, [
    'EHLO inbox.localhost',
    'MAIL FROM:<>',
    `RCPT TO:<${returnPath}>`,
    'DATA',
    `${lines.join('\r\n')}\r\n.`,
    'QUIT',
  ])
}

/** An answer that is the last of its line; further ones follow after a dash. */
const answer = /^([2-5])\d\d /

/** Says one line after the other, each once the one before was answered well. @throws at the first refusal */
const speak = (port: number, said: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const left = [...said]
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')))
    socket.on('error', reject)
    const read = createInterface({ input: socket })
    // It tells of its input's errors once more.
    read.on('error', reject)
    read.on('line', (line) => {
      const [, kind] = answer.exec(line) ?? []
      if (kind === undefined) return
      if (kind > '3') socket.destroy(new Error(`refused: ${line}`))
      const next = left.shift()
      if (next === undefined) socket.end()
      else socket.write(`${next}\r\n`)
    })
    socket.on('close', () => {
      if (left.length === 0) resolve()
      else reject(new Error('the connection ended too early'))
    })
  })

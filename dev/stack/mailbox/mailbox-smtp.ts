/** The mail half of the sink: takes what SMTP delivers and shows it, sends nothing on. */
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { isBouncing, sendBounce } from './mailbox-bounce.ts'
import type { MailboxStore } from './mailbox-store.ts'

const MAX_MAIL_BYTES = 2 * 1024 * 1024

/** A refusal as SMTP expresses it. */
class SmtpRefusal extends Error {
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

/** So long after a mail its bounce comes, milliseconds: the sender has had its yes by then. */
const BOUNCE_AFTER_MS = 500

/**
 * Creates the server; STARTTLS is not offered, as a self-made certificate would only be refused.
 * @param bouncePort where return paths lead; null: nothing comes back
 */
export function createSmtpSink(store: MailboxStore, bouncePort: number | null = null): SMTPServer {
  return new SMTPServer({
    name: 'inbox.localhost',
    banner: 'Countersign development inbox',
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: MAX_MAIL_BYTES,
    disableReverseLookup: true,
    closeTimeout: 200,
    onAuth: (auth, _session, callback) => {
      callback(null, { user: auth.username ?? 'anyone' })
    },
    onRcptTo: (_address, _session, callback) => {
      callback(store.knobs.mail === 'refuse' ? new SmtpRefusal(550, 'No such mailbox') : null)
    },
    onData: (stream, session, callback) => {
      take(store, stream, session).then((answer) => {
        if (answer === 'silence') return
        // Before the answer: with it the envelope is over.
        if (bouncePort !== null) bounceLater(store, session, bouncePort)
        callback(null)
      }, callback)
    },
  })
}

function bounceLater(store: MailboxStore, { envelope }: SMTPServerSession, port: number): void {
  const returnPath = envelope.mailFrom === false ? '' : envelope.mailFrom.address
  const lost = envelope.rcptTo.filter(({ address }) => store.knobs.mail === 'bounce' || isBouncing(address))
  if (returnPath === '' || lost.length === 0) return
  setTimeout(() => {
    for (const { address: recipient } of lost)
      // A return path that nobody listens at is a mail that nobody misses.
      sendBounce({ recipient, returnPath, port }).catch(() => undefined)
  }, BOUNCE_AFTER_MS).unref()
}

async function take(
  store: MailboxStore,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<'accepted' | 'silence'> {
  const chunks: Buffer[] = []
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
  if (stream.sizeExceeded) throw new SmtpRefusal(552, 'The message is too large')
  if (store.knobs.mail === 'hang') return 'silence'
  if (store.knobs.mail === 'drop') return 'accepted'
  const raw = Buffer.concat(chunks)
  const mail = await simpleParser(raw, { skipImageLinks: true })
  store.add({
    kind: 'mail',
    from: mail.from?.text ?? '',
    // The envelope, not the header: it says who would have received the mail.
    to: session.envelope.rcptTo.map(({ address }) => address),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    ...(mail.html === false ? {} : { html: mail.html }),
    raw: raw.toString('utf8'),
  })
  return 'accepted'
}

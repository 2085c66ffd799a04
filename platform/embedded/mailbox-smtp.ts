/** The mail half of the sink: takes what SMTP delivers and shows it, sends nothing on. */
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
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

/** Creates the server; STARTTLS is not offered, as a self-made certificate would only be refused. */
export function createSmtpSink(store: MailboxStore): SMTPServer {
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
        if (answer === 'accepted') callback(null)
      }, callback)
    },
  })
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
    raw: raw.toString('utf8'),
  })
  return 'accepted'
}

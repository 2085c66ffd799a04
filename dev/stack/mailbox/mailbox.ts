/** Mail and SMS sink of the development stack: takes everything, sends nothing on, shows it on a web page. */
import { closeServer, listenOnLoopback } from '../loopback-http.ts'
import { createSmtpSink } from './mailbox-smtp.ts'
import { createMailboxStore, type MailboxStore } from './mailbox-store.ts'
import { createTwilioDouble, type TwilioAccount } from './mailbox-twilio.ts'
import { createInboxServer } from './mailbox-web.ts'

export interface MailboxOptions {
  webPort: number
  smtpPort: number
  twilioPort: number
  /** Where return paths of mails lead; none: nothing bounces. */
  bouncePort?: number
  /** Whom the SMS API lets in, and with whose token its callbacks are signed. */
  account: TwilioAccount
}

export interface RunningMailbox {
  webUrl: string
  smtpUrl: string
  /** Value for `TWILIO_API_URL`. */
  twilioUrl: string
  store: MailboxStore
  stop(): Promise<void>
}

/** Starts all three listeners on 127.0.0.1. Messages live in memory only. */
export async function startMailbox(options: MailboxOptions): Promise<RunningMailbox> {
  const store = createMailboxStore()
  const smtp = createSmtpSink(store, options.bouncePort ?? null)
  // A client that hangs up in the middle is its own affair.
  smtp.on('error', () => undefined)
  const twilio = createTwilioDouble(store, options.account)
  const web = createInboxServer(store)
  await Promise.all([
    listenOnLoopback(web, options.webPort),
    listenOnLoopback(twilio, options.twilioPort),
    new Promise<void>((resolve, reject) => {
      smtp.once('error', reject)
      smtp.listen(options.smtpPort, '127.0.0.1', resolve)
    }),
  ])
  return {
    webUrl: `http://localhost:${String(options.webPort)}`,
    smtpUrl: `smtp://127.0.0.1:${String(options.smtpPort)}`,
    twilioUrl: `http://127.0.0.1:${String(options.twilioPort)}`,
    store,
    stop: async () => {
      await Promise.all([
        closeServer(web),
        closeServer(twilio),
        new Promise<void>((done) => smtp.close(done)),
      ])
    },
  }
}

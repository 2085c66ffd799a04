import type { Readable } from 'node:stream'
import type { SMTPServer, SMTPServerSession } from 'smtp-server'
import { readBounceAddress } from '#services/messages/bounce-address.ts'
import { resolveDeliveryId } from '#services/sending/delivery-reports.ts'
import type { ApiDeps } from '../deps.ts'
import type { Listener } from '../http/listener.ts'
import { readBounce } from './read-bounce.ts'
import { takeReport } from './take-report.ts'

/** Where bounces come in. */
export type BounceSettings = { readonly domain: string; readonly port: number; readonly host: string }

/** A notification with the headers of the mail it is about; more is nobody's bounce. */
const mostBytes = 256 * 1024
const limits = { maxClients: 20, socketTimeout: 30_000, closeTimeout: 2_000, size: mostBytes } as const

/** A refusal as SMTP says it. */
class SmtpRefusal extends Error {
  readonly responseCode: number
  constructor(responseCode: number, message: string) {
    super(message)
    this.responseCode = responseCode
  }
}

type BounceDeps = Pick<ApiDeps, 'db' | 'keys' | 'verifications' | 'log'>

const readAll = async (stream: Readable & { sizeExceeded?: boolean }): Promise<string> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    // Read to its end, kept no further.
    if (size <= mostBytes) chunks.push(chunk)
  }
  if (size > mostBytes) throw new SmtpRefusal(552, 'The message is too large')
  return Buffer.concat(chunks).toString('latin1')
}

/**
 * Takes a bounce. Anybody may have sent it, so it is information about one delivery: it never raises trust and ends no case
 * (Q2).
 */
const take = async (deps: BounceDeps, deliveryId: string, raw: string): Promise<void> => {
  const bounce = readBounce(raw)
  const found = bounce === null ? null : await resolveDeliveryId(deps.db, deliveryId)
  if (bounce !== null && found !== null) await takeReport(deps, found, bounce.status, bounce.code)
}

const recipientOf = ({ keys }: BounceDeps, domain: string, session: SMTPServerSession): string | null =>
  readBounceAddress(keys, session.envelope.rcptTo[0]?.address ?? '', domain)

const createServer = async (deps: BounceDeps, domain: string): Promise<SMTPServer> => {
  const { SMTPServer: Server } = await import('smtp-server')
  return new Server({
    ...limits,
    name: domain,
    banner: 'bounces',
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    // A notification has no sender to answer to (RFC 3464); anything else is no bounce.
    onMailFrom: ({ address }, _session, callback) => {
      callback(address === '' ? null : new SmtpRefusal(550, 'Only delivery status notifications are taken'))
    },
    onRcptTo: ({ address }, session, callback) => {
      const isOurs = readBounceAddress(deps.keys, address, domain) !== null
      const isFirst = session.envelope.rcptTo.length === 0
      if (isOurs && isFirst) callback(null)
      else callback(isOurs ? new SmtpRefusal(452, 'One recipient') : new SmtpRefusal(550, 'No such mailbox'))
    },
    onData: (stream, session, callback) => {
      const id = recipientOf(deps, domain, session)
      readAll(stream)
        .then((raw) => (id === null ? undefined : take(deps, id, raw)))
        .then(
          () => {
            callback(null)
          },
          (error: unknown) => {
            if (error instanceof SmtpRefusal) callback(error)
            else {
              deps.log.error('a bounce could not be kept', { error })
              // The mail server tries again later.
              callback(new SmtpRefusal(451, 'Try again later'))
            }
          },
        )
    },
  })
}

/** Takes bounces by SMTP: behind the operator's relay, which routes the bounce domain here. */
export const listenForBounces = async (
  deps: BounceDeps,
  { domain, port, host }: BounceSettings,
): Promise<Listener> => {
  const server = await createServer(deps, domain)
  // A client that hangs up in the middle is its own affair.
  server.on('error', (error) => {
    deps.log.debug('a connection of the bounce listener broke', { error })
  })
  const bound = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject)
    const opened = server.listen(port, host, () => {
      const address = opened.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
  return {
    port: bound,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
      }),
  }
}

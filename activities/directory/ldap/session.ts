/** One bound connection for one piece of work: TLS from the first byte, the named authority, and an end to every wait. */
import { readFileSync } from 'node:fs'
import { Client, type ClientOptions } from 'ldapts'
import { readPrivateFile } from '#platform/crypto/secrets.ts'
import { DirectoryError } from '../directory-error.ts'
import { clearAnswer } from './answers.ts'

/** A server, and our account there. */
export type LdapServer = {
  readonly url: string
  readonly caFile?: string | undefined
  readonly bindDn: string
  readonly passwordFile: string
}

/** Bound connections to a server, one for each piece of work. Whatever goes wrong is thrown as a DirectoryError. */
export type Sessions = {
  /** Does one thing. It ends when the signal fires. */
  once<T>(work: (client: Client) => Promise<T>, signal?: AbortSignal): Promise<T>
  /** Gives parts as they are taken, and ends between two of them when the signal fires. */
  stream<T>(work: (client: Client) => AsyncGenerator<T>, signal?: AbortSignal): AsyncGenerator<T>
}

/** N8: 10 s for a connection and 20 s for an operation at most; a write is over after 15 s in any case. */
const connectMs = 5_000
const operationMs = 10_000

const optionsOf = ({ url, caFile }: LdapServer): ClientOptions => ({
  url,
  connectTimeout: connectMs,
  timeout: operationMs,
  tlsOptions: {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ...(caFile === undefined ? {} : { ca: [readFileSync(caFile)] }),
  },
})

/** Sessions with a server. The password is read for each, so that a changed one needs no restart. */
export const sessionsWith = (server: LdapServer): Sessions => ({
  once: async (work, signal) => {
    const client = clientOf(server, signal)
    const given = giveUp(signal)
    try {
      return await Promise.race([bind(server, client).then(() => work(client)), given.up])
    } catch (error) {
      throw clearAnswer(error)
    } finally {
      given.forget()
      close(client)
    }
  },
  stream: async function* (work, signal) {
    const client = clientOf(server, signal)
    try {
      await bind(server, client)
      for await (const part of work(client)) {
        if (signal?.aborted === true) throw new DirectoryError('unreachable')
        yield part
      }
    } catch (error) {
      throw clearAnswer(error)
    } finally {
      close(client)
    }
  },
})

const clientOf = (server: LdapServer, signal: AbortSignal | undefined): Client => {
  if (signal?.aborted === true) throw new DirectoryError('unreachable')
  return new Client(optionsOf(server))
}

const bind = ({ bindDn, passwordFile }: LdapServer, client: Client): Promise<void> =>
  client.bind(
    bindDn,
    readPrivateFile(passwordFile)
      .toString('utf8')
      .replace(/\r?\n$/, ''),
  )

/** Says goodbye where the connection still is; nobody waits for it. */
const close = (client: Client): void => {
  void client.unbind().catch(() => undefined)
}

/** A promise that never comes true, and fails when the signal fires. */
const giveUp = (signal: AbortSignal | undefined): { readonly up: Promise<never>; forget(): void } => {
  let forget = (): void => undefined
  const up = new Promise<never>((_resolve, reject) => {
    const onAbort = (): void => {
      reject(new DirectoryError('unreachable'))
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    forget = () => {
      signal?.removeEventListener('abort', onAbort)
    }
  })
  return {
    up,
    forget: () => {
      forget()
    },
  }
}

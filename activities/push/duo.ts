/** Duo's Auth API: asks whether the account has a phone for pushes, sends one to it, and looks for the answer. */
import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { readPrivateFile } from '#platform/crypto/secrets.ts'
import { DirectoryError } from '../directory/directory-error.ts'
import { readAs, statusProblem } from '../directory/rest/api.ts'
import { createAsk, type Ask } from '../directory/rest/client.ts'
import { accountNameOf, type DuoOptions } from './options.ts'
import type { PushLook, PushOrder, PushOrdered, PushService, PushUnderWay } from './port.ts'

/** A person waits at the page, and the loop for other pushes of the organisation. An answer has a few kilobytes. */
const usualLimits = { connectMs: 2_000, operationMs: 5_000, mostBytes: 256 * 1024 }

type Params = Readonly<Record<string, string>>

/** Parameters as Duo signs them: sorted by name, and every character escaped but letters, digits and `-._~`. */
export const canonicalParams = (params: Params): string =>
  Object.keys(params)
    .toSorted()
    .map((name) => `${escaped(name)}=${escaped(params[name] ?? '')}`)
    .join('&')

const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)

/** A request that is to be signed. */
export type DuoRequest = {
  readonly date: string
  readonly method: 'GET' | 'POST'
  readonly host: string
  readonly path: string
  readonly params: Params
}

/** The header that proves to Duo who asks, by its second version: HMAC-SHA512 over date, method, host, path and parameters. */
export const duoAuthorization = (
  { date, method, host, path, params }: DuoRequest,
  integrationKey: string,
  secretKey: string,
): string => {
  const text = [date, method, host.toLowerCase(), path, canonicalParams(params)].join('\n')
  const signature = createHmac('sha512', secretKey).update(text).digest('hex')
  return `Basic ${Buffer.from(`${integrationKey}:${signature}`).toString('base64')}`
}

const answerOf = <T extends z.ZodType>(response: T) => z.object({ stat: z.literal('OK'), response })
const preauthed = answerOf(
  z.object({
    result: z.string().max(60),
    devices: z
      .array(
        z.object({
          device: z.string().regex(/^\w{1,40}$/),
          capabilities: z.array(z.string().max(60)).max(40).optional(),
        }),
      )
      .max(100)
      .optional(),
  }),
)
const begun = answerOf(z.object({ txid: z.string().regex(/^[\w-]{1,100}$/) }))
const looked = answerOf(z.object({ result: z.string().max(60), status: z.string().max(60) }))

type Session = { readonly options: DuoOptions; readonly ask: Ask }

/** Asks once, signed anew. @throws DirectoryError */
const call = async <T extends z.ZodType>(
  { options, ask }: Session,
  method: 'GET' | 'POST',
  path: string,
  params: Params,
  schema: T,
): Promise<z.output<T>> => {
  const { host, port = 443, integrationKey } = options
  const date = new Date().toUTCString()
  const secret = readPrivateFile(options.secretKeyFile).toString('utf8').trim()
  const authorization = duoAuthorization({ date, method, host, path, params }, integrationKey, secret)
  const text = canonicalParams(params)
  const place = `https://${host}:${String(port)}${path}`
  const headers = { date, authorization, accept: 'application/json' }
  const answer = await ask(
    method === 'GET'
      ? { method, url: `${place}?${text}`, headers }
      : {
          method,
          url: place,
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          body: text,
        },
  )
  if (answer.status !== 200) throw statusProblem(answer)
  return readAs(schema, answer.json)
}

/**
 * Only an account that Duo would ask anyway gets a push: one that it lets in without, or does not know, would be let in or
 * enrolled by the same request.
 */
const send = async (session: Session, { login, text }: PushOrder): Promise<PushOrdered> => {
  const username = accountNameOf(session.options, login)
  const { response } = await call(session, 'POST', '/auth/v2/preauth', { username }, preauthed)
  if (response.result !== 'auth') return { kind: 'not_sent', reason: 'not_allowed' }
  const phone = response.devices?.find(({ capabilities }) => capabilities?.includes('push') === true)
  if (phone === undefined) return { kind: 'not_sent', reason: 'no_authenticator' }
  const [organisation = '', about = text] = text.split(/: (.*)/s)
  const params = {
    ...{ username, factor: 'push', device: phone.device, async: '1' },
    type: 'Help desk',
    display_username: username,
    pushinfo: canonicalParams({ Organisation: organisation, Request: about }),
  }
  const { response: sent } = await call(session, 'POST', '/auth/v2/auth', params, begun)
  return { kind: 'sent', transaction: sent.txid, devices: [phone.device], number: null }
}

/** By what Duo says of a push that was turned away; a lockout or a push that failed says nothing about the participant. */
const refusals: Readonly<Record<string, PushLook>> = { deny: 'denied', fraud: 'denied' }

const look = async (session: Session, { transaction }: PushUnderWay): Promise<PushLook> => {
  const { response } = await call(session, 'GET', '/auth/v2/auth_status', { txid: transaction }, looked)
  if (response.result === 'waiting') return 'waiting'
  // `bypass` lets people in whom nobody asked.
  if (response.result === 'allow') return response.status === 'allow' ? 'approved' : 'cancelled'
  if (response.result !== 'deny') throw new DirectoryError('answer')
  return refusals[response.status] ?? 'cancelled'
}

/** Speaks to Duo. */
export const createDuo = (options: DuoOptions, limits = usualLimits): PushService => {
  const session = { options, ask: createAsk(options.caFile, limits) }
  return { send: (order) => send(session, order), look: (push) => look(session, push) }
}

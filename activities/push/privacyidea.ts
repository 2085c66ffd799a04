/** privacyIDEA: triggers a push under a service account, polls its transaction, and lets the server have the last word. */
import { z } from 'zod'
import { readPrivateFile } from '#platform/crypto/secrets.ts'
import { DirectoryError } from '../directory/directory-error.ts'
import { readAs, statusProblem } from '../directory/rest/api.ts'
import { createAsk, type Answered, type Ask } from '../directory/rest/client.ts'
import { createTokens, type Tokens } from '../directory/rest/tokens.ts'
import { accountNameOf, type PrivacyIdeaOptions } from './options.ts'
import type { PushLook, PushOrder, PushOrdered, PushService, PushUnderWay } from './port.ts'

/** A person waits at the page, and the loop for other pushes of the organisation. An answer has a few kilobytes. */
const usualLimits = { connectMs: 2_000, operationMs: 5_000, mostBytes: 256 * 1024 }

/** A token is good for an hour unless the server was told otherwise; it is taken anew well before. */
const tokenSeconds = 600

const granted = z.object({ result: z.object({ value: z.object({ token: z.string().min(1).max(8_000) }) }) })

const word = z.string().regex(/^[\w.-]{1,100}$/)
const triggered = z.object({
  result: z.object({ status: z.literal(true), value: z.number().int().nonnegative() }),
  detail: z
    .object({
      multi_challenge: z
        .array(
          z.object({
            type: z.string().max(60),
            client_mode: z.string().max(60).optional(),
            serial: word,
            transaction_id: word,
            presence_answer: z
              .string()
              .regex(/^[\p{L}\p{N}]{1,12}$/u)
              .nullish(),
          }),
        )
        .max(100)
        .optional(),
    })
    .nullish(),
})
const polled = z.object({
  result: z.object({ status: z.literal(true), value: z.boolean() }),
  // Servers before 3.10 know no refusal.
  detail: z.object({ challenge_status: z.string().max(60).optional() }).nullish(),
})
const checked = z.object({
  result: z.object({
    status: z.literal(true),
    value: z.boolean(),
    authentication: z.string().max(60).optional(),
  }),
  detail: z.object({ serial: word.optional() }).nullish(),
})

const form = (fields: Readonly<Record<string, string | undefined>>): string =>
  new URLSearchParams(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ).toString()
const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' }

/**
 * The server's policies can show a tag with the agent that asks (`{ua_string}`), and nothing else that we could fill in: so this
 * is where the text goes. Letters beyond ASCII arrive garbled there, so that they lose their marks.
 */
const agentOf = (text: string): string => {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replace(/[^\x20-\x7e]/g, '?')
  return `Countersign ${plain}`.slice(0, 250)
}

const tokensOf = (ask: Ask, { url, user, passwordFile }: PrivacyIdeaOptions): Tokens =>
  createTokens(async () => {
    const password = readPrivateFile(passwordFile)
      .toString('utf8')
      .replace(/\r?\n$/, '')
    const body = form({ username: user, password })
    const answer = await ask({ method: 'POST', url: `${url}/auth`, headers, body })
    if (answer.status === 401) throw new DirectoryError('credentials')
    if (answer.status !== 200) throw statusProblem(answer)
    return { value: readAs(granted, answer.json).result.value.token, seconds: tokenSeconds }
  })

type Session = { readonly options: PrivacyIdeaOptions; readonly ask: Ask; readonly tokens: Tokens }

/** A refused token sent nothing, so that the same order may go once more with a new one. */
const trigger = async ({ options, ask, tokens }: Session, { login, text }: PushOrder): Promise<Answered> => {
  const once = async (): Promise<Answered> => {
    const token = await tokens.get()
    const answer = await ask({
      method: 'POST',
      url: `${options.url}/validate/triggerchallenge`,
      headers: { ...headers, 'pi-authorization': token, 'user-agent': agentOf(text) },
      body: form({ user: accountNameOf(options, login), realm: options.realm, type: 'push' }),
    })
    if (answer.status === 401) tokens.forget(token)
    return answer
  }
  const answer = await once()
  return answer.status === 401 ? once() : answer
}

const send = async (session: Session, order: PushOrder): Promise<PushOrdered> => {
  const answer = await trigger(session, order)
  // An account that the server does not know, or a service account that may not ask: it says so by 400 and 403.
  if (answer.status === 400 || answer.status === 403) return { kind: 'not_sent', reason: 'not_allowed' }
  if (answer.status !== 200) throw statusProblem(answer)
  const challenges = readAs(triggered, answer.json).detail?.multi_challenge ?? []
  const pushes = challenges.filter(
    ({ type, client_mode }) => type === 'push' && client_mode !== 'interactive',
  )
  const [first] = pushes
  if (first === undefined) return { kind: 'not_sent', reason: 'no_authenticator' }
  if (pushes.some(({ transaction_id }) => transaction_id !== first.transaction_id))
    throw new DirectoryError('answer')
  return {
    kind: 'sent',
    transaction: first.transaction_id,
    devices: pushes.map(({ serial }) => serial),
    // Several devices have the same number, since they share the transaction.
    number: first.presence_answer ?? null,
  }
}

const refusals: Readonly<Record<string, PushLook>> = { declined: 'denied', cancelled: 'cancelled' }

const look = async (session: Session, push: PushUnderWay): Promise<PushLook> => {
  const { options, ask } = session
  const url = `${options.url}/validate/polltransaction?${form({ transaction_id: push.transaction })}`
  const answer = await ask({ method: 'GET', url, headers: { accept: 'application/json' } })
  if (answer.status !== 200) throw statusProblem(answer)
  const { result, detail } = readAs(polled, answer.json)
  if (!result.value) return refusals[detail?.challenge_status ?? ''] ?? 'waiting'
  return finish(session, push)
}

/**
 * The poll names no account, so that the server is asked once more, for this account and this transaction: its answer counts, and
 * it uses the transaction up. It must have come from a device that the push went to.
 */
const finish = async ({ options, ask }: Session, push: PushUnderWay): Promise<PushLook> => {
  const { login, transaction, devices } = push
  const answer = await ask({
    method: 'POST',
    url: `${options.url}/validate/check`,
    headers,
    body: form({
      user: accountNameOf(options, login),
      realm: options.realm,
      transaction_id: transaction,
      pass: '',
    }),
  })
  if (answer.status !== 200) throw statusProblem(answer)
  const { result, detail } = readAs(checked, answer.json)
  const isAccepted = result.value && (result.authentication ?? 'ACCEPT') === 'ACCEPT'
  // Its answer names no type; the push went to devices of that type alone.
  const isFromDevice = detail?.serial !== undefined && devices.includes(detail.serial)
  return isAccepted && isFromDevice ? 'approved' : 'cancelled'
}

/** Speaks to a privacyIDEA. */
export const createPrivacyIdea = (options: PrivacyIdeaOptions, limits = usualLimits): PushService => {
  const ask = createAsk(options.caFile, limits)
  const session = { options, ask, tokens: tokensOf(ask, options) }
  return { send: (order) => send(session, order), look: (push) => look(session, push) }
}

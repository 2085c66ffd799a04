/** The phones over HTTP: the page, its forms, and a list by which it knows when to look anew. Loopback only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { isAddressedToLoopback, isCrossOrigin, readText, sendJson } from '../loopback-http.ts'
import { PHONE_POLICY, renderPhones } from './phone-page.ts'
import { phoneWords, type Said } from './phone-words.ts'
import type { PushStore } from './push-store.ts'

const Answer = z.strictObject({
  nonce: z.string().regex(/^[0-9a-f]{24}$/),
  /** The button: a number, "deny", or nothing where no number is asked for. */
  number: z.string().regex(/^(deny|\d{2})?$/),
})
const Query = z.strictObject({ said: z.enum(['approved', 'denied', 'wrong', 'over']).optional() })

/** Creates the server; the caller lets it listen. */
export const createPhoneServer = (store: PushStore): Server =>
  createServer((message, response) => {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'same-origin')
    route(store, message, response).catch(() => {
      if (!response.headersSent) sendJson(response, 400, { title: 'Bad request' })
    })
  })

const route = async (store: PushStore, message: IncomingMessage, response: ServerResponse): Promise<void> => {
  if (!isAddressedToLoopback(message) || isCrossOrigin(message)) {
    sendJson(response, 403, { title: 'Requests from other pages are refused' })
    return
  }
  const url = new URL(message.url ?? '/', 'http://127.0.0.1')
  switch (`${message.method ?? ''} ${url.pathname}`) {
    case 'GET /':
      sendPage(store, message, response, Query.parse(Object.fromEntries(url.searchParams)).said)
      return
    case 'GET /api/pushes':
      sendJson(response, 200, {
        pushes: store
          .waiting()
          .map(({ nonce, phone, text, numbers }) => ({ nonce, login: phone.user, text, numbers })),
      })
      return
    case 'POST /answer': {
      const said = answer(
        store,
        Answer.parse(Object.fromEntries(new URLSearchParams(await readText(message)))),
      )
      response.writeHead(303, { location: `/?said=${said}` }).end()
      return
    }
    default:
      sendJson(response, 404, { title: 'Not found' })
  }
}

const answer = (store: PushStore, { nonce, number }: z.infer<typeof Answer>): Said => {
  if (!store.waiting().some((challenge) => challenge.nonce === nonce)) return 'over'
  if (number === 'deny') return store.answer(nonce, 'declined') ? 'denied' : 'over'
  return store.answer(nonce, 'accept', number === '' ? null : number) ? 'approved' : 'wrong'
}

const sendPage = (
  store: PushStore,
  { headers }: IncomingMessage,
  response: ServerResponse,
  said: Said | undefined,
): void => {
  response
    .writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': PHONE_POLICY,
    })
    .end(renderPhones(store.waiting(), phoneWords(headers['accept-language']), said))
}

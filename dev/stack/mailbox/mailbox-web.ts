/** The inbox over HTTP: the page, a small JSON API for smoke tests, and the knobs. Loopback only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { isAddressedToLoopback, isCrossOrigin, readText, sendJson } from '../loopback-http.ts'
import { MAIL_POLICY, PAGE_POLICY, renderInbox } from './mailbox-page.ts'
import { Knobs, type MailboxStore } from './mailbox-store.ts'

const ListQuery = z.strictObject({
  to: z.string().max(320).optional(),
  kind: z.enum(['mail', 'sms']).optional(),
  after: z.coerce.number().int().min(0).optional(),
})

/** Creates the server; the caller lets it listen. */
export function createInboxServer(store: MailboxStore): Server {
  return createServer((message, response) => {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('referrer-policy', 'no-referrer')
    route(store, message, response).catch((error: unknown) => {
      const issues = error instanceof z.ZodError ? error.issues.map(describe) : ['the request is not usable']
      if (!response.headersSent) sendJson(response, 400, { title: 'Bad request', issues })
    })
  })
}

async function route(store: MailboxStore, message: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isAddressedToLoopback(message) || isCrossOrigin(message)) {
    sendJson(response, 403, { title: 'Requests from other pages are refused' })
    return
  }
  const url = new URL(message.url ?? '/', 'http://127.0.0.1')
  switch (`${message.method ?? ''} ${url.pathname}`) {
    case 'GET /':
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': PAGE_POLICY,
        })
        .end(renderInbox(store.list()))
      return
    case 'GET /api/messages': {
      const filter = ListQuery.parse(Object.fromEntries(url.searchParams))
      sendJson(response, 200, { messages: store.list(filter) })
      return
    }
    case 'DELETE /api/messages':
      store.clear()
      response.writeHead(204).end()
      return
    case 'GET /api/knobs':
      sendJson(response, 200, store.knobs)
      return
    case 'PATCH /api/knobs':
      store.knobs = { ...store.knobs, ...readKnobs(await readText(message)) }
      sendJson(response, 200, store.knobs)
      return
    default:
      sendPart(store, message, url.pathname, response)
  }
}

/** Only the knobs that the body names are turned. */
function readKnobs(body: string): Partial<Knobs> {
  const { mail, sms } = Knobs.partial().parse(JSON.parse(body))
  return { ...(mail ? { mail } : {}), ...(sms ? { sms } : {}) }
}

/** The source of a message, or the HTML part of a mail. */
function sendPart(
  store: MailboxStore,
  { method }: IncomingMessage,
  path: string,
  response: ServerResponse,
): void {
  const [, id, part] = /^\/messages\/(\d+)\/(raw|html)$/.exec(path) ?? []
  const found = method === 'GET' && id !== undefined ? store.get(Number(id)) : undefined
  const body = part === 'html' ? found?.html : found?.raw
  if (body === undefined) {
    sendJson(response, 404, { title: 'Not found' })
    return
  }
  const headers = { 'content-type': `text/${part === 'html' ? 'html' : 'plain'}; charset=utf-8` }
  const policy = part === 'html' ? { 'content-security-policy': MAIL_POLICY } : {}
  response.writeHead(200, { ...headers, ...policy }).end(body)
}

function describe(issue: z.core.$ZodIssue): string {
  const field = issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : issue.path.join('.')
  return `${field}: ${issue.message}`
}

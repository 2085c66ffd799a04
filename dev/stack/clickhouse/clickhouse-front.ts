/** The HTTP front of the embedded ClickHouse engine: enough of the protocol for the official client. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { createGzip } from 'node:zlib'
import { ClickHouseError } from './clickhouse-error.ts'
import type { Engine, EngineReply } from './clickhouse-engine.ts'
import { type EngineRequest, formatOf, readRequest } from './clickhouse-request.ts'

/** Creates the server; the caller lets it listen, on loopback only, as there is no password. */
export function createFront(engine: Engine): Server {
  const server = createServer((message, response) => {
    answer(engine, message, response).catch((error: unknown) => {
      fail(response, ClickHouseError.from(error))
    })
  })
  server.keepAliveTimeout = 10_000
  return server
}

async function answer(engine: Engine, message: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isFromBrowser(message)) {
    response.writeHead(403).end('Requests from web pages are refused.\n')
    return
  }
  const path = (message.url ?? '/').split('?')[0]
  if (path === '/ping') {
    response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' }).end('Ok.\n')
    return
  }
  if (path !== '/' || !['GET', 'POST'].includes(message.method ?? '')) {
    response.writeHead(404).end('There is no such page.\n')
    return
  }
  const request = await readRequest(message)
  await engine.run(request, (reply) => send(response, request, reply))
}

/** A web page the developer has open must not be able to run statements here. */
function isFromBrowser({ headers }: IncomingMessage): boolean {
  const host = (headers.host ?? '').replace(/:\d+$/, '')
  return (
    headers.origin !== undefined ||
    headers['sec-fetch-site'] !== undefined ||
    !['127.0.0.1', 'localhost'].includes(host)
  )
}

async function send(response: ServerResponse, request: EngineRequest, reply: EngineReply): Promise<void> {
  response.writeHead(200, headersOf(request, reply))
  const gzip = request.wantsGzip ? createGzip() : undefined
  gzip?.pipe(response)
  const target = gzip ?? response
  for await (const chunk of reply.chunks) {
    if (response.destroyed) return
    if (!target.write(chunk)) await Promise.race([once(target, 'drain'), once(response, 'close')])
  }
  target.end()
}

function headersOf(request: EngineRequest, reply: EngineReply): Record<string, string> {
  const summary = {
    read_rows: String(reply.writtenRows),
    read_bytes: String(reply.writtenBytes),
    written_rows: String(reply.writtenRows),
    written_bytes: String(reply.writtenBytes),
    total_rows_to_read: '0',
    result_rows: String(reply.writtenRows),
    result_bytes: String(reply.writtenBytes),
    elapsed_ns: '0',
  }
  const format = formatOf(request)
  return {
    'content-type': format.startsWith('JSON')
      ? 'application/json; charset=UTF-8'
      : 'text/plain; charset=UTF-8',
    'x-clickhouse-query-id': request.queryId,
    'x-clickhouse-format': format,
    'x-clickhouse-timezone': 'UTC',
    'x-clickhouse-summary': JSON.stringify(summary),
    ...(request.wantsGzip ? { 'content-encoding': 'gzip' } : {}),
  }
}

function fail(response: ServerResponse, error: ClickHouseError): void {
  if (response.headersSent) {
    // Rows are out already: only a broken answer tells the client that they are not all.
    response.destroy()
    return
  }
  response
    .writeHead(error.status, {
      'content-type': 'text/plain; charset=UTF-8',
      'x-clickhouse-exception-code': String(error.code),
    })
    .end(`${error.message}\n`)
}

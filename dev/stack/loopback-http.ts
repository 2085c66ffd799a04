/** Small HTTP helpers for the parts that listen on loopback and nowhere else. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** Lets the server listen on 127.0.0.1. @throws the system's error when the port is taken */
export function listenOnLoopback(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** Closes the server and every connection, also those whose answer is being withheld. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve()
    })
    server.closeAllConnections()
  })
}

/**
 * True if the request is addressed to this machine by its own name. A foreign name that resolves to loopback would let
 * any web page read what is shown here.
 */
export function isAddressedToLoopback({ headers }: IncomingMessage): boolean {
  return ['127.0.0.1', 'localhost'].includes((headers.host ?? '').replace(/:\d+$/, ''))
}

/** True if a page of another origin sent the request. */
export function isCrossOrigin({ headers, socket }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const scheme = 'encrypted' in socket ? 'https' : 'http'
  return headers.origin !== undefined && headers.origin !== `${scheme}://${headers.host ?? ''}`
}

/** The body as text. @throws when it is longer than `maxBytes` */
export async function readText(message: IncomingMessage, maxBytes = 64 * 1024): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new Error('The request body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Answers with JSON that no cache keeps. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body))
}

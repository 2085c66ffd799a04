/** A provider's fake: HTTPS on this machine, under a certificate of its own authority, keeping every byte that passed. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCertificates } from '#dev/stack/directories/certificates.ts'

/** A request that came in. `body`: parsed from JSON, or from a form. */
export type FakeRequest = {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** An answer that goes back. */
export type FakeAnswer = {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A request with its answer. */
export type Exchange = { readonly request: FakeRequest; readonly answer: FakeAnswer }

/** A running fake. */
export type FakeServer = {
  readonly url: string
  readonly port: number
  readonly caFile: string
  readonly exchanges: Exchange[]
  close(): Promise<void>
}

/** Starts a fake that answers by a function. */
export const startFake = async (
  answerOf: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeServer> => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-fake-'))
  const tls = makeCertificates(folder, ['localhost'])
  const exchanges: Exchange[] = []
  const server = createServer(
    { cert: readFileSync(tls.cert), key: readFileSync(tls.key) },
    (incoming, response) => {
      const pass = async (): Promise<void> => {
        const request = await requestOf(incoming)
        const answer = await answerOf(request)
        exchanges.push({ request, answer })
        send(response, answer)
      }
      pass().catch((error: unknown) => {
        process.stderr.write(`a stand-in could not answer: ${String(error)}\n`)
        response.destroy()
      })
    },
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  return {
    url: `https://localhost:${String(port)}`,
    port,
    caFile: tls.ca,
    exchanges,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const requestOf = async (incoming: IncomingMessage): Promise<FakeRequest> => {
  const pieces: Buffer[] = []
  for await (const piece of incoming as AsyncIterable<Buffer>) pieces.push(piece)
  const { method = '', url = '', headers } = incoming
  const text = Buffer.concat(pieces).toString('utf8')
  return {
    method,
    url: new URL(url, `https://${headers.host ?? 'localhost'}`),
    headers,
    body: bodyOf(text, headers),
  }
}

const bodyOf = (text: string, headers: IncomingHttpHeaders): unknown => {
  if (text === '') return undefined
  if (headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true)
    return Object.fromEntries(new URLSearchParams(text))
  return JSON.parse(text) as unknown
}

const send = (response: ServerResponse, { status, body, headers }: FakeAnswer): void => {
  const json = body === undefined ? {} : { 'content-type': 'application/json' }
  response.writeHead(status, { ...json, ...headers }).end(body === undefined ? '' : JSON.stringify(body))
}

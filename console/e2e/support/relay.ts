/** A site on another address that hands everything on to the portal, as phishing kits do. */
import { createServer, request, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { stack } from './stack.ts'

/** The portal sees a browser on its own address. */
const towards = (headers: IncomingHttpHeaders): IncomingHttpHeaders => ({
  ...headers,
  host: new URL(stack.portal).host,
  ...(headers.origin === undefined ? {} : { origin: stack.portal }),
})

/** Starts one. `cookies`: what it overheard, as a browser would send it. */
export const startRelay = async () => {
  const cookies = new Map<string, string>()
  const overhear = (lines: readonly string[]) => {
    for (const line of lines) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name !== undefined && value !== undefined && value !== '') cookies.set(name, value)
    }
  }
  const fail = (response: ServerResponse) => response.destroy()
  const server = createServer((incoming, response) => {
    const { port } = new URL(stack.portal)
    const { method, url: path } = incoming
    const onwards = request(
      { host: '127.0.0.1', port, method, path, headers: towards(incoming.headers), setHost: false },
      (answer) => {
        overhear(answer.headers['set-cookie'] ?? [])
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(response)
      },
    )
    onwards.on('error', () => fail(response))
    incoming.pipe(onwards)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
  return {
    origin,
    cookies,
    /** The link that was sent, on this address. */
    baitOf: (link: string): string => link.replace(new URL(link).origin, origin),
    stop: async (): Promise<void> => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

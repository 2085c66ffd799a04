import { createServer, type Server } from 'node:http'
import type Koa from 'koa'
import { dressBareAnswers } from './bare-answers.ts'

/** Longest headers, and how long a client may take to send them and its body (H9). */
const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 5_000,
  // A surface refuses a missing name itself, as it refuses a foreign one, with all of its headers (F9).
  requireHostHeader: false,
} as const

/** Requests under way may take this long when the process ends. */
const drainMs = 5_000

/** A surface that takes requests. */
export type Listener = { readonly port: number; stop(): Promise<void> }

const stopServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => {
      server.closeAllConnections()
    }, drainMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })

/** A server with the limits and headers of every surface, and no surface yet. */
export const createListener = (): Server => {
  const server = createServer(limits)
  dressBareAnswers(server)
  return server
}

/**
 * Listens for one surface.
 * @throws the system's error, for example EADDRINUSE
 */
export const listenFor = (app: Koa, port: number, host: string): Promise<Listener> =>
  new Promise((resolve, reject) => {
    const handler = app.callback()
    const server = createListener()
    server.on('request', (request, response) => void handler(request, response))
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      const actual = typeof address === 'object' && address !== null ? address.port : port
      resolve({ port: actual, stop: () => stopServer(server) })
    })
  })

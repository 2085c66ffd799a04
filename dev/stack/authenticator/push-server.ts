/** The push server itself, by TLS on loopback, under a certificate of its own. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { closeServer, listenOnLoopback, readText, sendJson } from '../loopback-http.ts'
import { makeOwnCertificate } from './certificate.ts'
import {
  createPushAnswers,
  type ServerAnswer,
  type ServerRequest,
  type ServiceAccount,
} from './push-answers.ts'
import type { PushStore } from './push-store.ts'

/** A server that runs. */
export interface RunningPushServer {
  url: string
  /** PEM; whoever trusts it can speak to the server. */
  certificate: string
  stop(): Promise<void>
}

/** Starts a server of this store. @param port 0: any that is free */
export async function startPushServer(
  store: PushStore,
  account: ServiceAccount,
  port: number,
): Promise<RunningPushServer> {
  const { cert, key } = await makeOwnCertificate()
  const answerOf = createPushAnswers(store, account)
  const server = createServer({ cert, key }, (message, response) => {
    pass(answerOf, message, response).catch(() => response.destroy())
  })
  await listenOnLoopback(server, port)
  const url = `https://localhost:${String((server.address() as AddressInfo).port)}`
  return { url, certificate: cert, stop: () => closeServer(server) }
}

async function pass(
  answerOf: (request: ServerRequest) => ServerAnswer,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', headers } = message
  const url = new URL(message.url ?? '/', 'https://localhost')
  const body = Object.fromEntries(new URLSearchParams(await readText(message)))
  const answer = answerOf({ method, url, headers, body })
  sendJson(response, answer.status, answer.body)
}

/** The list over HTTP: the whole console surface, a signed-in supervisor, one client. */
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '#api/app.ts'
import { consoleCookie } from '#api/http/cookies.ts'
import { csrfTokenOf } from '#api/http/middleware/csrf.ts'
import { connect } from '#platform/database/connect.ts'
import { startStaffSession } from '#services/staff/sessions.ts'
import { placeOf } from '#services/staff/session-place.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { apiDepsOver } from '../lib/api-deps.ts'
import type { Filled } from './fill.ts'

/** Pages as they are opened: the first one, sorted, filtered, searched. */
const queries = [
  '',
  'sort=risk',
  'sort=completed&order=asc',
  'outcome=failed',
  'purpose=mfa_reset&sort=risk',
  'channel=email&riskFrom=2&riskTo=6',
  'q=family77',
  'q=INC-1',
]

/** Below the ceiling of requests for one address and minute. */
const requests = 480

const agent = new Agent({ keepAlive: true })

/** The list asks Temporal nothing. */
const unasked = {} as Verifications

/** Times of `requests` pages, milliseconds, until the whole answer is there. @throws on any status but 200 */
export const timeList = async (apiUrl: string, { tenantId, staffIds }: Filled): Promise<number[]> => {
  const db = connect({
    url: apiUrl,
    max: 10,
    applicationName: 'countersign-bench',
    statementTimeoutMs: 8_000,
  })
  const { api: keys } = testKeys()
  const deps = apiDepsOver(db, keys, unasked)
  const handler = createApp(deps).consoleApp.callback()
  const server = createServer((incoming, outgoing) => void handler(incoming, outgoing))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const token = newToken()
  await inTenant(db, tenantId, (tx) =>
    startStaffSession(tx, keys, {
      staffId: staffIds[0] ?? '',
      tokenHash: tokenHash(token),
      csrfHash: tokenHash(csrfTokenOf(token)),
      amr: ['pwd', 'otp'],
      country: null,
      place: placeOf(deps, tenantId, { userAgent: undefined, address: '127.0.0.1' }),
    }),
  )
  const headers = { host: new URL(deps.settings.consoleUrl).host, cookie: `${consoleCookie}=${token}` }
  const { port } = server.address() as AddressInfo
  const times: number[] = []
  for (let asked = 0; asked < requests; asked += 1)
    times.push(
      await get(port, `/api/console/verifications?${queries[asked % queries.length] ?? ''}`, headers),
    )
  server.closeAllConnections()
  server.close()
  await db.close()
  // The first of each are compiled and planned.
  return times.slice(2 * queries.length)
}

const get = (port: number, path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const begun = performance.now()
    const sent = request({ agent, host: '127.0.0.1', port, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - begun)
        else reject(new Error(`${path}: ${String(response.statusCode)} ${Buffer.concat(chunks).toString()}`))
      })
    })
    sent.on('error', reject)
    sent.end()
  })

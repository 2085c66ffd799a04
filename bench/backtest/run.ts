/**
 * `backtest` (docs/performance.md): a draft of the policy tried on ten thousand stored cases of the last 90 days, part after
 * part over HTTP as the console does it, and reach over as many people.
 */
import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { createApp } from '#api/app.ts'
import { consoleCookie } from '#api/http/cookies.ts'
import { csrfTokenOf } from '#api/http/middleware/csrf.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { connect } from '#platform/database/connect.ts'
import { startStaffSession } from '#services/staff/sessions.ts'
import { placeOf } from '#services/staff/session-place.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { apiDepsOver } from '../lib/api-deps.ts'
import { atMost, circumstances, median, rounded, spread, type Report } from '../lib/report.ts'
import { withDatabase, type Database } from '../lib/servers.ts'
import { fillCases } from './fill.ts'

const cases = 10_000
const rounds = 3
const limitSeconds = 10

type Call = <T>(path: string, body: object) => Promise<T>
type Part = {
  readonly cases: number
  readonly notReplayable: number
  readonly worse: number
  readonly next: string | null
}

/** One more kind of evidence for everybody, and heavier checks: most cases have to be weighed anew. */
const draft = () => {
  const policy = defaultPolicy()
  const { standard } = policy.rules.password_reset
  const rules = {
    ...policy.rules,
    password_reset: { ...policy.rules.password_reset, standard: { ...standard, classesNeeded: 2 } },
  }
  const checks = { NET_NEW_ASN: { weight: 4 }, END_NEW_DEVICE: { weight: 6 } }
  return { ...policy, rules, score: { ...policy.score, checks } }
}

const backTest = async (
  call: Call,
): Promise<{ seconds: number; cpuSeconds: number; cases: number; odd: number; parts: number }> => {
  const [begun, before] = [performance.now(), process.cpuUsage()]
  const found = { cases: 0, odd: 0, parts: 0 }
  let after: string | null = null
  do {
    const part: Part = await call<Part>('/api/console/policy/back-test', { policy: draft(), after })
    found.cases += part.cases
    found.odd += part.notReplayable
    found.parts += 1
    after = part.next
  } while (after !== null)
  const { user, system } = process.cpuUsage(before)
  return {
    ...found,
    seconds: (performance.now() - begun) / 1000,
    cpuSeconds: (user + system) / 1_000_000,
  }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return (performance.now() - begun) / 1000
}

/** A console over HTTP with an admin signed in. */
const withConsole = async <T>(
  { api }: Database,
  { tenantId, adminId }: { readonly tenantId: string; readonly adminId: string },
  work: (call: Call, read: (path: string) => Promise<unknown>) => Promise<T>,
): Promise<T> => {
  const db = connect({ url: api, max: 10, applicationName: 'countersign-bench', statementTimeoutMs: 30_000 })
  const { api: keys } = testKeys()
  const deps = apiDepsOver(db, keys, {} as Verifications)
  const handler = createApp(deps).consoleApp.callback()
  const server = createServer((incoming, outgoing) => void handler(incoming, outgoing))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const token = newToken()
  const session = {
    tokenHash: tokenHash(token),
    csrfHash: tokenHash(csrfTokenOf(token)),
    amr: ['pwd', 'otp'],
  }
  const place = placeOf(deps, tenantId, { userAgent: undefined, address: '127.0.0.1' })
  await inTenant(db, tenantId, (tx) =>
    startStaffSession(tx, keys, { staffId: adminId, ...session, country: null, place }),
  )
  const { send } = sender(server.address() as AddressInfo, deps.settings.consoleUrl, token)
  try {
    return await work(
      async <T>(path: string, body: object) => (await send(path, JSON.stringify(body))) as T,
      (path) => send(path, null),
    )
  } finally {
    server.closeAllConnections()
    server.close()
    await db.close()
  }
}

const sender = ({ port }: AddressInfo, consoleUrl: string, token: string) => {
  const headers = {
    host: new URL(consoleUrl).host,
    cookie: `${consoleCookie}=${token}`,
    'x-csrf-token': csrfTokenOf(token),
    'content-type': 'application/json',
    'x-countersign': '1',
    origin: consoleUrl,
    'sec-fetch-site': 'same-origin',
  }
  const send = (path: string, body: string | null): Promise<unknown> => {
    return new Promise((resolve, reject) => {
      const method = body === null ? 'GET' : 'POST'
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          if (response.statusCode === 200) resolve(JSON.parse(text))
          else reject(new Error(`${path}: ${String(response.statusCode)} ${text}`))
        })
      })
      sent.on('error', reject)
      sent.end(body ?? undefined)
    })
  }
  return { send }
}

/** Runs the bench. */
export const run = (): Promise<Report> =>
  withDatabase(async (database) => {
    const owner = new pg.Client({ connectionString: database.owner })
    await owner.connect()
    console.error(`filling ${String(cases)} cases`)
    const filled = await fillCases(owner, cases).finally(() => owner.end())
    return withConsole(database, filled, async (call, read) => {
      const tested: Awaited<ReturnType<typeof backTest>>[] = []
      const reached: number[] = []
      const calibrated: number[] = []
      for (let round = 0; round < rounds; round += 1) {
        tested.push(await backTest(call))
        reached.push(await timed(() => call('/api/console/policy/reach', { policy: draft() })))
        calibrated.push(await timed(() => read('/api/console/reports/calibration')))
      }
      const seconds = tested.map((one) => one.seconds)
      const short = tested.filter((one) => one.cases !== cases || one.odd > 0).length
      return {
        name: 'backtest',
        goals: [
          atMost('back-test of 10,000 cases, s', median(seconds), limitSeconds),
          atMost('rounds in which a case was left out', short, 0),
          atMost('reach over 10,000 people, s', median(reached), limitSeconds),
          atMost('calibration of 10,000 cases, s', median(calibrated), 30),
        ],
        rounds,
        ...circumstances(),
        backTest: {
          ...spread(seconds),
          // The processor time of API and client, without the database: a busy machine does not change it.
          cpuSeconds: spread(tested.map((one) => one.cpuSeconds)),
          parts: tested[0]?.parts,
          perCaseMs: rounded((median(seconds) * 1000) / cases),
        },
        reach: spread(reached),
        calibration: spread(calibrated),
      }
    })
  })

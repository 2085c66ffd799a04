import { input } from '#domain/risk/testing/facts.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import { isLongRun } from '#platform/testing/long-run.ts'
import { rawRequest, type Answer } from '../testing/http.ts'
import { linkCases } from '../testing/link-case.ts'
import { addTenant, callPortal, createTestApi, keylessPage, type TestApi } from '../testing/test-api.ts'

let api: TestApi
let links: ReturnType<typeof linkCases>
let tenantId: string
beforeAll(async () => {
  api = await createTestApi({ deps: { clientAddress: createClientAddress(['127.0.0.1/32']) } })
  tenantId = (await addTenant(api)).id
  links = linkCases(api, tenantId)
})
afterAll(() => api.stop())

/** Each visitor comes from an address of its own, as scanners of many companies do. */
let addresses = 0
const fromElsewhere = (): Record<string, string> => {
  addresses += 1
  return { 'x-forwarded-for': `198.${18 + (addresses >> 16)}.${(addresses >> 8) & 255}.${addresses & 255}` }
}

/** User agents of previewers and scanners, and the headers of prefetching browsers (C7). */
const visitors: readonly (readonly [string, Record<string, string>])[] = [
  ['Slack', { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' }],
  ['WhatsApp', { 'user-agent': 'WhatsApp/2.23.20.0' }],
  ['Skype', { 'user-agent': 'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5' }],
  ['Safe Links', { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SafeLinks/1.0' }],
  ['curl', { 'user-agent': 'curl/8.5.0' }],
  ['no user agent', {}],
  ['prefetch', { 'user-agent': 'Mozilla/5.0', purpose: 'prefetch' }],
  ['prefetch, newer', { 'user-agent': 'Mozilla/5.0', 'sec-purpose': 'prefetch' }],
  ['prerender', { 'user-agent': 'Mozilla/5.0', 'sec-purpose': 'prefetch;prerender' }],
]

const junk = ['000', 'abcdef', '12345', '1234567', '', '１２']

/** Scanners that run scripts do one of these a visit: load, fill the form of the code or of the *No*. */
const steps = [
  ['open', {}],
  ...junk.map((code) => ['code', { code, language: 'en' }] as const),
  ...junk.map((digits) => ['decline', { digits }] as const),
] as const

const scan = (token: string, visit: number): Promise<Answer> => {
  const [path, more] = steps[visit % steps.length] ?? steps[0]
  return callPortal(api, null, `/api/public/links/${path}`, {
    body: { token, ...more },
    headers: { ...fromElsewhere(), ...visitors[visit % visitors.length]?.[1] },
  })
}

/** Fifty scanner visits, then the participant, once. */
const visitAndEnter = async (): Promise<unknown> => {
  const { token, code, verificationId } = await links.makeCase()
  const visits = await Promise.all(Array.from({ length: 50 }, (_, visit) => scan(token, visit)))
  const entered = await callPortal(api, null, '/api/public/links/code', {
    body: { token, code, language: 'en', page: keylessPage(api), summary: input() },
    headers: fromElsewhere(),
  })
  const row = await api.owner.one<{ tries: number }>(
    'select tries from code_challenges where verification_id = $1',
    [verificationId],
  )
  const cookies = visits.flatMap((answer) => answer.cookies).length
  return { accepted: entered.json.accepted as unknown, cookies, tries: row?.tries }
}

describe('C8: scanners first', () => {
  const participants = isLongRun ? 200 : 20
  const atOnce = 5
  const groups = Array.from({ length: participants / atOnce }, (_, n) => [n * atOnce + 1, (n + 1) * atOnce])

  it.each(groups)(
    'participants %i to %i: after fifty scanner visits each, the right code is taken at the first try',
    async () => {
      const ends = await Promise.all(Array.from({ length: atOnce }, visitAndEnter))
      expect(ends).toEqual(ends.map(() => ({ accepted: true, cookies: 0, tries: 1 })))
    },
  )
})

describe('C7: the same inert page for everybody', () => {
  it('gives previewers, prefetching browsers and people the same bytes, whatever they say they are', async () => {
    const { token } = await links.makeCase()
    const person = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
    const open = async (headers: Record<string, string>) => {
      const answer = await callPortal(api, null, '/api/public/links/open', {
        body: { token },
        headers: { ...fromElsewhere(), ...headers },
      })
      const { date: _, 'x-request-id': __, ...rest } = answer.headers
      return [answer.status, rest, answer.text]
    }
    const seen = await open(person)
    expect(seen[0]).toBe(200)
    for (const [name, headers] of visitors) expect(await open(headers), name).toEqual(seen)
  })
})

describe('C5: looking changes nothing', () => {
  /** Which transaction wrote a row. How far a visit came is telemetry, and lies on the row of the case. */
  const markOf = (table: string): string =>
    table.startsWith('verifications')
      ? `(to_jsonb(t) - 'furthest_step')::text`
      : `ctid::text || ' ' || xmin::text`

  /** Rows of all tables but rate counters. */
  const everyRow = async (): Promise<ReadonlyMap<string, string>> => {
    const tables = await api.owner.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and relname <> 'rate_limits' order by 1`,
    )
    const rows = new Map<string, string>()
    for (const { name } of tables) {
      const found = await api.owner.query<{ row: string }>(
        `select ${markOf(name)} as row from "${name}" t order by 1`,
      )
      rows.set(name, found.map(({ row }) => row).join(','))
    }
    return rows
  }

  it('no row of any table, for GET, HEAD and OPTIONS of every address that a link could lead to', async () => {
    const { token } = await links.makeCase()
    const before = await everyRow()
    expect(before.size).toBeGreaterThan(40)
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      for (const path of ['/v', '/not-me', `/v?t=${token}`, `/v/${token}`, '/api/public/links/open'])
        for (const [, headers] of visitors) {
          const host = new URL(api.portalUrl).host
          const answer = await rawRequest(api.ports.portal, {
            method,
            path,
            headers: { ...headers, ...fromElsewhere(), host },
          })
          expect(answer.cookies).toEqual([])
        }
    expect(await everyRow()).toEqual(before)
  })

  it('and the page’s own question leaves telemetry of the visit alone', async () => {
    const { token } = await links.makeCase()
    const before = await everyRow()
    for (let visit = 0; visit < steps.length; visit += 1) await scan(token, visit)
    const after = await everyRow()
    const changed = [...after].filter(([name, rows]) => rows !== before.get(name)).map(([name]) => name)
    // The visit itself is noted, on the case's timeline; a partition's name ends with its month.
    expect(changed.map((name) => name.replace(/_\d{4}_\d{2}$/, ''))).toEqual([
      'audit',
      'audit_heads',
      'link_visits',
      'outbox',
    ])
  })
})

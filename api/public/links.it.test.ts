import { describe, expect, it } from 'vitest'
import { isBeingSent, resolveLink } from '#services/verifications/link-page.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { portalCookie } from '../http/cookies.ts'
import { cookieOf, rawRequest, type Answer } from '../testing/http.ts'
import { wrongCode } from '../testing/link-case.ts'
import { addPerson, callPortal, signIn } from '../testing/test-api.ts'
import { usePortal } from '../testing/use-test-api.ts'

const portal = usePortal()
const { api, links } = portal

/** A picture of every row that a link could change; counters and telemetry left out. */
const snapshot = async () => {
  const tables = [
    'links',
    'verifications',
    'portal_sessions',
    'code_challenges',
    'plans',
    'sealed_inputs',
    'people',
    'reports',
  ]
  const rows = await Promise.all(
    tables.map((table) =>
      api.owner.query(`select '${table}' as t, ctid::text, xmin::text from ${table} order by 2`),
    ),
  )
  return JSON.stringify(rows)
}

describe('an open link', () => {
  it('C5, B10: GET, HEAD and OPTIONS of every address change nothing and set no cookie', async () => {
    const { token } = await links.makeCase()
    const before = await snapshot()
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      for (const path of [
        '/',
        '/v',
        '/not-me',
        `/v?token=${token}`,
        '/api/public/links/open',
        '/api/public/links/code',
        '/api/portal/step',
      ]) {
        const answer = await rawRequest(api.ports.portal, {
          method,
          path,
          headers: { host: new URL(api.portalUrl).host, 'sec-purpose': 'prefetch' },
        })
        expect(answer.cookies, `${method} ${path}`).toEqual([])
      }
    expect(await snapshot()).toBe(before)
  })

  it('C4, C8: any number of visits spends nothing and binds no browser', async () => {
    const { token, code } = await links.makeCase()
    const before = await snapshot()
    const answers = await Promise.all(Array.from({ length: 50 }, () => links.open(token)))
    expect(answers.every(({ status, cookies }) => status === 200 && cookies.length === 0)).toBe(true)
    expect(await snapshot()).toBe(before)
    expect((await links.submit(token, code)).json.accepted).toBe(true)
  })

  it('C7: behaves alike for scanners and people; only the telemetry tells them apart', async () => {
    const { token, verificationId } = await links.makeCase()
    const seen = await links.open(token)
    const scanned = await callPortal(api, null, '/api/public/links/open', {
      body: { token },
      headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0', 'sec-purpose': 'prefetch' },
    })
    expect(scanned.json).toEqual(seen.json)
    const visits = await api.owner.query(
      'select kind from link_visits where verification_id = $1 order by id',
      [verificationId],
    )
    expect(visits).toEqual([{ kind: 'page_seen' }, { kind: 'scanner_like' }])
  })

  it('B8: says who asks, for what, since when, under which ticket, and both sides see one phrase (B11)', async () => {
    const { token } = await links.makeCase({}, { ticket: 'INC-77', purpose: 'password_reset' })
    const { json } = await links.open(token)
    expect(json.brand.name).toBe('Northwind')
    expect(json.step).toMatchObject({
      kind: 'who_asks',
      agentName: 'Alex Agent',
      ticket: 'INC-77',
      purpose: 'password_reset',
    })
    expect(json.step.phrase).toHaveLength(2)
    // Nobody knows where they are: nothing is said.
    expect(json.step.origin).toBeNull()
  })

  it('B8: names nobody of the help desk where the person is said to have asked by themself', async () => {
    const { token } = await links.makeCase(
      {},
      { referrer_kind: 'self_service', referrer_name: 'Self-service' },
    )
    expect((await links.open(token)).json.step).toMatchObject({ kind: 'who_asks', agentName: null })
  })

  it('B8: names the city of the agent, else the country of their sign-in, never an address', async () => {
    const agent = await signIn(api, portal.tenantId)
    const colleague = await addPerson(api, portal.tenantId, { office: 'Leeds', country: 'GB' })
    const origin = async () => {
      const { token } = await links.makeCase({}, { referrer_kind: 'agent', referrer_id: agent.staffId })
      return (await links.open(token)).json.step.origin
    }
    expect(await origin()).toBeNull()
    await api.owner.run(`update staff_sessions set country = 'DE' where staff_id = $1`, [agent.staffId])
    expect(await origin()).toEqual({ city: null, country: 'DE' })
    await api.owner.run('update staff set person_id = $2 where id = $1', [agent.staffId, colleague.id])
    expect(await origin()).toEqual({ city: 'Leeds', country: 'GB' })
  })
})

describe('a message that is quicker than the record of its sending', () => {
  const late = { state: 'created', sent_at: null } as const
  it('opens as soon as it is recorded', async () => {
    const { token, verificationId } = await links.makeCase({}, late)
    const opened = links.open(token)
    await new Promise((resolve) => setTimeout(resolve, 400))
    await api.owner.run(`update verifications set state = 'link_sent', sent_at = now() where id = $1`, [
      verificationId,
    ])
    expect((await opened).json.step.kind).toBe('who_asks')
  })

  it('is waited for only while its link is fresh and untouched, and its case not told yet', async () => {
    const [now, before] = [new Date(), new Date(Date.now() - 31_000)]
    const waits = async (link: Readonly<Record<string, unknown>>, ofCase: typeof link = late) => {
      const { token } = await links.makeCase(link, ofCase)
      const { tenantId, id } = (await resolveLink(api.db, tokenHash(token))) ?? { tenantId: '', id: '' }
      return inTenant(api.db, tenantId, (tx) => isBeingSent(tx, id))
    }
    expect(await waits({})).toBe(true)
    for (const link of [
      { created_at: before },
      { voided_at: now },
      { used_at: now },
      { superseded_at: now },
      { expires_at: before },
    ])
      expect(await waits(link), Object.keys(link).join()).toBe(false)
    for (const state of ['opened', 'answering', 'awaiting_decision', 'closed'])
      expect(await waits({}, { state }), state).toBe(false)
  })
})

describe('C17, H1: dead links', () => {
  const dead: Readonly<Record<string, () => Promise<string>>> = {
    unknown: async () => newToken(),
    used: async () => (await links.makeCase({ used_at: new Date() })).token,
    expired: async () => (await links.makeCase({ expires_at: new Date(Date.now() - 1_000) })).token,
    superseded: async () => (await links.makeCase({ superseded_at: new Date() })).token,
    voided: async () => (await links.makeCase({ voided_at: new Date() })).token,
    'of a closed case': async () =>
      (await links.makeCase({}, { state: 'closed', outcome: 'timed_out' })).token,
    'of an expired case': async () =>
      (await links.makeCase({}, { expires_at: new Date(Date.now() - 1_000) })).token,
  }
  const bytes = ({ status, headers, text }: Answer) => {
    const { date: _, 'x-request-id': __, ...rest } = headers
    return JSON.stringify([status, rest, text])
  }

  it('questions 9: give the same status, headers and bytes on every public route, whatever the reason', async () => {
    const answers: Record<string, string[]> = {}
    for (const [reason, make] of Object.entries(dead)) {
      // Three misses each: more than a minute allows.
      await api.owner.run('delete from rate_limits')
      const token = await make()
      answers[reason] = [
        bytes(await links.open(token)),
        bytes(await links.submit(token, '123456')),
        bytes(await links.decline(token, '12')),
      ]
    }
    const [first, ...others] = Object.values(answers)
    expect(new Set(first).size).toBe(1)
    expect(first?.[0]).toContain('link_unusable')
    for (const other of others) expect(other).toEqual(first)
  })

  it('H2, questions 9: take the same time, at least the floor', async () => {
    const times: Record<string, number[]> = { unknown: [], used: [] }
    const used = await links.makeCase({ used_at: new Date() })
    await api.owner.run('delete from rate_limits')
    for (let round = 0; round < 10; round += 1)
      for (const [name, token] of [
        ['unknown', newToken()],
        ['used', used.token],
      ] as const) {
        const begun = performance.now()
        await links.open(token)
        times[name]?.push(performance.now() - begun)
      }
    await api.owner.run('delete from rate_limits')
    for (const list of Object.values(times)) expect(Math.min(...list)).toBeGreaterThanOrEqual(49)
  })

  it('the true reason reaches the case’s own telemetry only', async () => {
    const { token, verificationId } = await links.makeCase({ used_at: new Date() })
    await links.open(token)
    expect(
      await api.owner.query('select kind from link_visits where verification_id = $1', [verificationId]),
    ).toEqual([{ kind: 'dead_link' }])
  })

  it('C3: dies at its last second by the database’s clock', async () => {
    const { token, linkId } = await links.makeCase()
    expect((await links.open(token)).status).toBe(200)
    await api.owner.run('update links set expires_at = now() where id = $1', [linkId])
    expect((await links.open(token)).status).toBe(404)
  })

  it('H5: made-up tokens are limited per address and minute, and shut out no link that works', async () => {
    const { token, code } = await links.makeCase()
    const used = await dead['used']?.()
    await api.owner.run('delete from rate_limits')
    const statuses: number[] = []
    for (let n = 0; n < 22; n += 1) statuses.push((await links.open(newToken())).status)
    expect(statuses.slice(0, 20).every((status) => status === 404)).toBe(true)
    expect(statuses.slice(20)).toEqual([429, 429])
    // A dead link that exists looks like one that was made up, now as well.
    expect(bytes(await links.open(used ?? ''))).toBe(bytes(await links.open(newToken())))
    expect((await links.open(token)).status).toBe(200)
    expect((await links.submit(token, wrongCode(code))).json.answer.step).toMatchObject({ triesLeft: 4 })
    expect((await links.submit(token, code)).json.accepted).toBe(true)
    await api.owner.run('delete from rate_limits')
  })
})

describe('the match code', () => {
  it('binds this browser with a fresh cookie when it is right, and only then (F2, section 0)', async () => {
    const { token, code, verificationId } = await links.makeCase()
    const wrong = await links.submit(token, wrongCode(code))
    expect(wrong.json).toMatchObject({
      accepted: false,
      answer: { step: { kind: 'who_asks', triesLeft: 4 } },
    })
    expect(wrong.cookies).toEqual([])
    const right = await links.submit(token, code)
    expect(right.cookies[0]).toMatch(
      /^__Host-countersign-portal=[\w-]{43}; Path=\/; Max-Age=1800; Secure; HttpOnly; SameSite=Strict$/,
    )
    const session = cookieOf(right, portalCookie) ?? ''
    const stored = await api.owner.one('select token_hash from portal_sessions where verification_id = $1', [
      verificationId,
    ])
    expect(stored).toEqual({ token_hash: tokenHash(session) })
    expect((await links.submit(token, code)).status).toBe(404)
    expect((await callPortal(api, newToken(), '/api/portal/step')).status).toBe(401)
  })

  it('B6: five wrong ones end it, and a malformed one is no try', async () => {
    const { token, code } = await links.makeCase()
    for (const malformed of ['12345', '1234567', '12345a', ' 123456'])
      expect((await links.submit(token, malformed)).status).toBe(422)
    for (const left of [4, 3, 2, 1])
      expect((await links.submit(token, wrongCode(code))).json.answer.step.triesLeft).toBe(left)
    expect((await links.submit(token, wrongCode(code))).json.answer.step).toMatchObject({
      kind: 'ended',
      ending: 'code_dead',
    })
    expect((await links.submit(token, code)).json).toMatchObject({
      accepted: false,
      answer: { step: { ending: 'code_dead' } },
    })
  })

  it('C2, M3: what was typed is stored sealed to the worker, and the API cannot read it back', async () => {
    const { token, code } = await links.makeCase()
    api.verifications.answers.submitMatchCode = () => ({ kind: 'pending' })
    expect((await links.submit(token, code)).status).toBe(503)
    api.verifications.answers = {}
    const rows = await api.owner.query<{ sealed: Buffer }>('select sealed from sealed_inputs')
    expect(rows.some(({ sealed }) => sealed.includes(code))).toBe(false)
    expect(rows).toHaveLength(1)
    await expect(api.db.pool.query('select sealed from sealed_inputs')).rejects.toThrow('permission denied')
  })
})

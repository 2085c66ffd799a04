import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notify } from '#platform/server/db/notify.ts'
import { listen } from '#platform/server/db/notify.ts'
import { insertRow, makeVerification } from '#platform/server/db/testing/factories.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { consoleCookie } from '../cookies.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../testing/test-api.ts'

let api: TestApi
let tenantId: string
let staff: Record<'agent' | 'supervisor', SignedIn>
let seeded: Seed[]
type Seed = {
  id: string
  at: number
  closed: number | null
  risk: number | null
  outcome: string | null
  purpose: string
  state: string
  channel: string
  referrer: string
  name: string
  ticket: string | null
}

const outcomes = ['passed', 'failed', 'timed_out', 'cancelled', 'reported', null]
const purposes = ['password_reset', 'identity_check']

beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
  staff = {
    agent: await signIn(api, tenantId),
    supervisor: await signIn(api, tenantId, 'supervisor', { display_name: 'Sam Okafor' }),
  }
  const people = await Promise.all(
    ['Ada Lindt', 'Jonas Weber', '=cmd|calc'].map((display_name) =>
      addPerson(api, tenantId, { display_name }),
    ),
  )
  seeded = []
  for (let n = 0; n < 120; n += 1) {
    const person = people[n % 3] as (typeof people)[number]
    const outcome = outcomes[n % outcomes.length] ?? null
    // Several share a moment, so that only the id tells them apart.
    const at = new Date(Date.UTC(2026, 9, 1) + Math.floor(n / 4) * 3_600_000)
    const closedAt = outcome === null ? null : new Date(at.getTime() + (n % 7) * 60_000)
    const row = {
      created_at: at,
      closed_at: closedAt,
      outcome,
      state: outcome === null ? 'awaiting_decision' : 'closed',
      purpose: purposes[n % 2],
      channel: n % 5 === 0 ? 'email' : 'sms',
      risk_tenths: n % 4 === 0 ? null : (n * 7) % 101,
      referrer_id: n % 2 === 0 ? staff.agent.staffId : staff.supervisor.staffId,
      referrer_name: 'x',
      ticket: n % 10 === 0 ? `INC-${1000 + n}` : null,
      recorded_at: at,
    }
    const { id } = await makeVerification(api.owner, person.phone, row)
    seeded.push({
      id,
      at: at.getTime(),
      closed: closedAt?.getTime() ?? null,
      risk: row.risk_tenths,
      outcome,
      purpose: row.purpose ?? '',
      state: row.state,
      channel: row.channel,
      referrer: row.referrer_id,
      name: person.display_name,
      ticket: row.ticket,
    })
  }
})
afterAll(() => api.stop())

const get = (query: string, as = staff.supervisor) =>
  callConsole(api, as, `/api/console/verifications?${query}`)
const walk = async (query: string, as = staff.supervisor): Promise<string[]> => {
  const ids: string[] = []
  for (let cursor = ''; ;) {
    const { json } = await get(`${query}&limit=7${cursor}`, as)
    ids.push(...json.rows.map(({ id }: { id: string }) => id))
    if (json.nextCursor === null) return ids
    cursor = `&cursor=${json.nextCursor}`
  }
}

const keyOf: Record<string, (seed: Seed) => string | number> = {
  started: () => 0,
  completed: ({ closed }) => closed ?? -Infinity,
  risk: ({ risk }) => risk ?? -1,
  outcome: ({ outcome }) => outcome ?? '',
  purpose: ({ purpose }) => purpose,
}
const compare = (a: string | number, b: string | number) => (a < b ? -1 : a > b ? 1 : 0)
const expected = (
  sort: string,
  order: string,
  from = seeded,
  key = keyOf[sort] as (seed: Seed) => string | number,
) =>
  [...from]
    .sort(
      (a, b) =>
        (order === 'asc' ? 1 : -1) * (compare(key(a), key(b)) || compare(a.at, b.at) || compare(a.id, b.id)),
    )
    .map(({ id }) => id)

describe('the list', () => {
  it.each(Object.keys(keyOf).flatMap((sort) => ['asc', 'desc'].map((order) => [sort, order] as const)))(
    'pages through every row once, sorted by %s %s',
    async (sort, order) => {
      expect(await walk(`sort=${sort}&order=${order}`)).toEqual(expected(sort, order))
    },
  )

  it.each<[string, (seed: Seed) => boolean]>([
    ['outcome=passed,failed', ({ outcome }) => outcome === 'passed' || outcome === 'failed'],
    ['state=awaiting_decision', ({ state }) => state === 'awaiting_decision'],
    [
      'purpose=identity_check&channel=email',
      ({ purpose, channel }) => purpose === 'identity_check' && channel === 'email',
    ],
    ['riskFrom=2&riskTo=5.5', ({ risk }) => risk !== null && risk >= 20 && risk <= 55],
    ['riskTo=3', ({ risk }) => risk !== null && risk <= 30],
    [
      'from=2026-10-01T10:00:00Z&to=2026-10-01T20:00:00Z',
      ({ at }) => at >= Date.UTC(2026, 9, 1, 10) && at < Date.UTC(2026, 9, 1, 20),
    ],
    ['q=ada%20lindt', ({ name }) => name === 'Ada Lindt'],
    ['q=INC-10', ({ ticket }) => ticket?.startsWith('INC-10') ?? false],
    ['q=okafor', ({ referrer }) => referrer === staff.supervisor.staffId],
    ['q=nothing%20like%20it', () => false],
  ])('filters %s', async (query, matches) => {
    const ids = await walk(query)
    expect(ids).toEqual(expected('started', 'desc', seeded.filter(matches)))
    expect((await get(query)).json.count).toEqual({ value: ids.length, capped: false })
  })

  it('filters by who started it', async () => {
    expect(await walk(`referrer=${staff.agent.staffId}`)).toEqual(
      expected(
        'started',
        'desc',
        seeded.filter(({ referrer }) => referrer === staff.agent.staffId),
      ),
    )
  })

  it('B9: an agent reads a report as failed: in rows, filters, sort and on the panel', async () => {
    const seen = (seed: Seed) => (seed.outcome === 'reported' ? 'failed' : (seed.outcome ?? ''))
    const reported = seeded.find(({ outcome }) => outcome === 'reported') as Seed
    const { text } = await get('limit=100', staff.agent)
    expect(text).not.toContain('reported')
    expect(await walk('outcome=failed', staff.agent)).toEqual(
      expected(
        'started',
        'desc',
        seeded.filter((seed) => seen(seed) === 'failed'),
      ),
    )
    expect(await walk('outcome=reported', staff.agent)).toEqual([])
    expect(await walk('sort=outcome', staff.agent)).toEqual(expected('outcome', 'desc', seeded, seen))
    const panel = await callConsole(api, staff.agent, `/api/console/verifications/${reported.id}`)
    expect(panel.json.row).toMatchObject({ outcome: 'failed', decision: 'refused' })
    expect(panel.text).not.toContain('reported')
    expect(
      (await callConsole(api, staff.supervisor, `/api/console/verifications/${reported.id}`)).json.row
        .outcome,
    ).toBe('reported')
  })

  it('scores are for those who may see them: no number, filter or sort for agents', async () => {
    const { json } = await get('limit=100', staff.agent)
    expect(json.rows.every(({ risk }: { risk: number | null }) => risk === null)).toBe(true)
    for (const query of ['sort=risk', 'riskFrom=1', 'riskTo=9'])
      expect((await get(query, staff.agent)).status).toBe(403)
  })

  it('refuses a query that is not understood, by field', async () => {
    const faults: Record<string, string> = {
      'sort=name': 'sort',
      'limit=0': 'limit',
      'limit=1000': 'limit',
      'outcome=won': 'outcome.0',
      'q=ab': 'q',
      'cursor=zz': 'cursor',
      'riskFrom=11': 'riskFrom',
      'from=yesterday': 'from',
    }
    for (const [query, path] of Object.entries(faults)) {
      const answer = await get(query)
      expect([query, answer.status, answer.json.issues?.[0].path]).toEqual([query, 422, path])
    }
    const forged = Buffer.from(JSON.stringify(['x', 'not a time', 'not an id'])).toString('hex')
    expect((await get(`cursor=${forged}`)).status).toBe(422)
    const ofOtherSort = (await get('sort=risk&limit=1')).json.nextCursor as string
    expect((await get(`sort=completed&cursor=${ofOtherSort}`)).status).toBe(422)
  })

  it('every sort and filter is served by an index', async () => {
    const explain = async (sql: string) =>
      JSON.stringify(
        await inTenant(api.db, tenantId, async (tx) => {
          await tx.query('set local enable_seqscan = off')
          await tx.query('set local enable_sort = off')
          return tx.query(`explain (costs off) ${sql}`)
        }),
      )
    const orders: Record<string, string> = {
      verifications_list: 'order by created_at desc, id desc',
      verifications_completed: `order by coalesce(closed_at, '-infinity'::timestamptz) desc, created_at desc, id desc`,
      verifications_risk: 'order by coalesce(risk_tenths, (-1)::smallint) desc, created_at desc, id desc',
      verifications_outcome: `order by coalesce(outcome, '') desc, created_at desc, id desc`,
      verifications_purpose: 'order by purpose desc, created_at desc, id desc',
    }
    for (const [index, order] of Object.entries(orders)) {
      const parts = await api.owner.query<{ name: string }>(
        `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relname = $1`,
        [index],
      )
      const plan = await explain(
        `select id from verifications where tenant_id = current_tenant() ${order} limit 50`,
      )
      expect(
        parts.some(({ name }) => plan.includes(name)),
        `${index}: ${plan}`,
      ).toBe(true)
      expect(plan).not.toMatch(/Seq Scan|"Sort/)
    }
  })
})

describe('the export', () => {
  it('K5: what a spreadsheet would run is disarmed; every row is there; it is audited before it leaves', async () => {
    const csv = await callConsole(
      api,
      staff.supervisor,
      '/api/console/verifications.csv?sort=started&order=asc',
    )
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(csv.headers['content-disposition']).toContain('attachment')
    const lines = csv.text.split('\r\n').filter((line) => line !== '')
    expect(lines).toHaveLength(121)
    expect(lines.slice(1).map((line) => line.slice(0, 36))).toEqual(expected('started', 'asc'))
    expect(csv.text).toContain(`"'=cmd|calc"`)
    expect(csv.text).not.toMatch(/(^|,)"?=/m)
    expect(await api.owner.one(`select count(*) as n from audit where type = 'export.made'`)).toEqual({
      n: 1,
    })
    expect((await callConsole(api, staff.agent, '/api/console/verifications.csv')).status).toBe(403)
  })
})

describe('live rows', () => {
  it('tells open consoles of the same tenant which rows changed, by id only, and ends with the session', async () => {
    const listener = await listen(api.db, { onChange: api.deps.live.change, onGap: api.deps.live.gap })
    const watcher = await signIn(api, tenantId)
    const { id: elsewhere } = await addTenant(api)
    const foreigner = await signIn(api, elsewhere)
    const open = (as: SignedIn) => {
      const seen: string[] = []
      const ended = new Promise<void>((resolve) => {
        const sent = request(
          {
            host: '127.0.0.1',
            port: api.ports.console,
            path: '/api/console/live',
            setHost: false,
            headers: { host: new URL(api.consoleUrl).host, cookie: `${consoleCookie}=${as.token}` },
          },
          (response) => {
            seen.push(String(response.headers['content-type']))
            response.on('data', (chunk: Buffer) => seen.push(chunk.toString()))
            response.on('end', resolve)
            response.on('close', resolve)
          },
        )
        sent.end()
      })
      return { seen, ended }
    }
    const here = open(watcher)
    const there = open(foreigner)
    const until = async (done: () => boolean) => {
      for (let n = 0; n < 100 && !done(); n += 1) await new Promise((resolve) => setTimeout(resolve, 50))
    }
    await until(() => api.deps.live.size === 2)
    const id = randomUUID()
    await inTenant(api.db, tenantId, (tx) => notify(tx, 'verification', id))
    await until(() => here.seen.join('').includes(id))
    expect(here.seen[0]).toContain('text/event-stream')
    expect(here.seen.join('')).toContain(`event: verifications\ndata: {"ids":["${id}"]}\n\n`)
    expect(there.seen.join('')).not.toContain(id)
    await api.owner.run('update staff_sessions set ended_at = now() where staff_id = $1', [watcher.staffId])
    await here.ended
    expect(api.deps.live.size).toBe(1)
    await listener.stop()
  })
})

describe('the panel', () => {
  it('product.md 4: agents see outcome, band and instruction; supervisors the score, checks and device too', async () => {
    const person = await addPerson(api, tenantId)
    const { id } = await makeVerification(api.owner, person.phone, {
      state: 'awaiting_decision',
      risk_tenths: 34,
      band: 'guarded',
      recommendation: 'hold',
      recommendation_reasons: ['risk_elevated'],
      instruction: 'agent',
    })
    await insertRow(api.owner, 'labels', {
      tenant_id: tenantId,
      verification_id: id,
      label: 'unsure',
      reason: 'x',
      by_id: staff.agent.staffId,
      by_name: 'Alex',
    })
    const as = async (who: SignedIn) => (await callConsole(api, who, `/api/console/verifications/${id}`)).json
    const agentSees = await as(staff.agent)
    expect(agentSees).toMatchObject({
      row: { risk: null, band: 'guarded' },
      instruction: { key: 'instruction.agent' },
      score: null,
      checks: null,
      device: null,
      recommendationReasons: [],
    })
    const supervisorSees = await as(staff.supervisor)
    expect(supervisorSees).toMatchObject({
      row: { risk: 3.4 },
      recommendationReasons: [{ key: 'policy.risk_elevated' }],
    })
    expect(supervisorSees.actions.approve).toEqual({
      allowed: false,
      reason: { key: 'refusal.evidence_missing', slots: {} },
    })
  })

  it('openings of transcript and evidence are recorded, and agents may do neither', async () => {
    const { id } = seeded[0] as Seed
    for (const part of ['transcript', 'evidence']) {
      expect((await callConsole(api, staff.agent, `/api/console/verifications/${id}/${part}`)).status).toBe(
        403,
      )
      expect(
        (await callConsole(api, staff.supervisor, `/api/console/verifications/${id}/${part}`)).status,
      ).toBe(200)
      expect(
        await api.owner.one(`select count(*) as n from audit where type = $1 and object_id = $2`, [
          `${part}.opened`,
          id,
        ]),
      ).toEqual({ n: 1 })
    }
  })
})

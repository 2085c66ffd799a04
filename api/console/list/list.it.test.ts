import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcomes } from '#domain/verification/outcome.ts'
import { states } from '#domain/verification/state.ts'
import { channels } from '#domain/verification/verification.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { seedCases, type Seed, type Seeded } from '../../testing/seeded-cases.ts'
import { callConsole, createTestApi, type TestApi } from '../../testing/test-api.ts'

let api: TestApi
let staff: Seeded['staff']
let seeded: readonly Seed[]
beforeAll(async () => {
  api = await createTestApi()
  const world = await seedCases(api)
  staff = world.staff
  seeded = world.seeds
  tenantId = world.tenantId
})
afterAll(() => api.stop())
let tenantId: string

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
    ['band=low,high', ({ band }) => band === 'low' || band === 'high'],
    ['step=sent', () => true],
    ['step=delivered', ({ step }) => step >= 2],
    ['step=opened', ({ step }) => step >= 3],
    ['step=code', ({ step }) => step >= 4],
    ['step=scored', ({ step }) => step >= 6],
    ['step=approved', ({ step }) => step >= 7],
    ['step=done', ({ step }) => step === 8],
    ['reason=NET_TOR_EXIT', ({ reasons }) => reasons.includes('NET_TOR_EXIT')],
    ['reason=NET_TOR_EXIT,CHA_ANSWER', ({ reasons }) => reasons.length > 0],
    ['reason=NET_VPN_ASN', () => false],
    ['feedback=hard', ({ feedback }) => feedback === 'hard'],
    ['feedback=easy,hard', ({ feedback }) => feedback !== null],
    ['overturned=yes', ({ overturned }) => overturned],
    ['commented=yes&feedback=hard', ({ feedback, commented }) => commented && feedback === 'hard'],
    [
      'reason=CHA_ANSWER&step=code&outcome=failed&from=2026-10-01T02:00:00Z&to=2026-10-02T00:00:00Z',
      ({ reasons, step, outcome, at }) =>
        reasons.includes('CHA_ANSWER') &&
        step >= 4 &&
        outcome === 'failed' &&
        at >= Date.UTC(2026, 9, 1, 2) &&
        at < Date.UTC(2026, 9, 2),
    ],
    [
      // 1 October 2026 is a Thursday; the hour from nine in Berlin begins at seven.
      'weekday=4&hour=9&timeZone=Europe/Berlin&from=2026-09-01T00:00:00Z&to=2026-11-01T00:00:00Z',
      ({ at }) => at >= Date.UTC(2026, 9, 1, 7) && at < Date.UTC(2026, 9, 1, 8),
    ],
    ['weekday=4&hour=9&from=2026-10-02T00:00:00Z&to=2026-10-03T00:00:00Z', () => false],
    ['q=ada%20lindt', ({ name }) => name === 'Ada Lindt'],
    ['q=INC-10', ({ ticket }) => ticket?.startsWith('INC-10') ?? false],
    ['q=okafor', ({ referrer }) => referrer === staff.supervisor.staffId],
    ['q=nothing%20like%20it', () => false],
  ])('filters %s', async (query, matches) => {
    const ids = await walk(query)
    expect(ids).toEqual(expected('started', 'desc', seeded.filter(matches)))
    expect((await get(query)).json.count).toEqual({ value: ids.length, capped: false })
    // The list knows which values all matches share and looks at fewer keys for it. That must leave out no match.
    for (const sort of Object.keys(keyOf)) {
      const { rows } = (await get(`${query}&sort=${sort}&order=asc&limit=100`)).json
      const all = expected(sort, 'asc', seeded.filter(matches)).slice(0, 100)
      expect([sort, rows.map(({ id }: { id: string }) => id)]).toEqual([sort, all])
    }
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
    for (const query of ['sort=risk', 'riskFrom=1', 'riskTo=9', 'reason=CHA_ANSWER'])
      expect((await get(query, staff.agent)).status).toBe(403)
    expect((await get('band=high&step=scored&feedback=hard', staff.agent)).status).toBe(200)
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
      'band=deadly': 'band.0',
      'step=passed': 'step',
      'reason=ROBOT': 'reason.0',
      'feedback=fine': 'feedback.0',
      'commented=no': 'commented',
      'overturned=no': 'overturned',
      'days=0': 'days',
      'days=7&from=2026-10-01T00:00:00Z': 'days',
      'days=7&timeZone=Mars/Olympus': 'timeZone',
      'weekday=1&days=7': 'hour',
      'hour=9&days=7': 'weekday',
      'weekday=1&hour=9': 'hour',
      'weekday=1&hour=9&from=2025-01-01T00:00:00Z&to=2026-10-01T00:00:00Z': 'from',
      'weekday=8&hour=9&days=7': 'weekday',
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

  it('every sort and filter is served by an index alone', async () => {
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
      verifications_completed: 'order by completed_key desc, created_at desc, id desc',
      verifications_risk: 'order by risk_key desc, created_at desc, id desc',
      verifications_outcome: 'order by outcome_key desc, created_at desc, id desc',
      verifications_outcome_agent: 'order by outcome_key_agent desc, created_at desc, id desc',
      verifications_purpose: 'order by purpose desc, created_at desc, id desc',
    }
    for (const [index, order] of Object.entries(orders)) {
      const parts = await api.owner.query<{ name: string }>(
        `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relname = $1`,
        [index],
      )
      const plan = await explain(
        `select id from verifications where tenant_id = current_tenant() and facets & 1 <> 0 and reason_bits & 1 <> 0
           and purpose = any (array['password_reset', 'mfa_reset']) ${order} limit 50`,
      )
      expect(
        parts.some(({ name }) => plan.includes(name)),
        `${index}: ${plan}`,
      ).toBe(true)
      expect(plan).not.toMatch(/Seq Scan|"Sort|Index Scan|Bitmap/)
    }
  })
})

it('every value that can be filtered by has its bit, and every outcome its place', async () => {
  const values = [
    ...outcomes.map((one) => `outcome ${one}`),
    ...states.map((one) => `state ${one}`),
    ...channels.map((one) => `channel ${one}`),
    ...['low', 'guarded', 'elevated', 'high'].map((one) => `band ${one}`),
    ...['feedback easy', 'feedback hard', 'mark commented', 'mark overturned'],
  ]
  const rows = await api.owner.query<{ bit: string }>(
    'select facet_bit(value)::text as bit from unnest($1::text[]) value where facet_bit(value) <> 0',
    [values],
  )
  expect(new Set(rows.map(({ bit }) => bit)).size).toBe(values.length)
  const places = await api.owner.query<{ own: number; agent: number }>(
    'select outcome_key(value, false) as own, outcome_key(value, true) as agent from unnest($1::text[]) value',
    [outcomes],
  )
  expect(new Set(places.map(({ own }) => own)).size).toBe(outcomes.length)
  expect(new Set(places.map(({ agent }) => agent)).size).toBe(outcomes.length - 1)
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

import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CheckResult } from '#domain/risk/check.ts'
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import { score } from '#domain/risk/score.ts'
import { defaultScorePolicy } from '#domain/risk/settings.ts'
import { contact, facts, ip, now } from '#domain/risk/testing/facts.ts'
import { insertRows } from '#dev/seeds/bulk.ts'
import { insertRow, makeVerification } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { mostCalibrated, readCalibration } from '#services/risk/calibration.ts'
import type { Calibration } from '../../contract/console-calibration.ts'
import { addPerson, addTenant, callConsole, signIn } from '../../testing/test-api.ts'
import { useDesk } from '../../testing/use-test-api.ts'

const day = 86_400_000
const { api, admin } = useDesk({ admin: 'admin' })

const read = async (as = admin, query = ''): Promise<Calibration> =>
  (await callConsole(api, as, `/api/console/reports/calibration${query}`)).json as Calibration

/** The results of the checks for a participant with the link back, from a rented server or not. */
const resultsFrom = (isHosted: boolean): readonly CheckResult[] =>
  evaluateChecks(
    facts({
      network: { ip: ip(isHosted ? { address: '88.99.0.1', asn: 24940, class: 'hosting' } : {}) },
      possession: {
        matchCode: { isMatched: true, tries: 1 },
        returned: [{ kind: 'link', at: now, contact: contact({}) }],
      },
      challenge: { isAsked: false },
    }),
    { checks: {} },
  )

type Told = { readonly isHosted: boolean; readonly daysAgo: number; readonly row: Record<string, unknown> }

/** Scored and closed cases of a new person in a tenant. */
const addCases = async (tenant: string, told: readonly Told[]): Promise<readonly string[]> => {
  const person = await addPerson(api, tenant, { country: 'DE', hired_on: '2015-01-01' })
  const first = await makeVerification(api.owner, person.phone)
  await api.owner.run('delete from verifications where id = $1', [first.id])
  const rows = told.map(({ daysAgo, row }) => {
    const created_at = new Date(Date.now() - daysAgo * day)
    return {
      ...first,
      id: randomUUID(),
      created_at,
      closed_at: created_at,
      state: 'closed',
      outcome: null,
      decision: null,
      ...row,
    }
  })
  await insertRows(api.owner, 'verifications', rows)
  const scorings = [true, false].map((isHosted) => {
    const results = resultsFrom(isHosted)
    return { results, score: score(results, defaultScorePolicy) }
  }) as [object, object]
  await insertRows(
    api.owner,
    'scorings',
    rows.map(({ id }, index) => ({
      tenant_id: tenant,
      verification_id: id,
      ordinal: 1,
      policy_version: 1,
      ...scorings[told[index]?.isHosted === true ? 0 : 1],
      evidence_sealed: Buffer.from('-'),
      decision: {},
      versions: {},
      evidence_digest: Buffer.from('-'),
      is_mobile: index % 2 === 0,
    })),
  )
  return rows.map(({ id }) => id)
}

const passed = (isHosted: boolean): Told => ({
  isHosted,
  daysAgo: 50,
  row: { outcome: 'passed', decision: 'approved' },
})
const refused = (isHosted: boolean): Told => ({
  isHosted,
  daysAgo: 40,
  row: { outcome: 'failed', decision: 'refused' },
})
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

const labelled = (ids: readonly string[], label: string) =>
  insertRows(
    api.owner,
    'labels',
    ids.map((verification_id) => ({
      ...{
        tenant_id: admin.tenantId,
        id: randomUUID(),
        verification_id,
        label,
        reason: 'said so',
        basis: 'outside',
      },
      ...{ by_id: admin.staffId, by_name: 'Somebody' },
    })),
  )

describe('the calibration report', () => {
  it('says that there is too little while there is nothing', async () => {
    const report = await read()
    expect(report).toMatchObject({
      cases: 0,
      window: { days: 90, from: null, isCapped: false },
      cohorts: [],
      curve: null,
    })
    expect(report.draft).toMatchObject({ version: 1, checks: {}, changes: [], weakened: [] })
  })

  it('counts labels of every source and proposes a draft, which is compared and saved nowhere', async () => {
    await addCases(admin.tenantId, [...times(150, () => passed(false)), ...times(2, () => passed(true))])
    const found = await addCases(
      admin.tenantId,
      times(40, () => refused(true)),
    )
    await labelled(found.slice(0, 25), 'suspicious')
    const report = await read()
    expect(report.labels).toMatchObject({
      genuine: { undisputed: 152, staff: 0 },
      fraud: { staff: 25, red_team: 0, reported: 0 },
      unlabelled: { not_passed: 15 },
    })
    expect(report.refused).toEqual({ cases: 40, labelled: 25 })
    const check = report.checks.find(({ code }) => code === 'NET_HOSTING_ASN')
    expect(check?.weights[0]).toMatchObject({ name: 'listed', current: -6, state: 'proposed', proposed: -9 })
    expect(check?.alarms).toMatchObject({ hits: 2, of: 152 })
    expect(report.draft).toMatchObject({
      version: 1,
      checks: { NET_HOSTING_ASN: { weights: { listed: -9 } } },
    })
    expect(report.draft.changes).toContainEqual({
      path: 'score.checks.NET_HOSTING_ASN.weights.listed',
      before: -6,
      after: -9,
    })
    // A check that fires on everybody alike is worth less credit, and less credit weakens nothing.
    expect(report.draft.changes).toContainEqual({
      path: 'score.checks.PER_CHANNEL.weights.settled',
      before: 5,
      after: 2,
    })
    expect(report.draft.weakened).toEqual([])
    expect(report.cohorts.map(({ dimension, value }) => `${dimension} ${value}`)).toEqual(
      expect.arrayContaining(['device mobile', 'device desktop', 'tenure established', 'country DE']),
    )
    const policies = await api.owner.query('select version from policies where tenant_id = $1', [
      admin.tenantId,
    ])
    expect(policies).toHaveLength(1)
  })

  it('takes a report of the participant, an exercise, and the newest label', async () => {
    const [reported, exercised, cleared] = await addCases(
      admin.tenantId,
      times(3, () => passed(false)),
    )
    const before = await read()
    await insertRow(api.owner, 'reports', {
      ...{
        tenant_id: admin.tenantId,
        id: randomUUID(),
        verification_id: reported,
        source: 'message',
        at: new Date(),
      },
      person_id: (
        await api.owner.one<{ id: string }>('select person_id as id from verifications where id = $1', [
          reported,
        ])
      )?.id,
    })
    const supervisor = await signIn(api, admin.tenantId, 'supervisor')
    const mark = (isExercise: boolean, key = randomUUID()) =>
      callConsole(api, supervisor, `/api/console/verifications/${String(exercised)}/exercise`, {
        key,
        body: { isExercise, reason: 'Red-team round.' },
      })
    expect((await mark(true)).status).toBe(200)
    await labelled([String(cleared)], 'suspicious')
    await labelled([String(cleared)], 'genuine')
    const after = await read()
    expect(after.labels.fraud).toMatchObject({
      reported: 1,
      red_team: 1,
      staff: before.labels.fraud['staff'],
    })
    expect(after.labels.genuine['staff']).toBe(1)
    expect((await mark(false)).status).toBe(200)
    expect((await read()).labels.fraud['red_team']).toBe(0)
    const events = await api.owner.query<{ type: string }>(
      `select type from audit where tenant_id = $1 and type like 'exercise.%' order by seq`,
      [admin.tenantId],
    )
    expect(events.map(({ type }) => type)).toEqual(['exercise.marked', 'exercise.unmarked'])
  })

  it('I4: sees no case of another tenant, and no case outside its window', async () => {
    const { cases } = await read()
    const other = (await addTenant(api)).id
    await addCases(
      other,
      times(3, () => passed(false)),
    )
    await addCases(admin.tenantId, [{ isHosted: false, daysAgo: 95, row: { outcome: 'passed' } }])
    expect((await read()).cases).toBe(cases)
    expect((await read(admin, '?days=120')).cases).toBe(cases + 1)
    expect((await read(await signIn(api, other, 'auditor'))).cases).toBe(3)
  })

  it('H11: looks at the newest cases only, and says so', async () => {
    const some = await readCalibration(api.db, admin.tenantId, { days: 90, most: 100, hasLeft: () => false })
    expect([some.report.cases, some.isCapped]).toEqual([100, true])
    expect(some.to).toBeGreaterThanOrEqual(some.from ?? Infinity)
    const left = await readCalibration(api.db, admin.tenantId, {
      days: 90,
      most: mostCalibrated,
      hasLeft: () => true,
    })
    expect(left.report.cases).toBe(0)
    // The plan walks an index: never the whole table.
    const plan = await inTenant(api.db, admin.tenantId, (tx) =>
      tx.query<{ 'QUERY PLAN': string }>(
        `explain select v.id from verifications v where v.tenant_id = $1 and v.created_at >= now() - interval '90 days'
         order by v.created_at desc, v.id desc limit 500`,
        [admin.tenantId],
      ),
    )
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/Index/)
  })

  it('refuses a window that is none, naming it', async () => {
    for (const days of ['13', '367', 'all', '30.5']) {
      const answer = await callConsole(api, admin, `/api/console/reports/calibration?days=${days}`)
      expect([answer.status, answer.json.issues[0].path]).toEqual([422, 'days'])
    }
  })

  it('is for admins and auditors', async () => {
    for (const [role, status] of [
      ['agent', 403],
      ['supervisor', 403],
      ['auditor', 200],
    ] as const) {
      const staff = await signIn(api, admin.tenantId, role)
      expect((await callConsole(api, staff, '/api/console/reports/calibration')).status).toBe(status)
    }
  })
})

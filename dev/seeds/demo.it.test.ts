import { verify } from '@node-rs/argon2'
import { beforeAll, describe, expect, test } from 'vitest'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { needsSecondApproval } from '#domain/policy/second-approval.ts'
import { mayApprove } from '#domain/policy/who-decides.ts'
import { lastMonday } from '#domain/questions/moments.ts'
import type { CheckResult } from '#domain/risk/check.ts'
import { score, type RiskScore } from '#domain/risk/score.ts'
import type { Role } from '#domain/roles.ts'
import { outcomes, type Outcome } from '#domain/verification/outcome.ts'
import type { Purpose, Tier } from '#domain/verification/verification.ts'
import { openPlan, openProbe, openReply, type StoredProbe } from '#platform/crypto/case-inputs.ts'
import { proofOfReport } from '#platform/crypto/device-proof.ts'
import { recomputeScores } from '#services/risk/recompute.ts'
import { verifyGrant } from '#platform/crypto/sealing.ts'
import { lockGrant } from '#services/actions/grants.ts'
import { openEvidence } from '#services/risk/scorings.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { charts, lab, northwind } from './charts.ts'
import { demoPassword, isSeeded, refreshDemo, seedDemo, type SeedSummary } from './demo.ts'
import { openCases, wasOpened } from './open-cases.ts'
import { tenantIdOf } from './people.ts'
import { countAskable } from './testing/askable.ts'
import { expectCalibration } from './testing/calibration.ts'
import { describePurposes } from './testing/purposes.ts'

const database = useDatabase()
const keys = testKeys().worker
const staffIssuer = 'http://127.0.0.1:20999'
let summary: SeedSummary
let seededAt: Date

const count = async (sql: string, params: readonly unknown[] = []): Promise<number> =>
  (await database.owner.one<{ n: number }>(`select count(*)::integer as n from ${sql}`, params))?.n ?? -1

// Ten to fifty seconds of work. The limit ends what hangs, on a machine that runs twenty things besides.
beforeAll(async () => {
  expect(await isSeeded(database.addresses.ownerUrl)).toBe(false)
  seededAt = new Date()
  summary = await seedDemo({ url: database.addresses.ownerUrl, keys, staffIssuer })
}, 600_000)

describe('the demo organisations', () => {
  test('are there whole', async () => {
    expect(summary).toMatchObject({ status: 'seeded', lacksOpenCases: true })
    expect(await isSeeded(database.addresses.ownerUrl)).toBe(true)
    expect(await count('people where tenant_id = $1', [tenantIdOf(northwind)])).toBeGreaterThanOrEqual(300)
    expect(await count('people where tenant_id = $1', [tenantIdOf(lab)])).toBeGreaterThanOrEqual(80)
    expect(
      await count(
        'people p left join directory_accounts a using (tenant_id, directory_id) where a.login is distinct from p.login',
      ),
    ).toBe(0)
  })

  test.each(charts)(
    '$slug has four agents, a supervisor, two admins and an auditor who can sign in',
    async (chart) => {
      const rows = await database.owner.query<{ role: string; hash: string; issuer: string }>(
        `select s.role, s.issuer, a.password_hash as hash from staff s join people p on p.tenant_id = s.tenant_id and p.id = s.person_id
       join directory_accounts a on a.tenant_id = p.tenant_id and a.directory_id = p.directory_id where s.tenant_id = $1 order by 1`,
        [tenantIdOf(chart)],
      )
      expect(rows.map((row) => row.role)).toEqual([
        'admin',
        'admin',
        'agent',
        'agent',
        'agent',
        'agent',
        'auditor',
        'supervisor',
        'supervisor',
      ])
      expect(rows.every((row) => row.issuer === staffIssuer)).toBe(true)
      expect(await verify(rows[0]?.hash ?? '', demoPassword)).toBe(true)
      const told = summary.staff.filter((member) => member.organisation === chart.slug)
      expect(told.map((member) => member.role).sort()).toEqual(rows.map((row) => row.role))
    },
  )

  test.each([
    { chart: lab, share: 0.95, least: 2 },
    { chart: northwind, share: 0.75, least: 5 },
  ])(
    '$chart.slug: most people can be asked today, whatever the past asked, from enough lists',
    async ({ chart, share, least }) => {
      const { people, askable, lists } = await countAskable(database.worker, keys, tenantIdOf(chart))
      process.stdout.write(`${chart.slug}: ${String(askable)} of ${String(people)} people can be asked\n`)
      expect(askable / people).toBeGreaterThan(share)
      for (const [family, count] of Object.entries(lists)) expect(count, family).toBeGreaterThanOrEqual(least)
    },
  )

  test('seeding again changes nothing but the time at which sources were read', async () => {
    const read = () =>
      database.owner.query(
        `select id, login, display_name, hired_on::text from people union all select id, value, family, valid_to::text from facts where family <> 'device' order by 1`,
      )
    const before = await read()
    const again = await seedDemo({ url: database.addresses.ownerUrl, keys, staffIssuer })
    expect(again.status).toBe('refreshed')
    expect(await read()).toEqual(before)
  })

  test('a refresh a month later makes facts fresh again without making people forget their computer', async () => {
    const later = new Date(Date.now() + 30 * 24 * 3600 * 1000)
    await refreshDemo(database.addresses.ownerUrl, later)
    expect(await count('facts where valid_to is null and read_at <> $1', [later])).toBe(0)
    expect(
      await count(
        `facts where family in ('device', 'joined', 'group') and valid_to is null
           and valid_from < $1::timestamptz - interval '21 days'`,
        [later],
      ),
    ).toBe(0)
    const monday = new Date(lastMonday(later.getTime()))
    expect(await count(`facts where family = 'busy_days' and valid_from <> $1`, [monday])).toBe(0)
    expect(await count(`facts where family = 'device' and valid_to is not null and valid_to > now()`)).toBe(0)
  })
})

describePurposes(database, keys, () => seededAt)

describe('the past verifications', () => {
  const northwindId = [tenantIdOf(northwind)]

  test('are about two thousand over ninety days, all closed, with every outcome in a plausible share', async () => {
    const rows = await database.owner.query<{ outcome: Outcome; n: number }>(
      `select outcome, count(*)::integer as n from verifications where tenant_id = $1 and state = 'closed'
         and created_at > now() - interval '92 days' and closed_at <= now() group by 1`,
      northwindId,
    )
    const shares = Object.fromEntries(
      rows.map(({ outcome, n }) => [outcome, n / northwind.pastVerifications]),
    )
    expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(northwind.pastVerifications)
    expect(Object.keys(shares).sort()).toEqual([...outcomes].sort())
    expect(shares['passed']).toBeGreaterThan(0.55)
    expect(shares['passed']).toBeLessThan(0.85)
    expect(shares['failed']).toBeGreaterThan(0.04)
    expect(shares['timed_out']).toBeGreaterThan(0.04)
    expect(await count('verifications where tenant_id = $1', [tenantIdOf(lab)])).toBe(lab.pastVerifications)
  })

  test('leave half of the people with fresh questions', async () => {
    const asked = await count(
      '(select distinct participant_pseudonym from disclosures where tenant_id = $1) d',
      northwindId,
    )
    expect(asked / (await count('people where tenant_id = $1', northwindId))).toBeLessThan(0.5)
  })

  test('every one of their scores comes out again as it was stored, part by part', async () => {
    for (const chart of charts) {
      const found = await recomputeScores(database.api, tenantIdOf(chart))
      expect(found).toMatchObject({ differing: 0, examples: [] })
      expect(found.scorings).toBeGreaterThan(chart.pastVerifications / 2)
    }
    // And it would be seen, were one of them another.
    const [row] = await database.owner.query<{ id: string }>(
      `update scorings set score = jsonb_set(score, '{rDecide}', '0.1') where (tenant_id, verification_id, ordinal) in
         (select tenant_id, verification_id, ordinal from scorings where tenant_id = $1 order by 2 limit 1)
       returning verification_id as id`,
      [tenantIdOf(lab)],
    )
    const { differing, examples } = await recomputeScores(database.api, tenantIdOf(lab))
    expect([differing, examples[0]?.verificationId, examples[0]?.differences[0]?.part]).toEqual([
      1,
      row?.id,
      'rDecide',
    ])
  })

  test('give a calibration report with labels on both sides, measured weights and groups', async () => {
    await expectCalibration(database.api, tenantIdOf(northwind))
  })

  test('B4: every score comes out again when it is computed from its stored checks', async () => {
    const rows = await database.owner.query<{ results: CheckResult[]; score: RiskScore; tenths: number }>(
      `select s.results, s.score, v.risk_tenths as tenths from scorings s
       join verifications v on v.tenant_id = s.tenant_id and v.id = s.verification_id
       where s.tenant_id = $1 and s.ordinal = (select max(ordinal) from scorings o where o.verification_id = s.verification_id)
       order by s.verification_id limit 150`,
      northwindId,
    )
    expect(rows).toHaveLength(150)
    for (const row of rows) {
      const again = score(row.results, { bands: defaultPolicy().score.bands })
      expect([again.r, again.rDecide]).toEqual([row.score.r, row.score.rDecide])
      expect(row.tenths).toBe(Math.round(again.r * 10))
    }
  })

  test('approve nobody whom the policy would not let be approved, and nobody without possession', async () => {
    const rows = await database.owner.query<{
      decision: PolicyDecision
      role: Role
      starter: boolean
      second: string | null
      tier: Tier
      purpose: Purpose
    }>(
      `select s.decision, f.role, v.referrer_id = f.id as starter, v.second_by as second, v.tier, v.purpose
       from verifications v join scorings s on s.tenant_id = v.tenant_id and s.verification_id = v.id
         and s.ordinal = (select max(ordinal) from scorings o where o.tenant_id = s.tenant_id and o.verification_id = v.id)
       join staff f on f.tenant_id = v.tenant_id and f.id::text = v.decided_by_id
       where v.outcome = 'passed'`,
    )
    expect(rows.length).toBeGreaterThan(1_000)
    for (const { decision, role, starter, second, tier, purpose } of rows) {
      const rule = defaultPolicy().rules[purpose][tier]
      const needsSecond = needsSecondApproval(decision, rule, { purpose, tier })
      expect(second !== null).toBe(needsSecond)
      const tied = { isInStartersLine: false, maySecond: false, isOwnCase: false, isApprover: false }
      const linked = { isLinked: true, toFirst: 'another', toStarter: starter ? 'same' : 'another' } as const
      const person = { ...tied, ...linked, role }
      expect(mayApprove(decision, person, { rule, needsSecond, first: null }).ok).toBe(true)
      expect(decision.evidence).toContain('possession')
    }
  })

  test('E1: plans, replies, evidence and reports open in their places', async () => {
    const [tenantId = ''] = northwindId
    const [row] = await database.owner.query<{
      id: string
      plan: Buffer
      position: number
      reply: Buffer
      ordinal: number
      evidence: Buffer
      probe: string
      report: Buffer
    }>(
      `select v.id, p.plan_sealed as plan, a.position, a.reply_sealed as reply, s.ordinal, s.evidence_sealed as evidence,
         f.id as probe, f.report_sealed as report
       from verifications v join plans p on p.verification_id = v.id join answers a on a.verification_id = v.id
       join scorings s on s.verification_id = v.id join probe_facts f on f.verification_id = v.id and f.kind = 'collector'
       where v.tenant_id = $1 and v.outcome = 'passed' and a.reply_sealed is not null and a.form = 'typed'
       order by v.created_at desc limit 1`,
      northwindId,
    )
    if (row === undefined) throw new Error('no past verification has all of it')
    expect(openPlan(keys, tenantId, row.id, row.plan).route).toBe('questions')
    expect(openReply(keys, tenantId, row.id, row.position, row.reply).text).not.toBeNull()
    expect(openEvidence(keys, tenantId, row.id, row.ordinal, row.evidence).flat().length).toBeGreaterThan(3)
    const report = openProbe<StoredProbe>(keys, tenantId, row.probe, row.report)
    expect(proofOfReport(report)).toBe('valid')
  })

  test('G8, B1: every grant is signed as stored and spent at most once, and the directory was written as often', async () => {
    const [tenantId = ''] = northwindId
    const grants = await inTenant(database.worker, tenantId, async (tx) => {
      const ids = await tx.query<{ id: string }>(
        'select id from grants where tenant_id = $1 order by id limit 40',
        [tenantId],
      )
      const found = []
      for (const { id } of ids) found.push(await lockGrant(tx, id))
      return found
    })
    expect(grants).toHaveLength(40)
    for (const stored of grants)
      expect(stored && verifyGrant(keys, stored.grant, stored.signature)).toBe(true)
    const written = await count(`actions where tenant_id = $1 and state = 'completed'`, northwindId)
    const [versions] = await database.owner.query<{ n: number }>(
      'select sum(version - 1)::integer as n from directory_accounts where tenant_id = $1',
      northwindId,
    )
    expect(versions?.n).toBe(written)
  })

  test('E8: nothing that analytics will read names anybody', async () => {
    const leaks = await count(
      `outbox o where exists (select from people p where p.tenant_id = o.tenant_id
         and (position(p.id::text in o.payload::text) > 0 or position(p.work_email in o.payload::text) > 0)
         and p.directory_id like '%-00%') and o.id % 50 = 0`,
    )
    expect(leaks).toBe(0)
  })

  test('C2: no waiting message, live link or open session is left behind', async () => {
    expect(await count(`notices where status <> 'sent'`)).toBe(0)
    expect(await count('links where used_at is null and voided_at is null')).toBe(0)
    expect(await count('portal_sessions where ended_at is null and absolute_expires_at > now()')).toBe(0)
    expect(await count(`actions where state in ('granted', 'in_progress')`)).toBe(0)
  })

  test('open cases name people, contacts and agents who exist and may meet', async () => {
    const cases = openCases()
    expect(cases.length).toBeGreaterThanOrEqual(4)
    for (const one of cases) {
      const found = await count(
        `contacts c join staff s on s.tenant_id = c.tenant_id join people p on p.tenant_id = c.tenant_id and p.id = c.person_id
         where c.tenant_id = $1 and c.id = $2 and c.person_id = $3 and s.id = $4 and s.role = 'agent'
           and p.manager_id is distinct from s.person_id and p.account_state = 'active'`,
        [one.tenantId, one.contactId, one.personId, one.staffId],
      )
      expect(found).toBe(1)
    }
  })

  test('an open case differs by its ticket from one that was opened before', async () => {
    const [one] = openCases()
    const past = await database.owner.one<{ ticket: string }>(
      'select ticket from verifications where tenant_id = $1 and ticket is not null limit 1',
      [one?.tenantId],
    )
    if (one === undefined || past === undefined) throw new Error('the demo has open cases and a past')
    const look = (ticket: string) =>
      inTenant(database.ownerDb, one.tenantId, (tx) => wasOpened(tx, { ...one, ticket }))
    expect([await look(one.ticket), await look(past.ticket)]).toEqual([false, true])
  })
})

import { verify } from '@node-rs/argon2'
import { beforeAll, describe, expect, test } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { cellFamilies, factRowsOf, tenantFacts } from '#domain/questions/facts.ts'
import { preparePlan } from '#domain/questions/prepare.ts'
import { decoyDigest } from '../../sealing.ts'
import { textTools } from '../../text-folding.ts'
import { readBlocks } from '../blocks.ts'
import { readContacts } from '../contacts-read.ts'
import { readAllFacts } from '../question-facts.ts'
import { testKeys } from '../testing/factories.ts'
import { useDatabase } from '../testing/open.ts'
import { inTenant } from '../transaction.ts'
import { charts, lab, northwind } from './charts.ts'
import { demoPassword, isSeeded, refreshDemo, seedDemo, type SeedSummary } from './demo.ts'
import { tenantIdOf } from './people.ts'

const database = useDatabase()
const keys = testKeys().worker
const staffIssuer = 'http://127.0.0.1:20999'
let summary: SeedSummary
let tookMs: number

const count = async (sql: string, params: readonly unknown[] = []): Promise<number> =>
  (await database.owner.one<{ n: number }>(`select count(*)::integer as n from ${sql}`, params))?.n ?? -1

beforeAll(async () => {
  expect(await isSeeded(database.addresses.ownerUrl)).toBe(false)
  const began = Date.now()
  summary = await seedDemo({ url: database.addresses.ownerUrl, keys, staffIssuer })
  tookMs = Date.now() - began
})

describe('the demo organisations', () => {
  test('are there whole, within twelve seconds', async () => {
    expect(summary.status).toBe('seeded')
    expect(await isSeeded(database.addresses.ownerUrl)).toBe(true)
    expect(tookMs).toBeLessThan(12_000)
    expect(await count('people where tenant_id = $1', [tenantIdOf(northwind)])).toBeGreaterThanOrEqual(300)
    expect(await count('people where tenant_id = $1', [tenantIdOf(lab)])).toBeGreaterThanOrEqual(80)
    expect(
      await count(
        'people p left join directory_accounts a using (tenant_id, directory_id) where a.login is distinct from p.login',
      ),
    ).toBe(0)
  })

  test.each(charts)(
    '$slug has four agents, a supervisor, an admin and an auditor who can sign in',
    async (chart) => {
      const rows = await database.owner.query<{ role: string; hash: string; issuer: string }>(
        `select s.role, s.issuer, a.password_hash as hash from staff s join people p on p.tenant_id = s.tenant_id and p.id = s.person_id
       join directory_accounts a on a.tenant_id = p.tenant_id and a.directory_id = p.directory_id where s.tenant_id = $1 order by 1`,
        [tenantIdOf(chart)],
      )
      expect(rows.map((row) => row.role)).toEqual([
        'admin',
        'agent',
        'agent',
        'agent',
        'agent',
        'auditor',
        'supervisor',
      ])
      expect(rows.every((row) => row.issuer === staffIssuer)).toBe(true)
      expect(await verify(rows[0]?.hash ?? '', demoPassword)).toBe(true)
      const told = summary.staff.filter((member) => member.organisation === chart.slug)
      expect(told.map((member) => member.role).sort()).toEqual(rows.map((row) => row.role))
    },
  )

  test.each(charts)('every manager of $slug exists, and teams are neither tiny nor huge', async (chart) => {
    const tenant = [tenantIdOf(chart)]
    expect(await count('people where tenant_id = $1 and manager_id is null', tenant)).toBe(1)
    expect(
      await count(
        'people p where tenant_id = $1 and manager_id is not null and not exists (select from people m where m.tenant_id = p.tenant_id and m.id = p.manager_id)',
        tenant,
      ),
    ).toBe(0)
    const sizes = await database.owner.query<{ n: number }>(
      'select count(*)::integer as n from people where tenant_id = $1 and team is not null and manager_id is not null group by team, department',
      tenant,
    )
    expect(Math.min(...sizes.map((row) => row.n))).toBeGreaterThanOrEqual(6)
    expect(Math.max(...sizes.map((row) => row.n))).toBeLessThanOrEqual(10)
  })

  test('E1, E3: contacts are stored sealed and open in their own place', async () => {
    const tenantId = tenantIdOf(northwind)
    const contacts = await inTenant(database.worker, tenantId, async (tx) => {
      const people = await tx.query<{ id: string }>('select id from people where tenant_id = $1 limit 20', [
        tenantId,
      ])
      const found = []
      for (const { id } of people) found.push(...(await readContacts(tx, keys, id)))
      return found
    })
    expect(contacts.length).toBeGreaterThan(30)
    for (const contact of contacts) {
      const stored = await count(`contacts where id = $1 and position($2::bytea in value_sealed) > 0`, [
        contact.id,
        Buffer.from(contact.value),
      ])
      expect(stored).toBe(0)
      expect(contact.value).toMatch(
        contact.kind === 'phone' ? /^\+\d{10,13}$/ : /@(northwind\.example|gmail\.com)$/,
      )
    }
  })

  test('contacts are of every age: changed yesterday, missing, internet telephones', async () => {
    const tenant = [tenantIdOf(northwind)]
    expect(
      await count(`contacts where tenant_id = $1 and last_changed_at > now() - interval '2 days'`, tenant),
    ).toBeGreaterThan(10)
    expect(await count(`contacts where tenant_id = $1 and line_type = 'voip'`, tenant)).toBeGreaterThan(2)
    expect(
      await count(
        `people p where tenant_id = $1 and not exists (select from contacts c where c.person_id = p.id and c.kind = 'phone' and label = 'mobile')`,
        tenant,
      ),
    ).toBeGreaterThan(10)
    expect(
      await count('(select value_index from contacts group by tenant_id, value_index having count(*) > 1) d'),
    ).toBe(0)
  })

  test.each(charts)(
    '$slug: every family has lists, and nearly everybody can be asked three questions',
    async (chart) => {
      const tenantId = tenantIdOf(chart)
      const tools = { ...textTools, hmac: decoyDigest(keys, tenantId), randomId: () => 'option' }
      const { all, blocks } = await inTenant(database.worker, tenantId, async (tx) => ({
        all: await readAllFacts(tx),
        blocks: await readBlocks(tx, keys),
      }))
      for (const family of cellFamilies) {
        const values = blocks.filter((block) => block.family === family).flatMap((block) => block.values)
        expect(values.length, family).toBeGreaterThanOrEqual(10)
      }
      const tenant = tenantFacts(
        all.flatMap((facts) => factRowsOf(facts, tools)),
        blocks,
      )
      const { questions, rules } = defaultPolicy()
      const plans = all.map((facts) =>
        preparePlan(
          {
            verificationId: facts.participantId,
            facts,
            tenant,
            settings: questions,
            rule: rules.password_reset.standard,
            askedBefore: [],
            disclosures: [],
            isLimitReached: false,
            hasSecondContact: true,
            now: Date.now(),
          },
          tools,
        ),
      )
      const asking = plans.flatMap((plan) => (plan.route === 'questions' ? [plan] : []))
      expect(asking.length / plans.length).toBeGreaterThan(0.75)
      const asked = new Set(asking.flatMap((plan) => plan.questions.map((question) => question.family)))
      expect(asked.size).toBeGreaterThanOrEqual(4)
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
      await count(`facts where family = 'device' and valid_from < $1::timestamptz - interval '20 days'`, [
        later,
      ]),
    ).toBe(0)
  })
})

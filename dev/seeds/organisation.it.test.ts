import { hash } from '@node-rs/argon2'
import { beforeAll, describe, expect, test } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { Rule } from '#domain/policy/policy.ts'
import { factRowsOf } from '#domain/questions/fact-rows.ts'
import { cellFamilies, tenantFacts } from '#domain/questions/facts.ts'
import { preparePlan } from '#domain/questions/prepare.ts'
import { decoyDigest } from '#platform/crypto/sealing.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { readBlocks } from '#services/questions/blocks.ts'
import { readContacts } from '#services/people/contacts.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { readAllFacts } from '#services/questions/question-facts.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { charts, northwind } from './charts.ts'
import { writeOrganisation } from './organisation.ts'
import { tenantIdOf } from './people.ts'

const database = useDatabase()
const keys = testKeys().worker

const count = async (sql: string, params: readonly unknown[] = []): Promise<number> =>
  (await database.owner.one<{ n: number }>(`select count(*)::integer as n from ${sql}`, params))?.n ?? -1

beforeAll(async () => {
  const passwordHash = await hash('a demo password', { memoryCost: 1024, timeCost: 2 })
  const context = { keys, at: new Date(), issuer: 'http://127.0.0.1:20999', passwordHash }
  for (const chart of charts)
    await inTenant(database.ownerDb, tenantIdOf(chart), (tx) => writeOrganisation(tx, chart, context))
})

describe('a demo organisation', () => {
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
            purpose: 'password_reset',
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

  test.each(charts)('$slug lives under the policy of a fresh tenant of its kind', async (chart) => {
    const policy = await inTenant(database.api, tenantIdOf(chart), currentPolicy)
    expect(policy.version).toBe(2)
    expect(policy.labBanner).toBe(chart.slug === 'lab')
    if (chart.slug === 'lab') return
    // But that second factors wait for two hours there, that a change of access may ask for a sign-in or a code of a sheet, that
    // a new password of a privileged account may ask for a push, and that people may set up a passkey in advance.
    const fresh = defaultPolicy()
    const on = (purpose: 'mfa_reset' | 'access_change', change: Partial<Rule>) => {
      const { standard, privileged } = fresh.rules[purpose]
      return { [purpose]: { standard: { ...standard, ...change }, privileged: { ...privileged, ...change } } }
    }
    const { standard, privileged } = fresh.rules.password_reset
    const changed = {
      password_reset: { standard, privileged: { ...privileged, asksPush: true } },
      ...on('mfa_reset', { waitSeconds: 7200 }),
      ...on('access_change', { asksProviderSignIn: true, asksRecoverySheet: true }),
    }
    const signIn = { ...fresh.signIn, enrolPasskeys: true }
    expect(policy).toEqual({ ...fresh, version: 2, rules: { ...fresh.rules, ...changed }, signIn })
  })

  test('B5: about one person in seventeen is privileged, the board and the keepers of accounts among them', async () => {
    const all = await count('people where tenant_id = $1', [tenantIdOf(northwind)])
    const privileged = await count(`people where tenant_id = $1 and tier = 'privileged'`, [
      tenantIdOf(northwind),
    ])
    expect(privileged / all).toBeGreaterThan(0.04)
    expect(privileged / all).toBeLessThan(0.08)
    expect(await count(`people where team = 'Identity and Access' and tier = 'standard'`)).toBe(0)
  })
})

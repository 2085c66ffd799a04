import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from './connect.ts'
import { connectTest, createTestDatabase, type TestDatabase } from './testing/database.ts'
import { appendOne } from './testing/events.ts'
import {
  makeContact,
  makePerson,
  makeStaff,
  makeTenant,
  makeVerification,
  testKeys,
} from './testing/factories.ts'
import { inRelay, inTenant, outsideTenants, type Queryable } from './transaction.ts'

/**
 * Tables that are of no tenant: one relay serves all; a sign-in begins before its tenant is known; limits count by
 * digests of addresses before anybody is known; the rest is the migrator's own.
 */
const withoutTenant = [
  'rate_limits',
  'relay_cursors',
  'schema_checksums',
  'schema_migrations',
  'schema_migrations_lock',
  'sign_in_transactions',
]

let database: TestDatabase
let owner: Queryable
let pools: Db[]
let api: Db
let worker: Db
const keys = testKeys()

const populate = async () => {
  const tenant = await makeTenant(owner)
  const person = await makePerson(owner, tenant.id)
  const contact = await makeContact(owner, keys.api, person)
  const staff = await makeStaff(owner, tenant.id)
  const verification = await makeVerification(owner, contact)
  return { tenant, person, contact, staff, verification }
}
let one: Awaited<ReturnType<typeof populate>>
let two: Awaited<ReturnType<typeof populate>>

beforeAll(async () => {
  database = await createTestDatabase()
  pools = [connectTest(database.ownerUrl), connectTest(database.apiUrl, 2), connectTest(database.workerUrl)]
  const [ownerDb, apiDb, workerDb] = pools
  if (!ownerDb || !apiDb || !workerDb) throw new Error('three pools were opened')
  owner = outsideTenants(ownerDb)
  api = apiDb
  worker = workerDb
  one = await populate()
  two = await populate()
})
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()))
  await database.drop()
})

describe('row-level security', () => {
  it('I4: is enabled, forced and has the tenant policy on every table and partition', async () => {
    const open = await owner.query<{ name: string }>(`
      select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and not (c.relrowsecurity and c.relforcerowsecurity
          and exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_rows'))
      order by 1`)
    expect(open.map(({ name }) => name)).toEqual(withoutTenant)
    const roles = await owner.query(`
      select rolname from pg_roles where rolname like 'countersign\\_%' and rolname <> 'countersign_resolver'
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)`)
    expect(roles).toEqual([])
    const owned = await owner.query(`
      select relname from pg_class where relowner in (select oid from pg_roles where rolname like 'countersign\\_%')`)
    expect(owned).toEqual([])
  })

  it('I4: without a tenant no table gives a row and none takes one', async () => {
    const tables = await owner.query<{ name: string }>(`
      select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relrowsecurity
        and c.relkind in ('r', 'p') and has_table_privilege('countersign_api', c.oid, 'select')`)
    expect(tables.length).toBeGreaterThan(25)
    for (const { name } of tables)
      expect([name, await outsideTenants(api).query(`select from ${name}`)]).toEqual([name, []])
    await expect(
      outsideTenants(api).run(
        `insert into policies (tenant_id, version, document, saved_by) values ($1, 9, '{}', 'x')`,
        [one.tenant.id],
      ),
    ).rejects.toThrow(/row-level security/)
  })

  it('I4: a tenant sees its own rows only, and cannot write into another', async () => {
    const seen = await inTenant(api, one.tenant.id, (tx) =>
      tx.query(`
      select tenant_id from people union all select tenant_id from contacts union all
      select tenant_id from verifications union all select tenant_id from staff union all select id from tenants`),
    )
    expect(seen).toEqual(Array.from({ length: 5 }, () => ({ tenant_id: one.tenant.id })))
    const sql = `insert into labels (tenant_id, verification_id, label, reason, by_id, by_name) values ($1, $2, 'unsure', 'r', $3, 'n')`
    await expect(
      inTenant(api, one.tenant.id, (tx) => tx.run(sql, [two.tenant.id, two.verification.id, two.staff.id])),
    ).rejects.toThrow(/row-level security/)
  })

  it('I4: 10,000 interleaved requests of two tenants on a pool of two leak nothing', async () => {
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      for (let turn = 0; turn < 1_250; turn += 1) {
        const { tenant, person } = (turn + lane) % 2 === 0 ? one : two
        const rows = await inTenant(api, tenant.id, (tx) => tx.named('people_ids', 'select id from people'))
        if (rows.length !== 1 || rows[0]?.['id'] !== person.id)
          throw new Error(`leak in turn ${String(turn)}`)
        if (turn % 50 === 0) {
          const failing = inTenant(api, tenant.id, () => Promise.reject(new Error('on purpose')))
          await expect(failing).rejects.toThrow('on purpose')
        }
      }
    })
    await Promise.all(lanes)
    expect(await outsideTenants(api).query('select from people')).toEqual([])
  })

  it('I4: a relay transaction sees the outbox of all tenants and nothing else', async () => {
    for (const { tenant, verification } of [one, two]) {
      await inTenant(worker, tenant.id, (tx) =>
        appendOne(tx, { tenantId: tenant.id, verificationId: verification.id, analytics: {} }),
      )
    }
    const seen = await inRelay(worker, async (tx) => ({
      outbox: await tx.query<{ tenant_id: string }>('select tenant_id from outbox order by id'),
      people: await tx.query('select from people'),
    }))
    expect(seen.outbox.map((row) => row.tenant_id)).toEqual([one.tenant.id, two.tenant.id])
    expect(seen.people).toEqual([])
    expect(await outsideTenants(worker).query('select from outbox')).toEqual([])
    await expect(inRelay(api, (tx) => tx.query('select from outbox'))).rejects.toThrow(/permission denied/)
  })
})

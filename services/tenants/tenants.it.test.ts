import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import type { Db } from '#platform/database/connect.ts'
import { savePolicy } from '../policy/policies.ts'
import { saveTenant } from './tenants.ts'
import { connectTest, createTestDatabase, type TestDatabase } from '#platform/database/testing/database.ts'
import { inTenant } from '#platform/database/transaction.ts'

let database: TestDatabase
let owner: Db
let api: Db
beforeAll(async () => {
  database = await createTestDatabase()
  owner = connectTest(database.ownerUrl)
  api = connectTest(database.apiUrl)
})
afterAll(async () => {
  await Promise.all([owner.close(), api.close()])
  await database.drop()
})

it('sets up an organisation, and again without harm', async () => {
  const tenantId = randomUUID()
  const setUp = (name: string) =>
    inTenant(owner, tenantId, (tx) =>
      saveTenant(tx, { slug: 'example', name, settings: { accent: '#123', languages: ['en'] } }),
    )
  await setUp('First')
  await setUp('Second')
  const seen = await inTenant(api, tenantId, (tx) => tx.query('select name, settings from tenants'))
  expect(seen).toEqual([{ name: 'Second', settings: { accent: '#123', languages: ['en'] } }])
})

it('D15: a policy is saved as the next version; versions cannot be changed', async () => {
  const tenantId = randomUUID()
  await inTenant(owner, tenantId, (tx) => saveTenant(tx, { slug: 'policies', name: 'P', settings: {} }))
  const { version: _, ...document } = defaultPolicy()
  const save = () => inTenant(api, tenantId, (tx) => savePolicy(tx, document, 'admin'))
  expect(await save()).toBe(1)
  expect(await save()).toBe(2)
  expect(
    await inTenant(api, tenantId, (tx) => tx.one('select document from policies where version = 2')),
  ).toEqual({ document: JSON.parse(JSON.stringify(document)) })
  await expect(inTenant(api, tenantId, (tx) => tx.run(`update policies set saved_by = 'x'`))).rejects.toThrow(
    /permission denied/,
  )
})

it('what a model does is undone with its transaction', async () => {
  const tenantId = randomUUID()
  const failing = inTenant(owner, tenantId, async (tx) => {
    await saveTenant(tx, { slug: 'undone', name: 'U', settings: {} })
    throw new Error('on purpose')
  })
  await expect(failing).rejects.toThrow('on purpose')
  expect(
    await inTenant(owner, tenantId, (tx) => tx.query(`select from tenants where slug = 'undone'`)),
  ).toEqual([])
})

import { expect, it } from 'vitest'
import { valueIndex } from '../crypto/sealing.ts'
import { readContact } from '#services/people/contacts.ts'
import { makeContact, makePerson, makeTenant, testKeys } from './testing/factories.ts'
import { useDatabase } from './testing/open.ts'
import { inTenant } from './transaction.ts'

const database = useDatabase()
const keys = testKeys()

const setUp = async () => {
  const tenant = await makeTenant(database.owner)
  const person = await makePerson(database.owner, tenant.id)
  const one = await makeContact(database.owner, keys.api, person, '+447700900111')
  const two = await makeContact(database.owner, keys.api, person, '+447700900222')
  return { tenant, person, one, two }
}
const read = (tenantId: string, id: string) =>
  inTenant(database.worker, tenantId, async (tx) => (await readContact(tx, keys.worker, id))?.value)

it('E1: ciphertexts of two rows, swapped by SQL, do not open', async () => {
  const { tenant, one, two } = await setUp()
  expect(await read(tenant.id, one.id)).toBe('+447700900111')
  await database.owner.run(
    `update contacts c set value_sealed = o.value_sealed from contacts o
     where c.id <> o.id and c.id = any ($1) and o.id = any ($1)`,
    [[one.id, two.id]],
  )
  expect(await read(tenant.id, one.id)).toBeUndefined()
  expect(await read(tenant.id, two.id)).toBeUndefined()
})

it('E1, T11: a contact that was given to another person by hand does not open', async () => {
  const { tenant, one } = await setUp()
  const victim = await makePerson(database.owner, tenant.id)
  await database.owner.run('update contacts set person_id = $2 where id = $1', [one.id, victim.id])
  expect(await read(tenant.id, one.id)).toBeUndefined()
})

it('E1: a ciphertext copied from another tenant does not open', async () => {
  const [here, there] = [await setUp(), await setUp()]
  await database.owner.run(
    `update contacts set value_sealed = (select value_sealed from contacts where id = $2) where id = $1`,
    [here.one.id, there.one.id],
  )
  expect(await read(here.tenant.id, here.one.id)).toBeUndefined()
})

it('E2: the rows of a tenant share no nonce', async () => {
  const tenant = await makeTenant(database.owner)
  const person = await makePerson(database.owner, tenant.id)
  for (let n = 0; n < 200; n += 1) await makeContact(database.owner, keys.api, person)
  const [count] = await database.owner.query(
    `select count(*) as rows, count(distinct substring(value_sealed from 5 for 12)) as nonces from contacts where tenant_id = $1`,
    [tenant.id],
  )
  expect(count).toEqual({ rows: 200, nonces: 200 })
})

it('E3, C2: a contact is found by its index, and no row holds its number', async () => {
  const { tenant, one } = await setUp()
  const found = await inTenant(database.worker, tenant.id, (tx) =>
    tx.query('select id from contacts where tenant_id = $1 and value_index = $2', [
      tenant.id,
      valueIndex(keys.worker, tenant.id, 'phone', '+447700900111'),
    ]),
  )
  expect(found).toEqual([{ id: one.id }])
  const dump = await database.owner.query<{ row: string }>('select contacts::text as row from contacts')
  const digits = '7700900111'
  for (const { row } of dump)
    for (const form of [
      digits,
      Buffer.from(digits).toString('hex'),
      Buffer.from(`+44${digits}`).toString('base64'),
    ])
      expect(row).not.toContain(form)
})

import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { connect } from './connect.ts'
import { type Change, listen, notify } from './notify.ts'
import { useDatabase } from './testing/open.ts'
import { makeTenant } from './testing/factories.ts'
import { inOneTrip, inTenant, outsideTenants, type Tx } from './transaction.ts'

const database = useDatabase()
const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not come to hold within ten seconds.')
    await new Promise((resume) => setTimeout(resume, 20))
  }
}
const kill = (name: string) =>
  database.owner.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
    name,
  ])

it('R10: connections ended by the server are reported, replaced and end nothing', async () => {
  const errors: string[] = []
  const db = connect({
    ...{ url: database.addresses.apiUrl, max: 3, applicationName: 'victim', statementTimeoutMs: 5_000 },
    onError: (error) => errors.push(error.message),
  })
  const ask = () => outsideTenants(db).one('select 1 as one')
  await Promise.all([ask(), ask(), ask()])
  await kill('victim')
  await until(() => errors.length > 0 && db.pool.totalCount === 0)
  expect(await ask()).toEqual({ one: 1 })
  const busy = inTenant(db, randomUUID(), async (tx) => {
    await kill('victim')
    await tx.query('select 1')
  })
  await expect(busy).rejects.toThrow()
  expect(await ask()).toEqual({ one: 1 })
  await db.close()
})

it('a statement that takes too long is ended, and its connection still works', async () => {
  const db = connect({
    ...{ url: database.addresses.apiUrl, max: 1, applicationName: 'slow', statementTimeoutMs: 200 },
  })
  await expect(inTenant(db, randomUUID(), (tx) => tx.query('select pg_sleep(5)'))).rejects.toMatchObject({
    code: '57014',
  })
  expect(await outsideTenants(db).one('select 1 as one')).toEqual({ one: 1 })
  await db.close()
})

it('int8 and counts are numbers', async () => {
  expect(
    await outsideTenants(database.api).one('select 9007199254740991::bigint as most, count(*) from pg_class'),
  ).toEqual({
    most: 9007199254740991,
    count: expect.any(Number) as number,
  })
})

it('a builder of the transaction runs inside it', async () => {
  const { id } = await makeTenant(database.owner)
  const seen = await inTenant(database.api, id, async (tx) => {
    await tx.knex('policies').insert({ tenant_id: id, version: 1, document: '{}', saved_by: 'x' })
    return {
      mine: await tx.query('select version from policies'),
      all: await tx.knex('tenants').select('id'),
    }
  })
  expect(seen).toEqual({ mine: [{ version: 1 }], all: [{ id }] })
})

const addPolicy = (tx: Tx, version: number) =>
  tx.run(`insert into policies (tenant_id, version, document, saved_by) values ($1, $2, '{}', 'x')`, [
    tx.tenantId,
    version,
  ])

const versionsOf = (tenantId: string) =>
  inTenant(database.api, tenantId, (tx) => tx.query('select version from policies order by version'))

it('statements that travel together keep their order, their tenant and their results', async () => {
  const { id } = await makeTenant(database.owner)
  const rows = await inTenant(database.api, id, (tx) =>
    Promise.all([
      addPolicy(tx, 1),
      tx.query('select version from policies'),
      addPolicy(tx, 2),
      tx.query('select version from policies order by version'),
    ]),
  )
  expect(rows).toEqual([1, [{ version: 1 }], 1, [{ version: 1 }, { version: 2 }]])
  expect(await versionsOf(id)).toHaveLength(2)
})

it('one that fails takes all of its transaction with it, whatever was sent beside it', async () => {
  const { id } = await makeTenant(database.owner)
  const failing = inTenant(database.api, id, (tx) =>
    Promise.all([addPolicy(tx, 1), tx.query('select 1 / 0'), addPolicy(tx, 2)]),
  )
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  const atOnce = inOneTrip(database.api, id, (tx) =>
    Promise.all([addPolicy(tx, 1), tx.query('select 1 / 0')]),
  )
  await expect(atOnce).rejects.toMatchObject({ code: '22012' })
  const swallowed = inOneTrip(database.api, id, (tx) =>
    Promise.all([addPolicy(tx, 1), tx.query('select 1 / 0').catch(() => [])]),
  )
  await expect(swallowed).rejects.toThrow('rolled back')
  expect(await versionsOf(id)).toEqual([])
})

it('the last statement takes the commit with it, and nothing comes after it', async () => {
  const { id } = await makeTenant(database.owner)
  const insert = `insert into policies (tenant_id, version, document, saved_by) values ($1, $2, '{}', 'x') returning version`
  const late = inTenant(database.api, id, async (tx) => {
    expect(await tx.last('add_policy', insert, [id, 1])).toEqual([{ version: 1 }])
    await addPolicy(tx, 2)
  })
  await expect(late).rejects.toThrow('has ended')
  const twice = inTenant(database.api, id, async (tx) => {
    await addPolicy(tx, 2)
    await tx.last('add_policy', insert, [id, 1])
  })
  await expect(twice).rejects.toMatchObject({ code: '23505' })
  expect(await versionsOf(id)).toEqual([{ version: 1 }])
})

it('I2: code that uses a transaction after its end reaches no other one on its connection', async () => {
  const [own, other] = [await makeTenant(database.owner), await makeTenant(database.owner)]
  const db = connect({
    ...{ url: database.addresses.apiUrl, max: 1, applicationName: 'late', statementTimeoutMs: 5_000 },
  })
  let kept: Tx | undefined
  const failing = inTenant(db, own.id, (tx) => {
    kept = tx
    return tx.query('select 1 / 0')
  })
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  await inTenant(db, other.id, async (tx) => {
    await addPolicy(tx, 1)
    await expect(kept?.query('select version from policies')).rejects.toThrow('has ended')
    await expect(kept?.knex('policies').select('version')).rejects.toThrow('has ended')
    await expect(kept?.last('late', 'select version from policies')).rejects.toThrow('has ended')
  })
  expect(await versionsOf(other.id)).toEqual([{ version: 1 }])
  await db.close()
})

it('changes reach listeners after the commit, as ids, across a lost connection', async () => {
  const changes: Change[] = []
  let gaps = 0
  const db = connect({
    ...{ url: database.addresses.apiUrl, max: 2, applicationName: 'listener', statementTimeoutMs: 5_000 },
  })
  const listener = await listen(db, { onChange: (change) => changes.push(change), onGap: () => (gaps += 1) })
  const tenantId = randomUUID()
  const tell = (id: string) => inTenant(database.worker, tenantId, (tx) => notify(tx, 'verification', id))
  const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()]
  const failing = inTenant(database.worker, tenantId, async (tx) => {
    await notify(tx, 'verification', one)
    throw new Error('on purpose')
  })
  await expect(failing).rejects.toThrow('on purpose')
  await tell(two)
  await until(() => changes.length > 0)
  await kill('listener')
  await until(() => gaps === 1)
  await tell(three)
  await until(() => changes.length > 1)
  expect(changes).toEqual([
    { channel: 'verification', tenantId, id: two },
    { channel: 'verification', tenantId, id: three },
  ])
  await listener.stop()
  await db.close()
  await until(async () => {
    const left = await database.owner.query(
      `select from pg_stat_activity where application_name = 'listener'`,
    )
    return left.length === 0
  })
})

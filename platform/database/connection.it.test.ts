import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { connect } from './connect.ts'
import { type Change, listen, notify } from './notify.ts'
import { useDatabase } from './testing/open.ts'
import { makeTenant } from './testing/factories.ts'
import { inTenant, outsideTenants } from './transaction.ts'

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

it('a statement that takes too long is ended, and its connection goes on', async () => {
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

import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Base, daysAgo, idAndName, inDays, inSeconds, instant, now } from './model.ts'
import { makeStaff, makeTenant } from './testing/factories.ts'
import { useDatabase } from './testing/open.ts'
import { inOneTrip, inTenant } from './transaction.ts'

const database = useDatabase()

class View extends Base {
  static override tableName = 'saved_views'
  static override jsonAttributes = ['query']

  declare id: string
  declare staffId: string
  declare name: string
  declare query: Readonly<Record<string, string>>
  declare columns: readonly string[] | null
  declare createdAt: Date
}

const organisation = async () => {
  const { id: tenantId } = await makeTenant(database.owner)
  const { id: staffId } = await makeStaff(database.owner, tenantId)
  return { tenantId, row: { id: randomUUID(), staffId, name: 'mine', query: { state: 'opened' } } }
}

describe('a model', () => {
  it('names properties where the table has columns, and keeps JSON, lists and times', async () => {
    const { tenantId, row } = await organisation()
    const read = await inTenant(database.api, tenantId, async (tx) => {
      await View.add(tx, { ...row, columns: ['risk', 'state'] })
      return View.of(tx).findOne({ staffId: row.staffId }).select('name', 'query', 'columns', 'createdAt')
    })
    expect(read).toEqual({
      ...{ name: 'mine', query: { state: 'opened' }, columns: ['risk', 'state'] },
      createdAt: expect.any(Date) as Date,
    })
  })

  it('adds a row once, and says so', async () => {
    const { tenantId, row } = await organisation()
    const add = () => inTenant(database.api, tenantId, (tx) => View.add(tx, row))
    expect([await add(), await add()]).toEqual([true, false])
  })

  it('I2: sees and changes rows of its organisation alone, also for an owner who sees all', async () => {
    const [own, other] = [await organisation(), await organisation()]
    for (const { tenantId, row } of [own, other])
      await inTenant(database.api, tenantId, (tx) => View.add(tx, row))
    const [seen, changed] = await inTenant(database.ownerDb, own.tenantId, async (tx) => [
      await View.of(tx).select('id'),
      await View.of(tx).patch({ name: 'ours' }),
    ])
    expect([seen, changed]).toEqual([[{ id: own.row.id }], 1])
  })

  it('reads only what its process may: a select of all columns is refused where one is kept from it', async () => {
    class Client extends Base {
      static override tableName = 'api_clients'
    }
    const { tenantId } = await organisation()
    const read = (...columns: string[]) =>
      inTenant(database.api, tenantId, (tx) => Client.of(tx).select(columns).execute())
    expect(await read('id', 'name')).toEqual([])
    await expect(read()).rejects.toThrow('permission denied')
  })

  it('is refused where the commit has been sent before its statement', async () => {
    const { tenantId } = await organisation()
    const late = inOneTrip(database.api, tenantId, (tx) => View.of(tx).select('id').execute())
    await expect(late).rejects.toThrow('has ended')
  })
})

it('times are by the clock of the database, and a member of staff is one value', async () => {
  const { tenantId, row } = await organisation()
  const found = await inTenant(database.api, tenantId, async (tx) => {
    await View.add(tx, { ...row, createdAt: now() })
    const between = View.of(tx).where('createdAt', '>', daysAgo(1)).where('createdAt', '<', inSeconds(1))
    return between.where('createdAt', '<', inDays(1)).select(instant('createdAt', 'at')).first()
  })
  expect(found).toEqual({ at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string })

  class Threat extends Base {
    static override tableName = 'elevated_threats'
    declare id: string
    declare reason: string
    declare raisedBy: string
    declare raisedByName: string
  }
  const by = { raisedBy: randomUUID(), raisedByName: 'Sam' }
  const raised = await inTenant(database.api, tenantId, async (tx) => {
    await Threat.add(tx, { id: randomUUID(), reason: 'calls', ...by })
    return Threat.of(tx).first().select(idAndName('raisedBy'), idAndName('loweringAskedBy'))
  })
  expect(raised).toEqual({ raisedBy: { id: by.raisedBy, name: 'Sam' }, loweringAskedBy: null })
})

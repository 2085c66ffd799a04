import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  insertRow,
  makeContact,
  makePerson,
  makeTenant,
  makeVerification,
  testKeys,
} from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { deleteOldData, deleteRanOut } from './housekeeping.ts'

const database = useDatabase()
const keys = testKeys()

describe('what a worker tidies up', () => {
  it('Q5: answers to repeated requests go after 24 hours, and no sooner', async () => {
    const tenant = await makeTenant(database.owner)
    const keep = (key: string, hours: number) =>
      insertRow(database.owner, 'idempotency', {
        tenant_id: tenant.id,
        actor: 'staff',
        key,
        body_hash: Buffer.from('hash'),
        created_at: new Date(Date.now() - hours * 3_600_000),
      })
    await keep('kept-key-1', 23)
    await keep('gone-key-1', 25)
    await inTenant(database.worker, tenant.id, deleteOldData)
    expect(
      await database.owner.query('select key from idempotency where tenant_id = $1', [tenant.id]),
    ).toEqual([{ key: 'kept-key-1' }])
  })

  it('M3: sealed inputs go when they run out, and what has not is left for the worker', async () => {
    const { owner, worker } = database
    const { id: tenantId } = await makeTenant(owner)
    const contact = await makeContact(owner, keys.worker, await makePerson(owner, tenantId))
    const verification = await makeVerification(owner, contact)
    const add = async (seconds: number): Promise<string> => {
      const id = randomUUID()
      await insertRow(owner, 'sealed_inputs', {
        ...{ tenant_id: tenantId, id, verification_id: verification.id, kind: 'password' },
        sealed: Buffer.from('sealed'),
        expires_at: new Date(Date.now() + seconds * 1000),
      })
      return id
    }
    const [, live] = [await add(-1), await add(60)]
    expect(await inTenant(worker, tenantId, deleteRanOut)).toBe(1)
    expect(await owner.query('select id from sealed_inputs where tenant_id = $1', [tenantId])).toEqual([
      { id: live },
    ])
  })
})

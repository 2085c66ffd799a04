import { describe, expect, it } from 'vitest'
import { insertRow, makeTenant } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { deleteOldData } from './housekeeping.ts'

const database = useDatabase()

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
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { useDatabase } from '#platform/database/testing/open.ts'
import { makeTenant } from '#platform/database/testing/factories.ts'

import { writePointer, type Pointer } from '#platform/network-data/editions.ts'
import { createDataRecorder } from './record-network-data.ts'

const database = useDatabase()
const [first, second] = ['20261125T120000000Z-0123abcd', '20261126T120000000Z-4567cdef']
let dir: string
let edition: string | null
let tenants: readonly string[]

const swap = (change: Partial<Pointer>): void => {
  writePointer(dir, {
    ...{ version: 1, edition: first, previous: null, by: 'refresh', at: '2026-11-25T12:00:00.000Z' },
    ...{ rolledBack: [], ...change },
  })
}
const recorder = () =>
  createDataRecorder({ db: database.worker }, { dataDir: dir, current: () => ({ edition }) })
const listed = () => Promise.resolve(tenants)
const recorded = (tenantId: string) =>
  database.owner.query<{ actor_kind: string; payload: object }>(
    `select actor_kind, payload from audit where tenant_id = $1 and type = 'network_data.replaced' order by seq`,
    [tenantId],
  )

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'data-in-use-'))
  edition = null
  const rows = database.owner
  tenants = [(await makeTenant(rows)).id, (await makeTenant(rows)).id]
})
afterEach(() => {
  rmSync(dir, { recursive: true, force: true })
})

describe('network data in the audit', () => {
  it('names a refresh and a rollback once for each organisation, by the system and without anybody in it', async () => {
    swap({})
    edition = first
    const record = recorder()
    expect(await record(listed)).toBe(2)
    expect(await record(listed)).toBe(0)
    swap({ edition: null, previous: first, by: 'rollback', at: '2026-11-26T08:00:00.000Z' })
    edition = null
    expect(await record(listed)).toBe(2)
    for (const tenantId of tenants)
      expect(await recorded(tenantId)).toEqual([
        { actor_kind: 'system', payload: { edition: first, previous: 'packaged', by: 'refresh' } },
        { actor_kind: 'system', payload: { edition: 'packaged', previous: first, by: 'rollback' } },
      ])
  })

  it('is one entry, whichever worker is first and however often one starts anew', async () => {
    swap({})
    edition = first
    for (const record of [recorder(), recorder(), recorder()]) await record(listed)
    expect(await recorded(tenants[0] ?? '')).toHaveLength(1)
  })

  it('says nothing while the new data are not in use: refused, not taken in yet, or none', async () => {
    const record = recorder()
    expect(await record(listed)).toBe(0)
    swap({ edition: second, previous: first })
    edition = first
    expect(await record(listed)).toBe(0)
    expect(await recorded(tenants[0] ?? '')).toEqual([])
  })

  it('is recorded by the next try when the database was away', async () => {
    swap({})
    edition = first
    const record = recorder()
    await expect(record(() => Promise.reject(new Error('away')))).rejects.toThrow('away')
    expect(await record(listed)).toBe(2)
  })
})

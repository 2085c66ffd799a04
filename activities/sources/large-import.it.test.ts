import { describe, expect, it } from 'vitest'
import { testKeys } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { importing, makeOrganisation, subjects } from '../testing/source-files.ts'

const database = useDatabase()
const { bring, check, facts, rowsLeft } = importing(database, testKeys())
const recently = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)

describe('100,000 rows', () => {
  it('are looked at, imported, imported again, and refused for one faulty row, without the file or its rows ever standing in memory whole', async () => {
    const { tenantId } = await makeOrganisation(database, 0)
    await database.owner.run(
      `insert into people (tenant_id, id, directory_id, login, work_email, display_name, given_name, family_name)
       select $1, gen_random_uuid(), 'big-' || n, 'big' || n, 'big' || n || '@example.org', 'Big ' || n, 'Big', n::text
       from generate_series(1, 5000) n`,
      [tenantId],
    )
    const lines = Array.from(
      { length: 100_000 },
      (_, n) => `big${String((n % 5_000) + 1)},T${String(n)},${subjects[n % 10] ?? ''},${recently}`,
    )
    const content = `person,ticket_id,category,opened\n${lines.join('\n')}`
    global.gc?.()
    const before = process.memoryUsage().rss
    const first = await bring(tenantId, content)
    expect(first).toMatchObject({
      state: 'imported',
      figures: { rows: 100_000, added: 100_000, people: 5_000 },
    })
    // The file itself is 4 MB, held as text and as bytes by this very test, which reads all facts only after it has measured.
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * 1024 * 1024)
    expect(await facts(tenantId)).toHaveLength(100_000)
    const again = await bring(tenantId, content)
    expect(again).toMatchObject({ state: 'imported', figures: { same: 100_000, added: 0, gone: 0 } })
    const faulty = await check(tenantId, `${content}\nbig1,T100000,,${recently}`)
    expect(faulty).toMatchObject({ state: 'refused', figures: { rows: 100_001, faults: 1 } })
    expect([await rowsLeft(faulty.id), (await facts(tenantId)).length]).toEqual([0, 100_000])
    const few = await bring(
      tenantId,
      `person,ticket_id,category,opened\nbig1,T0,${subjects[0] ?? ''},${recently}`,
    )
    expect(few.figures).toMatchObject({ same: 1, gone: 99_999 })
    expect(await facts(tenantId)).toHaveLength(1)
  }, 180_000)
})

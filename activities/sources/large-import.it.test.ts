import { describe, expect, it } from 'vitest'
import { testKeys } from '#platform/database/testing/factories.ts'
import { isLongRun } from '#platform/testing/long-run.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { importing, makeOrganisation, subjects } from '../testing/source-files.ts'

const database = useDatabase()
const { bring, check, facts, rowsLeft } = importing(database, testKeys())
const recently = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)

/**
 * A row may take this much of memory on its way, with everything around it. The file itself is 40 bytes a row. Asked of many
 * rows alone: of few, the memory says when the engine last collected its garbage.
 */
const bytesARow = 4 * 1024
const rows = isLongRun ? 100_000 : 30_000

describe('a large file', () => {
  it('is looked at, imported, imported again, and refused for one faulty row; many rows are never in memory all at once', async () => {
    const { tenantId } = await makeOrganisation(database, 0)
    await database.owner.run(
      `insert into people (tenant_id, id, directory_id, login, work_email, display_name, given_name, family_name)
       select $1, gen_random_uuid(), 'big-' || n, 'big' || n, 'big' || n || '@example.org', 'Big ' || n, 'Big', n::text
       from generate_series(1, 5000) n`,
      [tenantId],
    )
    const lines = Array.from(
      { length: rows },
      (_, n) => `big${String((n % 5_000) + 1)},T${String(n)},${subjects[n % 10] ?? ''},${recently}`,
    )
    const content = `person,ticket_id,category,opened\n${lines.join('\n')}`
    const before = process.memoryUsage().rss
    const first = await bring(tenantId, content)
    expect(first).toMatchObject({
      state: 'imported',
      figures: { rows, added: rows, people: 5_000 },
    })
    // This test holds the file as text and as bytes. It reads all facts only after it has measured.
    if (isLongRun) expect(process.memoryUsage().rss - before).toBeLessThan(rows * bytesARow)
    expect(await facts(tenantId)).toHaveLength(rows)
    const again = await bring(tenantId, content)
    expect(again).toMatchObject({ state: 'imported', figures: { same: rows, added: 0, gone: 0 } })
    const faulty = await check(tenantId, `${content}\nbig1,T${String(rows)},,${recently}`)
    expect(faulty).toMatchObject({ state: 'refused', figures: { rows: rows + 1, faults: 1 } })
    expect([await rowsLeft(faulty.id), (await facts(tenantId)).length]).toEqual([0, rows])
    const few = await bring(
      tenantId,
      `person,ticket_id,category,opened\nbig1,T0,${subjects[0] ?? ''},${recently}`,
    )
    expect(few.figures).toMatchObject({ same: 1, gone: rows - 1 })
    expect(await facts(tenantId)).toHaveLength(1)
  }, 600_000)
})

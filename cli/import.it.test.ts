import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePerson, makeTenant } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { importFile } from './import.ts'

const database = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'countersign-import-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
let slug: string
let tenantId: string
beforeAll(async () => {
  const tenant = await makeTenant(database.owner)
  ;({ slug, id: tenantId } = tenant)
  for (let n = 0; n < 20; n += 1) await makePerson(database.owner, tenantId, { login: `person${String(n)}` })
})

const fileOf = (name: string, people: number, more = ''): string => {
  const path = join(folder, name)
  const rows = Array.from(
    { length: people },
    (_, n) => `person${String(n)},T${String(n)},Printing,2026-10-01`,
  )
  writeFileSync(path, `person,ticket_id,category,opened\n${rows.join('\n')}\n${more}`)
  return path
}
const run = async (...args: string[]) => {
  const lines: string[] = []
  const env = {
    DATABASE_URL: database.addresses.workerUrl,
    CLICKHOUSE_URL: 'http://127.0.0.1:1',
    NODE_ENV: 'test',
  }
  const end = await importFile(args, env, (line) => lines.push(line)).catch((error: Error) => error.message)
  return [...lines, end]
}
const facts = async () =>
  (
    await database.owner.one<{ n: number }>('select count(*) as n from facts where tenant_id = $1', [
      tenantId,
    ])
  )?.n

describe('import at the shell', () => {
  it('imports a file as the console does, by the operator, and does it again without changing anything', async () => {
    const path = fileOf('tickets.csv', 20)
    expect(await run('tickets', path, '--tenant', slug)).toEqual([
      '20 rows: 20 new, 0 changed, 0 as before, 0 no longer true, 0 left out.',
      'Imported.',
    ])
    expect(await run('tickets', path, '--tenant', slug)).toEqual([
      '20 rows: 0 new, 0 changed, 20 as before, 0 no longer true, 0 left out.',
      'Imported.',
    ])
    expect(await facts()).toBe(20)
    const told = await database.owner.one<{ kind: string; id: string; n: number }>(
      `select actor_kind as kind, actor_id as id, count(*) over () as n from audit
       where tenant_id = $1 and type = 'source.imported'`,
      [tenantId],
    )
    expect(told).toEqual({ kind: 'system', id: 'shell', n: 2 })
  })

  it('refuses a faulty file whole and says where', async () => {
    const lines = await run('tickets', fileOf('faulty.csv', 2, 'person1,T9,,2026-10-01\n'), '--tenant', slug)
    expect(lines).toEqual([
      'line 4: category: required',
      'Nothing was imported: 1 faults, 0 rows about unknown people.',
      'Mend the file and bring it again.',
    ])
    expect(await facts()).toBe(20)
  })

  it('takes much away only where that is said, and only looks where that is asked', async () => {
    const path = fileOf('few.csv', 2)
    expect((await run('tickets', path, '--tenant', slug, '--check')).at(-1)).toMatch(/^Looked at/)
    expect((await run('tickets', path, '--tenant', slug)).at(-1)).toMatch(/18 of 20 facts.*--accept-drop/)
    expect(await facts()).toBe(20)
    expect((await run('tickets', path, '--tenant', slug, '--add')).at(-1)).toBe('Imported.')
    expect(await facts()).toBe(20)
    expect((await run('tickets', path, '--tenant', slug, '--accept-drop')).at(-1)).toBe('Imported.')
    expect(await facts()).toBe(2)
  })

  it('says what is missing', async () => {
    const path = fileOf('some.csv', 1)
    expect(await run('payslips', path)).toEqual([expect.stringMatching(/^Say what the file holds/)])
    expect(await run('tickets')).toEqual([expect.stringMatching(/^Name one file/)])
    expect(await run('tickets', path)).toEqual(['Say for which tenant: --tenant <slug>.'])
    expect(await run('tickets', path, '--tenant', 'nobody')).toEqual(['There is no such tenant.'])
    expect(await run('tickets', join(folder, 'none.csv'), '--tenant', slug)).toEqual([
      'This file cannot be read.',
    ])
    expect(await run('tickets', path, '--force')).toEqual([expect.stringMatching(/^Say it so/)])
  })
})

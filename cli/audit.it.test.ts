/** Attacks on the audit by the owner of the database, and what `audit verify` says of them (G4, G5). */
import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { appendHeads, readHeads, signHead } from '#services/audit/heads.ts'
import { checkChain } from '#services/audit/check.ts'
import { readHead } from '#platform/database/audit.ts'
import { makeTenant, testKeys } from '#platform/database/testing/factories.ts'
import { appendOne } from '#platform/database/testing/events.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { auditCommand } from './audit.ts'

const database = useDatabase()
const keys = testKeys()
let heads: string
let tenant: { id: string; slug: string }
let other: { id: string; slug: string }

const record = (tenantId: string) =>
  inTenant(database.api, tenantId, (tx) => appendOne(tx, { tenantId, payload: { n: 1 } }))
const grow = async (tenantId: string, entries: number) => {
  for (let n = 0; n < entries; n += 1) await record(tenantId)
}
const sign = async (tenantId: string) =>
  appendHeads(heads, [
    signHead(keys.worker, tenantId, await inTenant(database.worker, tenantId, readHead), Date.now()),
  ])
const made = async () => {
  const { id } = await makeTenant(database.owner)
  const row = await database.owner.one<{ slug: string }>('select slug from tenants where id = $1', [id])
  return { id, slug: row?.slug ?? '' }
}
/** As the owner of the database, past every trigger. */
const attack = async (...statements: string[]) => {
  const client = await database.ownerDb.pool.connect()
  try {
    await client.query('set session_replication_role = replica')
    for (const sql of statements)
      await client.query(sql.replaceAll(':tenant', `'${tenant.id}'`).replaceAll(':other', `'${other.id}'`))
  } finally {
    client.release(true)
  }
}
const look = async () => {
  const known = await readHeads(heads, keys.api)
  return checkChain(database.api, tenant.id, known.get(tenant.id))
}
const env = () => ({
  NODE_ENV: 'test',
  DATABASE_URL: database.addresses.apiUrl,
  CLICKHOUSE_URL: 'http://countersign:x@127.0.0.1:1/countersign',
})
const run = (...args: string[]) => auditCommand.run(args, env())

beforeAll(() => {
  heads = join(tmpdir(), `heads-${randomUUID()}.jsonl`)
})
beforeEach(async () => {
  tenant = await made()
  other = await made()
  await grow(tenant.id, 8)
  await grow(other.id, 8)
  await sign(tenant.id)
  await grow(tenant.id, 2)
})

describe('G4, G5: the audit against the owner of the database', () => {
  it('nobody touched is whole', async () => {
    expect(await look()).toMatchObject({ ok: true, value: { seq: 10 } })
    expect(await run('verify', '--tenant', tenant.slug)).toContain(`${tenant.slug}: whole, 10 entries`)
  })

  it.each([
    [
      'a changed row',
      [`update audit set actor_name = 'Nobody' where tenant_id = :tenant and seq = 3`],
      3,
      'entry_changed',
    ],
    [
      'a changed payload',
      [`update audit set payload = '{}' where tenant_id = :tenant and seq = 4`],
      4,
      'payload_changed',
    ],
    [
      'a row removed in the middle',
      [`delete from audit where tenant_id = :tenant and seq = 5`],
      6,
      'gap_or_order',
    ],
    [
      'two rows that changed places',
      [`update audit set seq = 13 - seq where tenant_id = :tenant and seq in (6, 7)`],
      6,
      'link_broken',
    ],
    [
      'a row of another organisation',
      [
        `delete from audit where tenant_id = :tenant and seq = 8`,
        `update audit set tenant_id = :tenant where tenant_id = :other and seq = 8`,
      ],
      8,
      'link_broken',
    ],
    [
      'a beginning that is gone',
      [`delete from audit where tenant_id = :tenant and seq < 4`],
      1,
      'beginning_missing',
    ],
    ['a cut tail', [`delete from audit where tenant_id = :tenant and seq > 5`], 6, 'tail_missing'],
    [
      'a tail cut together with its head',
      [
        `delete from audit where tenant_id = :tenant and seq > 5`,
        `update audit_heads h set seq = 5, hash = (select hash from audit where tenant_id = :tenant and seq = 5) where tenant_id = :tenant`,
      ],
      6,
      'tail_missing',
    ],
  ] as const)('%s is found', async (_what, statements, seq, problem) => {
    await attack(...statements)
    expect(await look()).toEqual({ ok: false, error: { seq, problem } })
  })

  it('a tail that was cut and written anew is found, also once a head of the new chain is signed', async () => {
    await attack(
      `delete from audit where tenant_id = :tenant and seq > 5`,
      `update audit_heads h set seq = 5, hash = (select hash from audit where tenant_id = :tenant and seq = 5) where tenant_id = :tenant`,
    )
    await grow(tenant.id, 3)
    const found = { ok: false, error: { seq: 8, problem: 'entry_changed' } }
    expect(await look()).toEqual(found)
    await sign(tenant.id)
    expect(await look()).toEqual(found)
  })

  it('a month that was dropped is no break where a signed head ends there', async () => {
    await attack(`delete from audit where tenant_id = :tenant and seq <= 8`)
    expect(await look()).toMatchObject({ ok: true, value: { seq: 10 } })
  })

  it('a forged head is found', async () => {
    const line = (await readFile(heads, 'utf8')).trim().split('\n').at(-1) ?? ''
    const forged = join(tmpdir(), `forged-${randomUUID()}.jsonl`)
    await writeFile(forged, `${line}\n${line.replace('"seq":8', '"seq":5')}\n`)
    await expect(readHeads(forged, keys.api)).rejects.toThrow(
      'Line 2 of the file of heads was not signed by the worker.',
    )
    // A line of the worker's log holds the same fields, among others.
    await writeFile(forged, `{"level":"info","message":"ready"}\n${line.replace('{', '{"level":"info",')}\n`)
    expect((await readHeads(forged, keys.api)).get(tenant.id)?.size).toBe(1)
  })
})

describe('G5: an export', () => {
  it('is whole as it was made; changed, shortened or in another order it is not', async () => {
    const file = join(tmpdir(), `audit-${randomUUID()}.jsonl`)
    await run('export', '--tenant', tenant.slug, '--to', file)
    expect(await run('verify', '--from', file)).toContain('whole, 10 entries')
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    const verdictOf = async (changed: readonly string[]) => {
      const copy = join(tmpdir(), `audit-${randomUUID()}.jsonl`)
      await writeFile(copy, `${changed.join('\n')}\n`)
      return run('verify', '--from', copy).catch((error: unknown) => (error as Error).message)
    }
    const swapped = lines.with(3, lines[4] ?? '').with(4, lines[3] ?? '')
    expect(await verdictOf(lines.map((line) => line.replace('Alex', 'Axel')))).toContain('BROKEN at entry 1')
    expect(await verdictOf(lines.toSpliced(4, 1))).toContain('BROKEN at entry 5')
    expect(await verdictOf(swapped)).toContain('BROKEN at entry')
    expect(await verdictOf(lines.slice(0, -1))).toContain('BROKEN at entry 11')
    expect(await verdictOf(lines.toSpliced(-2, 1))).toContain('BROKEN at entry 10')
    await expect(run('export', '--tenant', tenant.slug, '--to', file)).rejects.toThrow('cannot be made')
  })

  it.each([[[]], [['look']], [['verify', '--all']], [['export']], [['verify', '--tenant', 'nobody']]])(
    'a command that is not understood ends with 2: %j',
    async (args) => {
      await expect(run(...args)).rejects.toMatchObject({ name: 'UsageError' })
    },
  )
})

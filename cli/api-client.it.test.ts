import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readApiClient } from '#services/staff/api-clients.ts'
import { makeTenant } from '#platform/database/testing/factories.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { createKeyFiles } from '#platform/crypto/key-files.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import { apiClientCommand } from './api-client.ts'

const database = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'countersign-keys-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})
const keyFile = createKeyFiles(join(folder, 'keys')).api
const keys = loadKeys(keyFile, 'api')
let slug: string
let tenantId: string
beforeAll(async () => {
  ;({ slug, id: tenantId } = await makeTenant(database.owner))
})

const run = (...args: string[]) =>
  apiClientCommand
    .run(args, {
      DATABASE_URL: database.addresses.ownerUrl,
      CLICKHOUSE_URL: 'http://127.0.0.1:1',
      NODE_ENV: 'test',
      KEY_FILE: keyFile,
    })
    .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))

const keyIn = (text: string): string => /countersign_key_\S+/.exec(text)?.[0] ?? ''
const whose = (key: string) => readApiClient(database.api, keys, tokenHash(key))

describe('API clients at the shell', () => {
  it('E5: a key is shown once, known by its hash alone, good for its scope, and opens nothing once revoked', async () => {
    const key = keyIn(
      await run(
        'create',
        '--tenant',
        slug,
        '--name',
        'Ticket system',
        '--scope',
        'sources.import',
        '--days',
        '30',
      ),
    )
    expect(await whose(key)).toMatchObject({ tenantId, name: 'Ticket system', scopes: ['sources.import'] })
    expect(await whose(`${key.slice(0, -1)}x`)).toBeNull()
    const listed = await run('list', '--tenant', slug)
    expect(listed).toMatch(/^Ticket system {2}sources\.import {2}good {2}until 20\S+Z {2}last used 20\S+Z$/)
    expect(await run('revoke', '--tenant', slug, '--name', 'Ticket system')).toBe(
      'The key of Ticket system opens nothing any more.',
    )
    expect(await whose(key)).toBeNull()
    expect(await run('list', '--tenant', slug)).toContain('revoked')
    const kept = await database.owner.query<{ row: string }>(
      'select audit::text as row from audit union all select outbox::text from outbox union all select api_clients::text from api_clients',
    )
    expect(kept).toHaveLength(3)
    for (const { row } of [...kept, { row: listed }])
      expect(row).not.toContain(key.slice('countersign_key_'.length, -8))
    const told = await database.owner.query(
      `select type, actor_kind, actor_id, object_kind, payload from audit where tenant_id = $1 order by seq`,
      [tenantId],
    )
    const by = { actor_kind: 'system', actor_id: 'shell', object_kind: 'api_client' }
    const payload = { name: 'Ticket system', scopes: ['sources.import'] }
    expect(told).toEqual([
      { type: 'api_client.created', ...by, payload: { ...payload, days: 30 } },
      { type: 'api_client.revoked', ...by, payload },
    ])
  })

  it('E5: ends by itself after the days that were said', async () => {
    const key = keyIn(await run('create', '--tenant', slug, '--name', 'HR', '--scope', 'sources.import'))
    expect(await whose(key)).not.toBeNull()
    expect(
      await database.owner.one(
        `select round(extract(epoch from expires_at - created_at) / 86400)::int as days from api_clients where name = 'HR'`,
      ),
    ).toEqual({ days: 365 })
    await database.owner.run(`update api_clients set expires_at = now() where name = 'HR'`)
    expect(await whose(key)).toBeNull()
    expect(await run('list', '--tenant', slug)).toMatch(/^HR {2}sources\.import {2}expired/)
  })

  it('changes nothing where it is not clear what is meant, or the name is taken', async () => {
    const create = (...more: string[]) => run('create', '--tenant', slug, ...more)
    const before = await run('list', '--tenant', slug)
    expect(await create('--name', 'HR', '--scope', 'sources.import')).toBe('HR has a key; revoke it first.')
    expect(await create('--name', 'New', '--scope', 'people.read')).toBe(
      '--scope: sources.import, verifications.start, verifications.read',
    )
    expect(await create('--name', 'New')).toBe('--scope is missing')
    expect(await create('--scope', 'sources.import')).toMatch(/^--name/)
    expect(await create('--name', '<b>', '--scope', 'sources.import')).toMatch(/^--name/)
    for (const days of ['0', '731', '1.5', 'soon', '', '1e2', ' 7'])
      expect(await create('--name', 'New', '--scope', 'sources.import', '--days', days)).toMatch(/^--days/)
    expect(await run('revoke', '--tenant', slug, '--name', 'Nobody')).toMatch(/no key/)
    expect(await run('remove', '--tenant', slug)).toMatch(/^Say it so/)
    expect(await run('list', '--tenant', slug)).toBe(before)
  })
})

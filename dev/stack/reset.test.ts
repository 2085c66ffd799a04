import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { resetStack } from './reset.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-reset-'))
  chmodSync(folder, 0o755)
  for (const name of ['postgres', 'clickhouse', 'keys', 'cache']) mkdirSync(join(folder, name))
  for (const name of [
    'temporal.db',
    'temporal.db-wal',
    'postgres/PG_VERSION',
    'keys/api.json',
    'secrets.json',
  ])
    writeFileSync(join(folder, name), 'x')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('a reset of the development stack', () => {
  it('throws away what the engines keep, and nothing else', async () => {
    expect(await resetStack({ COUNTERSIGN_DATA: folder })).toContain(folder)
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual([
      'cache',
      'keys',
      'keys/api.json',
      'secrets.json',
    ])
  })

  it('leaves alone what the environment replaces', async () => {
    await resetStack({
      COUNTERSIGN_DATA: folder,
      TEMPORAL_ADDRESS: 'temporal.test:7233',
      CLICKHOUSE_URL: 'http://ch.test',
    })
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['clickhouse', 'temporal.db', 'temporal.db-wal']),
    )
    expect(readdirSync(folder)).not.toContain('postgres')
  })

  it('refuses a named database that is not said to be for development', async () => {
    const env = { COUNTERSIGN_DATA: folder, DATABASE_URL: 'postgres://owner@db.test/countersign' }
    await expect(resetStack(env)).rejects.toThrow('NODE_ENV=development')
    await expect(resetStack({ ...env, NODE_ENV: 'production' })).rejects.toThrow('NODE_ENV=development')
    expect(readdirSync(folder)).toContain('postgres')
  })
})

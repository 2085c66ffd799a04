import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ConfigError } from '#platform/process/config.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import { commands } from './commands.ts'

const folder = mkdtempSync(join(tmpdir(), 'cli-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the operator’s shell', () => {
  it('makes private key files that the processes accept, and leaves existing ones alone', async () => {
    const target = join(folder, 'keys')
    const said = await commands['keys']?.run([target], {})
    const [api = '', worker = ''] = said?.match(/\S+\.json/g) ?? []
    expect(statSync(api).mode & 0o077).toBe(0)
    expect(() => [loadKeys(api, 'api'), loadKeys(worker, 'worker')]).not.toThrow()
    const before = readFileSync(api, 'utf8')
    await commands['keys']?.run([target], {})
    expect(readFileSync(api, 'utf8')).toBe(before)
  })

  it('names what is missing before it touches anything', async () => {
    await expect(commands['migrate']?.run([], { NODE_ENV: 'development' })).rejects.toThrow(ConfigError)
    await expect(commands['keys']?.run([], {})).rejects.toThrow('Say where')
  })

  it('finds the demo stack for what the runbook does to an organisation there', () => {
    const logins = Object.entries(commands).map(([name, { demoLogin }]) => [name, demoLogin] as const)
    expect(logins.filter(([, login]) => login === 'owner').map(([name]) => name)).toEqual([
      'organisation',
      'staff',
      'sign-in-accounts',
      'api-client',
      'directory-sync',
    ])
    expect(logins.filter(([, login]) => login === 'api').map(([name]) => name)).toEqual([
      'calibrate',
      'audit',
      'recompute',
    ])
  })

  it('M5: refuses to migrate production with a weak password', async () => {
    const env = { DATABASE_URL: 'postgres://owner:pw@db.test/app', CLICKHOUSE_URL: 'https://c:pw@ch.test' }
    await expect(commands['migrate']?.run([], env)).rejects.toThrow(/which production refuses/)
  })
})

import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadKeys } from '#platform/crypto/keys.ts'
import { readSecret, weaknessOf } from '#platform/crypto/secrets.ts'
import { initCommand } from './init.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-init-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})
const init = (...args: string[]) => initCommand.run([...args, folder], {})
const secret = (name: string) => join(folder, 'secrets', name)
const files = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
const fillIn = () => {
  appendFileSync(
    join(folder, '.env'),
    'CONSOLE_HOST=a.test\nPORTAL_HOST=b.test\nOIDC_ISSUER=https://id.test\nMAIL_FROM=a@b.test\n',
  )
  for (const name of ['oidc-client-secret', 'smtp-url']) writeFileSync(secret(name), 'value')
  if (process.getuid?.() !== 0) return
  for (const file of files()) chownSync(file, 10_001, 10_001)
}

describe('init', () => {
  it('M5: writes passwords, addresses and keys that production takes, readable by their owner alone', async () => {
    const said = await init()
    expect(said).toContain('secrets/api-database-url')
    expect(said).toContain('CONSOLE_HOST is missing in .env: the host name of the console.')
    expect(said).toContain('secrets/smtp-url is empty')
    const url = new URL(readSecret({ DATABASE_URL_FILE: secret('api-database-url') }, 'DATABASE_URL') ?? '')
    expect([url.username, url.host]).toEqual(['countersign_api', 'postgres:5432'])
    expect(url.password).toBe(readFileSync(secret('api-database-password'), 'utf8'))
    expect(weaknessOf(url.password)).toBeUndefined()
    expect(loadKeys(secret('keys/worker.json'), 'worker').holder).toBe('worker')
    const open = files().filter((path) => !path.endsWith('.env') && (statSync(path).mode & 0o077) !== 0)
    expect(open).toEqual([])
  })

  it.runIf(process.getuid?.() === 0)('gives the secrets to the user of the containers', async () => {
    await init()
    const owners = new Map(files().map((path) => [path.slice(folder.length + 1), statSync(path).uid]))
    expect([owners.get('secrets/keys/api.json'), owners.get('secrets/smtp-url')]).toEqual([10_001, 10_001])
    expect(owners.get('.env')).toBe(statSync(folder).uid)
  })

  it('never writes over what is there, and puts back what is missing', async () => {
    await init()
    const before = new Map(files().map((path) => [path, readFileSync(path, 'utf8')]))
    expect(await init()).toContain('Everything was there.')
    rmSync(secret('clickhouse-url'))
    expect(await init()).toMatch(/^Written:\n {2}secrets\/clickhouse-url\n/)
    expect(new Map(files().map((path) => [path, readFileSync(path, 'utf8')]))).toEqual(before)
  })

  it('writes the secrets where SECRETS_DIR says', async () => {
    const elsewhere = join(folder, 'elsewhere')
    writeFileSync(join(folder, '.env'), `SECRETS_DIR=${elsewhere}\n`)
    await init()
    expect(readdirSync(elsewhere)).toContain('api-database-url')
  })

  it('makes no new password under an address that is there', async () => {
    await init()
    rmSync(secret('api-database-password'))
    expect(() => initCommand.run([folder], {})).toThrow(
      /api-database-password is missing while .*api-database-url exists/,
    )
  })

  it('says all that is missing before anything is started, and nothing once it is there', async () => {
    expect(() => initCommand.run(['check', folder], {})).toThrow(
      /\.env does not exist: write it with `npm run init`/,
    )
    await init()
    const check = () => initCommand.run(['check', folder], {})
    expect(check).toThrow(
      /PORTAL_HOST is missing[\s\S]*OIDC_ISSUER is missing[\s\S]*oidc-client-secret is empty/,
    )
    fillIn()
    if (process.getuid?.() === 0) expect(await check()).toBe('Everything that the containers need is there.')
    appendFileSync(join(folder, '.env'), 'TWILIO_ACCOUNT_SID=AC1\nJA4_HEADER=x-ja4\nPORTAL_HOST=a.test\n')
    expect(check).toThrow(
      /PORTAL_HOST in \.env must be another host[\s\S]*twilio-auth-token is empty[\s\S]*ja4-secret is empty/,
    )
  })

  it('says which secrets the processes could not read', async () => {
    await init()
    fillIn()
    chownSync(secret('smtp-url'), process.getuid?.() ?? 0, process.getgid?.() ?? 0)
    chmodSync(secret('smtp-url'), 0o600)
    expect(() => initCommand.run(['check', folder], {})).toThrow(
      /secrets belong to another user than 10001: sudo chown/,
    )
  })
})

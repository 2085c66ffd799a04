import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { weaknessOf } from '#platform/crypto/secrets.ts'
import { openIdentityKeys, openKeyFiles, openSecrets, refuseNewKeys } from './keys.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-keys-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

it('makes secrets once, all different, readable by their owner only (M5)', () => {
  const first = openSecrets(folder)
  expect(openSecrets(folder)).toEqual(first)
  expect(new Set(Object.values(first)).size).toBe(Object.keys(first).length)
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600)
})

it('keeps the key that signs ID tokens', () => {
  const [key] = openIdentityKeys(folder).jwks.keys
  expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256' })
  expect(openIdentityKeys(folder).jwks.keys[0]).toEqual(key)
  expect(statSync(join(folder, 'keys', 'identity-provider.json')).mode & 0o777).toBe(0o600)
})

it('names a damaged file and does not quote it', () => {
  writeFileSync(join(folder, 'secrets.json'), '{"databaseOwner":"half a sec')
  expect(() => openSecrets(folder)).toThrow(/secrets\.json is damaged/)
  expect(() => openSecrets(folder)).not.toThrow(/half/)
})

it('makes secrets that production refuses (M5)', () => {
  const { databaseApi, oidcClient, twilioAuthToken } = openSecrets(folder)
  for (const secret of [databaseApi, oidcClient, twilioAuthToken]) expect(weaknessOf(secret)).toBeDefined()
})

it('tells new key files from kept ones, and takes back new ones that open nothing', () => {
  const { files, areNew } = openKeyFiles(folder)
  expect(areNew).toBe(true)
  expect(openKeyFiles(folder)).toEqual({ files, areNew: false })
  expect(() => refuseNewKeys(files)).toThrow(`missing from ${join(folder, 'keys')}`)
  expect([files.api, files.worker].map((file) => existsSync(file))).toEqual([false, false])
})

import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKeyFiles, type KeyFiles } from './key-files.ts'
import { deriveKey, loadKeys } from './keys.ts'
import { openSealedText, seal, signGrant, verifyGrant } from './sealing.ts'

let folder: string
let files: KeyFiles
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-keys-'))
  files = createKeyFiles(join(folder, 'keys'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

type Json = Record<string, unknown>
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Json
const change = (file: string, edit: (keys: Json) => void) => {
  const keys = read(file)
  edit(keys)
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 })
}
const list = (keys: Json, name: string) => keys[name] as Json[]
const other = () => Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString('base64')

describe('createKeyFiles', () => {
  it('M5: only the owner can read them, and a second call keeps them', () => {
    for (const file of Object.values(files)) expect(statSync(file).mode & 0o777).toBe(0o600)
    const before = readFileSync(files.api, 'utf8')
    expect(createKeyFiles(join(folder, 'keys'))).toEqual(files)
    expect(readFileSync(files.api, 'utf8')).toBe(before)
  })

  it('G8, M3: the file of the API holds no private half', () => {
    expect(readFileSync(files.api, 'utf8')).not.toContain('privateKey')
    expect(readFileSync(files.worker, 'utf8')).toContain('privateKey')
  })

  it('makes no new keys beside half of the old', () => {
    rmSync(files.worker)
    expect(() => createKeyFiles(join(folder, 'keys'))).toThrow(/worker\.json is missing/)
  })
})

describe('loadKeys', () => {
  it('M5: refuses a file that everybody can read', () => {
    chmodSync(files.api, 0o644)
    expect(() => loadKeys(files.api, 'api')).toThrow(/every user/)
  })

  it('refuses the file of the other process', () => {
    expect(() => loadKeys(files.api, 'worker')).toThrow('names the key file of the API, not of the worker')
    expect(() => loadKeys(files.worker, 'api')).toThrow('names the key file of the worker, not of the API')
  })

  it.each<[string, (keys: Json) => void, RegExp]>([
    [
      'a short key',
      (keys) => (keys['lookup'] = Buffer.alloc(31, 'a1b2c3').toString('base64')),
      /lookup is shorter than 32 bytes/,
    ],
    [
      'an empty pattern',
      (keys) => (keys['decoy'] = Buffer.alloc(32).toString('base64')),
      /decoy repeats too few/,
    ],
    ['text that is no base64', (keys) => (keys['matchCode'] = 'canary!'), /matchCode must be base64/],
    ['a missing key', (keys) => delete keys['disclosure'], /disclosure is missing/],
    ['an unknown key', (keys) => (keys['extra'] = 'canary'), /do not belong there \(extra\)/],
    ['no data key', (keys) => (keys['data'] = []), /data needs at least one key/],
    [
      'two of one id',
      (keys) => list(keys, 'data').push({ id: 'd1', key: other() }),
      /data has the same id twice/,
    ],
    ['a bad id', (keys) => (list(keys, 'data')[0]!['id'] = 'Canary X'), /data\.0\.id must be/],
    [
      'a wrong kind of pair',
      (keys) => (keys['grant'] = keys['inputs']),
      /grant\.0\.publicKey is not a usable ed25519 key/,
    ],
    [
      'a broken pair',
      (keys) => (list(keys, 'inputs')[0]!['publicKey'] = 'Y2FuYXJ5'),
      /inputs\.0\.publicKey is not a usable x25519 key/,
    ],
    [
      'a private half',
      (keys) => (list(keys, 'grant')[0]!['privateKey'] = 'Y2FuYXJ5'),
      /do not belong there \(privateKey\)/,
    ],
  ])('M5: %s is named by its field, without its value', (_, edit, message) => {
    change(files.api, edit)
    const load = () => loadKeys(files.api, 'api')
    expect(load).toThrow(message)
    expect(load).not.toThrow(/canary|Y2FuYXJ5/i)
  })

  it('names a file that is not JSON', () => {
    writeFileSync(files.api, '{"canary"', { mode: 0o600 })
    expect(() => loadKeys(files.api, 'api')).toThrow(/^names a key file that is not JSON$/)
  })

  it('E4: a new first key writes, the old one still reads', () => {
    const place = { tenantId: 't', table: 'contacts', column: 'value_sealed', row: 'r' }
    const before = seal(loadKeys(files.api, 'api'), place, 'old')
    const grant = {
      ...{ id: 'g', tenantId: 't', verificationId: 'v', personId: 'p', directory: 'd', directoryId: 'u' },
      ...{ purpose: 'password_reset' as const, policyVersion: 1, approvers: ['a'], evidenceDigest: '' },
      sessionId: null,
      ...{ issuedAt: '2026-01-01T10:00:00Z', expiresAt: '2026-01-01T10:15:00Z', waited: null },
    }
    const signed = signGrant(loadKeys(files.worker, 'worker'), grant)
    for (const file of Object.values(files))
      change(file, (keys) => list(keys, 'data').unshift({ id: 'd2', key: other() }))
    const ring = loadKeys(files.worker, 'worker')
    expect(openSealedText(ring, place, before)).toBe('old')
    expect(seal(ring, place, 'new').subarray(2, 4).toString()).toBe('d2')
    expect(verifyGrant(ring, grant, signed)).toBe(true)
    for (const file of Object.values(files))
      change(file, (keys) => (keys['data'] = list(keys, 'data').slice(0, 1)))
    expect(() => openSealedText(loadKeys(files.api, 'api'), place, before)).toThrow(/not in the key file/)
  })
})

it('each tenant and use has its own derived key, the same in both processes', () => {
  const [api, worker] = [loadKeys(files.api, 'api'), loadKeys(files.worker, 'worker')]
  const key = deriveKey(api.lookup, 'lookup', 't1')
  expect(key.symmetricKeySize).toBe(32)
  expect(deriveKey(worker.lookup, 'lookup', 't1').equals(key)).toBe(true)
  expect(deriveKey(api.lookup, 'lookup', 't2').equals(key)).toBe(false)
  expect(deriveKey(api.lookup, 'data', 't1').equals(key)).toBe(false)
  expect(api.codec.keyFor('c1', 't1')).toEqual(worker.codec.keyFor('c1', 't1'))
  expect(api.codec.keyFor('c1', 't1')).not.toEqual(api.codec.keyFor('c1', 't2'))
  expect(api.codec.keyFor('gone', 't1')).toBeUndefined()
})

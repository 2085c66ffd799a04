import { generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SecretError } from './secrets.ts'

/** Where the key files of an install are. */
export type KeyFiles = { readonly api: string; readonly worker: string }

const secret = (): string => randomBytes(32).toString('base64')
/** A key as the files hold it. */
export const derOf = (key: KeyObject, type: 'spki' | 'pkcs8'): string =>
  key.export({ format: 'der', type: type as 'spki' }).toString('base64')

/** The two files of a folder. */
export const keyFilesIn = (folder: string): KeyFiles => ({
  api: join(folder, 'api.json'),
  worker: join(folder, 'worker.json'),
})

/** New random keys, as the two files hold them. */
function newKeys(): { api: object; worker: object } {
  const shared = {
    data: [{ id: 'd1', key: secret() }],
    codec: [{ id: 'c1', key: secret() }],
    lookup: secret(),
    matchCode: secret(),
    disclosure: secret(),
    decoy: secret(),
    pseudonym: secret(),
    tokens: [{ id: 't1', key: secret() }],
  }
  const grant = generateKeyPairSync('ed25519')
  const inputs = generateKeyPairSync('x25519')
  return {
    api: {
      version: 1,
      holder: 'api',
      ...shared,
      grant: [{ id: 'g1', publicKey: derOf(grant.publicKey, 'spki') }],
      inputs: [{ id: 'i1', publicKey: derOf(inputs.publicKey, 'spki') }],
    },
    worker: {
      version: 1,
      holder: 'worker',
      ...shared,
      grant: [{ id: 'g1', privateKey: derOf(grant.privateKey, 'pkcs8') }],
      inputs: [{ id: 'i1', privateKey: derOf(inputs.privateKey, 'pkcs8') }],
    },
  }
}

/**
 * Makes `api.json` and `worker.json` in a folder, readable by their owner alone, unless they are there.
 * @throws SecretError when only one is there: new keys would not open what the old ones sealed
 */
export function createKeyFiles(folder: string): KeyFiles {
  const files = keyFilesIn(folder)
  const missing = [files.api, files.worker].filter((file) => !existsSync(file))
  if (missing.length === 0) return files
  if (missing.length === 1)
    throw new SecretError(
      `${String(missing[0])} is missing while its twin exists: restore it, or remove both together with the data.`,
    )
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const keys = newKeys()
  for (const holder of ['api', 'worker'] as const) {
    writeFileSync(`${files[holder]}.partial`, `${JSON.stringify(keys[holder], null, 2)}\n`, { mode: 0o600 })
  }
  // Renamed only when both are whole.
  for (const holder of ['api', 'worker'] as const) renameSync(`${files[holder]}.partial`, files[holder])
  return files
}

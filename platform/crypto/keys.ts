/**
 * The keys of a process, read once from a private file (M5). Material stays inside Node's key objects,
 * which print and serialise as nothing. The API's file lacks the private halves: it can neither sign a grant nor open
 * what it sealed for the worker.
 */
import { createPrivateKey, createPublicKey, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { CodecKeys } from '../temporal/codec.ts'
import { readPrivateFile, SecretError } from './secrets.ts'

/** The process that holds the file. */
export type KeyHolder = 'api' | 'worker'

/** Keys of one use by id. The current one writes; all of them read. */
export type VersionedKeys<Key> = { readonly currentId: string; readonly byId: ReadonlyMap<string, Key> }

/** A pair of which the API holds only the public half. */
export type KeyPair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject | undefined }

/** Everything `sealing.ts` and `match-code.ts` work with. */
export type KeyRing = {
  readonly holder: KeyHolder
  /** Masters of the tenants' data keys. */
  readonly data: VersionedKeys<KeyObject>
  /** Blind indexes of contacts (E3). */
  readonly lookup: KeyObject
  /** Match codes are derived from it and never stored (C2). */
  readonly matchCode: KeyObject
  /** Digests of facts in the log of shown lists. */
  readonly disclosure: KeyObject
  /** Marks of tokens: which row each token opens. */
  readonly tokens: VersionedKeys<KeyObject>
  /** Order of the cells that decoys come from. */
  readonly decoy: KeyObject
  /** Pseudonyms of things that have no row of their own to keep a random one in. */
  readonly pseudonym: KeyObject
  /** Payloads on their way to Temporal. */
  readonly codec: CodecKeys
  /** Ed25519: grants (G8). */
  readonly grant: VersionedKeys<KeyPair>
  /** X25519: values sealed by the API for the worker (M3). */
  readonly inputs: VersionedKeys<KeyPair>
}

const shortestKey = 32
const id = z.string().regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 lower-case letters, digits and dashes')
const base64 = z.base64('must be base64').transform((text) => Buffer.from(text, 'base64'))
const secret = base64
  .refine((key) => key.length >= shortestKey, `is shorter than ${String(shortestKey)} bytes`)
  .refine((key) => new Set(key).size >= 16, 'repeats too few different bytes')
  .transform((key) => createSecretKey(key))

const half = (type: 'x25519' | 'ed25519', read: (der: Buffer) => KeyObject) =>
  base64.transform((der, context) => {
    try {
      const key = read(der)
      if (key.asymmetricKeyType === type) return key
    } catch {
      // Told below: why a key is not readable says something about the key.
    }
    context.addIssue({ code: 'custom', message: `is not a usable ${type} key` })
    return z.NEVER
  })
type Entry<Key> = { readonly id: string; readonly key: Key }

const publicHalf = (type: 'x25519' | 'ed25519') =>
  z
    .strictObject({
      id,
      publicKey: half(type, (key) => createPublicKey({ key, format: 'der', type: 'spki' })),
    })
    .transform(({ id, publicKey }): Entry<KeyPair> => ({ id, key: { publicKey, privateKey: undefined } }))
const bothHalves = (type: 'x25519' | 'ed25519') =>
  z
    .strictObject({
      id,
      privateKey: half(type, (key) => createPrivateKey({ key, format: 'der', type: 'pkcs8' })),
    })
    .transform(({ id, privateKey }): Entry<KeyPair> => ({
      id,
      key: { publicKey: createPublicKey(privateKey), privateKey },
    }))

/** A list whose first entry is the current one. */
const versioned = <Key>(entry: z.ZodType<Entry<Key>>) =>
  z
    .array(entry)
    .min(1, 'needs at least one key')
    .refine((list) => new Set(list.map(({ id }) => id)).size === list.length, 'has the same id twice')
    .transform((list): VersionedKeys<Key> => ({
      currentId: list[0]?.id ?? '',
      byId: new Map(list.map(({ id, key }) => [id, key])),
    }))
const secrets = versioned(z.strictObject({ id, key: secret }))

const fileOf = (holder: KeyHolder) => {
  const pairs = holder === 'worker' ? bothHalves : publicHalf
  return z.strictObject({
    version: z.literal(1),
    holder: z.literal(holder),
    data: secrets,
    codec: secrets,
    lookup: secret,
    matchCode: secret,
    disclosure: secret,
    decoy: secret,
    pseudonym: secret,
    tokens: secrets,
    grant: versioned(pairs('ed25519')),
    inputs: versioned(pairs('x25519')),
  })
}

/**
 * Reads a key file.
 * @throws SecretError naming the fields that are wrong, never what is in them
 */
export function loadKeys(path: string, holder: KeyHolder): KeyRing {
  const content = parseJson(readPrivateFile(path).toString('utf8'))
  const whose = holderOf(content)
  if (whose !== undefined && whose !== holder)
    throw new SecretError(`names the key file of the ${nameOf[whose]}, not of the ${nameOf[holder]}`)
  const parsed = fileOf(holder).safeParse(content)
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'it'} ${messageOf(issue)}`)
    throw new SecretError(`names no key file of the ${nameOf[holder]}: ${fields.join('; ')}`)
  }
  return { ...parsed.data, codec: codecKeys(parsed.data.codec) }
}

const nameOf: Readonly<Record<KeyHolder, string>> = { api: 'API', worker: 'worker' }

/** The process that the file says it belongs to, if it says so. */
const holderOf = (content: unknown): KeyHolder | undefined => {
  const parsed = z.object({ holder: z.enum(['api', 'worker']) }).safeParse(content)
  return parsed.success ? parsed.data.holder : undefined
}

/** zod's own sentences may quote input; only ours and the kind of the others are repeated. */
const messageOf = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys')
    return `has keys that do not belong there (${issue.keys.join(', ')})`
  if (issue.code === 'invalid_type') return 'is missing or has the wrong type'
  return issue.code === 'invalid_value' ? 'has a value that is not expected' : issue.message
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SecretError('names a key file that is not JSON')
  }
}

const codecKeys = (masters: VersionedKeys<KeyObject>): CodecKeys => ({
  currentId: masters.currentId,
  keyFor: (keyId, tenantId) => {
    const master = masters.byId.get(keyId)
    return master === undefined ? undefined : deriveKey(master, 'codec', tenantId).export()
  },
})

const derived = new WeakMap<KeyObject, Map<string, KeyObject>>()

/**
 * The 32-byte key of one use and tenant, by HKDF-SHA-256 (RFC 5869). Derived once per master, use and tenant.
 * A tenant's key opens nothing of another tenant, and no use opens another's.
 */
export function deriveKey(master: KeyObject, use: string, tenantId: string): KeyObject {
  const known = derived.get(master) ?? new Map<string, KeyObject>()
  derived.set(master, known)
  const name = `countersign/${use}/${tenantId}`
  const found = known.get(name)
  if (found !== undefined) return found
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', master, '', name, 32)))
  known.set(name, key)
  return key
}

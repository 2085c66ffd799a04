/** Secrets and keys of the development stack: made once, kept in private files, never used in production. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { createKeyFiles, type KeyFiles } from '#platform/crypto/key-files.ts'

const secret = z.string().min(20)

/** Passwords and tokens that the parts of the stack share. */
const Secrets = z.strictObject({
  /** Owner of the embedded database. */
  databaseOwner: secret,
  /** Login of the API's and the worker's database role. */
  databaseApi: secret,
  databaseWorker: secret,
  oidcClient: secret,
  /** Account of the SMS sink; the form is the provider's. */
  twilioAccountSid: z.string().regex(/^AC[0-9a-f]{32}$/),
  twilioAuthToken: secret,
})
export type Secrets = z.infer<typeof Secrets>

const EllipticJwk = z.looseObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  d: z.string(),
  kid: z.string(),
})
const IdentityKeys = z.strictObject({
  /** Signs the ID tokens; fixed, so that a restart does not make signed-in people strangers. */
  jwks: z.strictObject({ keys: z.array(EllipticJwk).min(1) }),
  cookieKeys: z.array(secret).min(1),
})
export type IdentityKeys = z.infer<typeof IdentityKeys>

/**
 * Reads `secrets.json`, making it on the first start.
 * @throws one sentence when the file is damaged
 */
export function openSecrets(dataFolder: string): Secrets {
  return openPrivateFile(join(dataFolder, 'secrets.json'), Secrets, () => ({
    databaseOwner: randomSecret(),
    databaseApi: randomSecret(),
    databaseWorker: randomSecret(),
    oidcClient: randomSecret(),
    twilioAccountSid: `AC${randomBytes(16).toString('hex')}`,
    twilioAuthToken: randomSecret(),
  }))
}

/**
 * Reads `keys/identity-provider.json`, making it on the first start.
 * @throws one sentence when the file is damaged
 */
export function openIdentityKeys(dataFolder: string): IdentityKeys {
  return openPrivateFile(join(dataFolder, 'keys', 'identity-provider.json'), IdentityKeys, createIdentityKeys)
}

/** The key files of API and worker, made on the first start. @returns them, and whether they were missing until now */
export function openKeyFiles(dataFolder: string): { files: KeyFiles; areNew: boolean } {
  const folder = join(dataFolder, 'keys')
  const areNew = !existsSync(join(folder, 'worker.json'))
  return { files: createKeyFiles(folder), areNew }
}

/**
 * Takes back new key files that cannot open what the database holds.
 * @throws always: one sentence that says what to do
 */
export function refuseNewKeys({ api, worker }: KeyFiles): never {
  for (const file of [api, worker]) rmSync(file)
  throw new Error(
    `The keys that belong to the database are missing from ${dirname(worker)}: restore them, or let \`npm run db:reset\` ` +
      'begin anew.',
  )
}

/** Fresh keys for an identity provider. */
export function createIdentityKeys(): IdentityKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = {
    ...privateKey.export({ format: 'jwk' }),
    use: 'sig',
    alg: 'ES256',
    kid: randomBytes(8).toString('hex'),
  }
  return { jwks: { keys: [EllipticJwk.parse(jwk)] }, cookieKeys: [randomSecret()] }
}

/** 32 random bytes as text that needs no quoting; the word in front makes production refuse it (M5). */
function randomSecret(): string {
  return `development-${randomBytes(32).toString('base64url')}`
}

function openPrivateFile<T>(file: string, schema: z.ZodType<T>, create: () => T): T {
  if (!existsSync(file)) writePrivateFile(file, `${JSON.stringify(create(), undefined, 2)}\n`)
  chmodSync(file, 0o600)
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // The reason could quote a secret.
    throw new Error(`${file} is damaged: restore it, or delete it together with the data it belongs to.`)
  }
}

/** Writes beside the target first, so that an interrupted start leaves a whole file or none. */
export function writePrivateFile(file: string, content: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o755 })
  const partial = `${file}.${String(process.pid)}`
  writeFileSync(partial, content, { mode: 0o600 })
  renameSync(partial, file)
}

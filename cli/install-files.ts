/**
 * The files that docker-compose.yml reads: `.env`, and a folder of secrets of which each process is given its own. What is
 * there is never written again.
 */
import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import type { Environment } from '#platform/process/config.ts'
import { createKeyFiles } from '#platform/crypto/key-files.ts'
import { CommandError } from './command.ts'

/** The user of every process of ours in its container. */
const processUser = 10_001

/** Addresses that hold a password, by the service that is asked. */
const addresses = {
  'owner-database-url': [
    'owner-database-password',
    'postgres://countersign_owner:PASSWORD@postgres:5432/countersign',
  ],
  'api-database-url': [
    'api-database-password',
    'postgres://countersign_api:PASSWORD@postgres:5432/countersign',
  ],
  'worker-database-url': [
    'worker-database-password',
    'postgres://countersign_worker:PASSWORD@postgres:5432/countersign',
  ],
  'clickhouse-url': ['clickhouse-password', 'http://countersign:PASSWORD@clickhouse:8123/countersign'],
} as const

/** Values that only the operator knows. */
const operatorFiles = {
  'oidc-client-secret': 'the secret of the client at your identity provider',
  'smtp-url': 'your mail relay, such as smtps://user:password@mail.example.org',
  'twilio-auth-token': 'the token of the Twilio account',
  'ja4-secret': 'the secret that your proxy sends',
} as const

/** Files that may stay empty unless this variable has a value. */
const onlyWith: Readonly<Record<string, string>> = {
  'twilio-auth-token': 'TWILIO_ACCOUNT_SID',
  'ja4-secret': 'JA4_HEADER',
}

const settings = `# Settings of docker-compose.yml. .env.example says what else may be set.

# Host names of the console and of the portal: two different ones, whose port 443 leads here.
CONSOLE_HOST=
PORTAL_HOST=
# Your identity provider, where staff sign in
OIDC_ISSUER=
OIDC_CLIENT_ID=countersign-console
# Sender of every mail
MAIL_FROM=
`

/** These variables must have a value in `.env`. */
const wanted = {
  CONSOLE_HOST: 'the host name of the console',
  PORTAL_HOST: 'the host name of the portal',
  OIDC_ISSUER: 'the address of your identity provider',
  OIDC_CLIENT_ID: 'the name of the client there',
  MAIL_FROM: 'the sender of every mail',
} as const

/** An install's folder, and what its `.env` says under the environment. */
const open = (folder: string, env: Environment) => {
  const file = join(folder, '.env')
  const values: Environment = {
    ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}),
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
  }
  return { file, values, secrets: resolve(folder, values['SECRETS_DIR'] || 'secrets') }
}

const writeOnce = (file: string, content: () => string, mode: number): readonly string[] => {
  if (existsSync(file)) return []
  writeFileSync(file, content(), { mode, flag: 'wx' })
  return [file]
}

/** A password and the address that holds it go together: neither is made anew under the other. */
const writeAddress = (secrets: string, name: keyof typeof addresses): readonly string[] => {
  const [passwordName, pattern] = addresses[name]
  const [address, password] = [join(secrets, name), join(secrets, passwordName)]
  if (existsSync(address) && !existsSync(password))
    throw new CommandError(
      `${password} is missing while ${address} exists: write the password of that address there.`,
    )
  return [
    ...writeOnce(password, newPassword, 0o400),
    ...writeOnce(address, () => pattern.replace('PASSWORD', readFileSync(password, 'utf8').trim()), 0o400),
  ]
}

const newPassword = (): string => randomBytes(32).toString('base64url')

/** Gives files to the processes, and `.env` to the owner of the folder. Only root can do either. */
const hand = (folder: string, settingsFile: string, written: readonly string[]): void => {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(folder)
  for (const file of written) {
    if (file === settingsFile) chownSync(file, uid, gid)
    else chownSync(file, processUser, processUser)
  }
}

/** Writes what is missing. @returns the files that were written */
export const writeInstallFiles = (folder: string, env: Environment): readonly string[] => {
  if (!existsSync(folder)) throw new CommandError(`${folder} does not exist.`)
  const { file, secrets } = open(folder, env)
  const hasKeys = existsSync(join(secrets, 'keys'))
  mkdirSync(secrets, { recursive: true, mode: 0o755 })
  const keys = Object.values(createKeyFiles(join(secrets, 'keys')))
  if (!hasKeys) for (const key of keys) chmodSync(key, 0o400)
  const written = [
    ...writeOnce(file, () => settings, 0o644),
    ...Object.keys(addresses).flatMap((name) => writeAddress(secrets, name as keyof typeof addresses)),
    ...writeOnce(join(secrets, 'temporal-database-password'), newPassword, 0o400),
    ...Object.keys(operatorFiles).flatMap((name) => writeOnce(join(secrets, name), () => '', 0o600)),
    ...(hasKeys ? [] : keys),
  ]
  hand(folder, file, written)
  return written.map((path) => relative(folder, path))
}

const isEmpty = (file: string): boolean => !existsSync(file) || statSync(file).size === 0

/** Lists what keeps the containers from starting, in one sentence each. */
export const missingInInstall = (folder: string, env: Environment): readonly string[] => {
  const { file, values, secrets } = open(folder, env)
  if (!existsSync(file)) return [`${file} does not exist: write it with \`npm run init\`.`]
  const named = (path: string): string => relative(folder, path)
  const names = [...Object.keys(addresses), ...Object.values(addresses).map(([password]) => password)]
  const own = [...names, 'temporal-database-password', 'keys/api.json', 'keys/worker.json']
  const isWanted = (name: string): boolean => {
    const variable = onlyWith[name]
    return variable === undefined || Boolean(values[variable])
  }
  return [
    ...Object.entries(wanted)
      .filter(([name]) => !values[name])
      .map(([name, what]) => `${name} is missing in .env: ${what}.`),
    ...(values['CONSOLE_HOST'] && values['CONSOLE_HOST'] === values['PORTAL_HOST']
      ? ['PORTAL_HOST in .env must be another host than CONSOLE_HOST.']
      : []),
    ...own
      .map((name) => join(secrets, name))
      .filter(isEmpty)
      .map((path) => `${named(path)} is missing: write it with \`npm run init\`, or restore it.`),
    ...Object.entries(operatorFiles)
      .filter(([name]) => isWanted(name) && isEmpty(join(secrets, name)))
      .map(([name, what]) => `${named(join(secrets, name))} is empty: write ${what} there, as root.`),
    ...ownership(secrets, named(secrets)),
  ]
}

/** In a container the processes are user 10001; an engine without root maps that to another number, never to its own. */
const ownership = (secrets: string, name: string): readonly string[] => {
  if (!existsSync(secrets)) return []
  const mine = [0, process.getuid?.() ?? 0].filter((uid) => uid !== processUser)
  const files = readdirSync(secrets, { recursive: true, encoding: 'utf8' }).map((file) =>
    statSync(join(secrets, file)),
  )
  const isWrong = files.some((file) => file.isFile() && mine.includes(file.uid))
  return isWrong
    ? [
        `Files in ${name} belong to another user than ${String(processUser)}: sudo chown -R 10001:10001 ${name}`,
      ]
    : []
}

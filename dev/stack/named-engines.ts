/** Looks at the parts that the environment names before they are used: what is missing is one sentence. */
import { connect } from 'node:net'
import pg from 'pg'
import { whyNoDatabase } from '#platform/database/connect.ts'

const ANSWER_MS = 5000

/**
 * Checks the database that `DATABASE_URL` names; changes nothing there.
 * @throws one sentence, without the password, naming what is missing
 */
export async function checkNamedDatabase(url: string): Promise<void> {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (!address || !/^postgres(ql)?:$/.test(address.protocol))
    throw new Error('DATABASE_URL must be an address that begins with postgres://.')
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_MS })
  // The server may end the connection at any time; what was asked then fails by itself.
  client.on('error', () => undefined)
  try {
    await client.connect().catch((error: unknown) => {
      throw new Error(whyNoDatabase(url, error), { cause: error })
    })
    const { rows } = await client.query<DatabaseFacts>(
      `select current_setting('server_version_num')::int as version, rolsuper as "isSuperuser",
         rolcreaterole and rolbypassrls and has_database_privilege(current_database(), 'create') as "isOwner"
       from pg_roles where rolname = current_user`,
    )
    const problem = rows[0] === undefined ? undefined : problemOfDatabase(address.host, rows[0])
    if (problem !== undefined) throw new Error(problem)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** A database's facts about itself and about the user of `DATABASE_URL`. */
export interface DatabaseFacts {
  /** As `server_version_num` has it: 150018 is 15.18. */
  version: number
  isSuperuser: boolean
  /** CREATEROLE, BYPASSRLS and CREATE in the database. */
  isOwner: boolean
}

/** Oldest version that the migrations were run on. */
const OLDEST_POSTGRES = 15
/** Before it only a superuser could make a role that sees past row security. */
const OWNER_SUFFICES = 16

/** One sentence on why a database cannot be used, or undefined. */
export function problemOfDatabase(
  host: string,
  { version, isSuperuser, isOwner }: DatabaseFacts,
): string | undefined {
  const major = Math.floor(version / 10_000)
  if (major < OLDEST_POSTGRES)
    return `The PostgreSQL at ${host} is version ${String(major)}: ${String(OLDEST_POSTGRES)} or newer is needed.`
  if (isSuperuser) return undefined
  if (major < OWNER_SUFFICES)
    return `DATABASE_URL must name a superuser, since the PostgreSQL at ${host} is version ${String(major)}, in which nobody else can make the roles.`
  return isOwner
    ? undefined
    : 'DATABASE_URL must name a superuser, or the owner of the database with CREATEROLE and BYPASSRLS.'
}

/**
 * Checks the store that `CLICKHOUSE_URL` names; changes nothing there.
 * @throws one sentence, without the password, naming what is missing
 */
export async function checkNamedClickHouse(url: string): Promise<void> {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (!address || !/^https?:$/.test(address.protocol))
    throw new Error('CLICKHOUSE_URL must be an address that begins with http:// or https://.')
  // Without user, password and database: this only checks if a server answers.
  if ((await askStore(address, '/ping', {}))?.text !== 'Ok.')
    throw new Error(`CLICKHOUSE_URL names ${address.host}, where no ClickHouse answers.`)
  const problem = await problemOfStore(address)
  if (problem !== undefined) throw new Error(problem)
}

/** One sentence on why a store that answers cannot be used, or undefined. */
async function problemOfStore(address: URL): Promise<string | undefined> {
  const { host, pathname } = address
  const database = pathname.slice(1)
  const asUser = (query: string) => askStore(address, `/?${query}`, credentialsOf(address))
  const version = await asUser('query=select%20version()')
  if (version?.isOk !== true)
    return `The ClickHouse at ${host} refuses the user or password of CLICKHOUSE_URL.`
  if (isOlder(version.text, OLDEST_CLICKHOUSE))
    return `The ClickHouse at ${host} is version ${version.text}: ${OLDEST_CLICKHOUSE.join('.')} or newer is needed.`
  const inside = database === '' ? version : await asUser(`database=${database}&query=select%201`)
  if (inside?.isOk === true) return undefined
  return `The ClickHouse at ${host} has no database ${database}: create it, or correct CLICKHOUSE_URL.`
}

async function askStore(
  address: URL,
  path: string,
  headers: Record<string, string>,
): Promise<{ isOk: boolean; text: string } | undefined> {
  const url = new URL(path, address.origin)
  return fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS) }).then(
    async (response) => ({ isOk: response.ok, text: (await response.text()).trim() }),
    () => undefined,
  )
}

const OLDEST_CLICKHOUSE = [25, 1, 5]

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {}
  return {
    'X-ClickHouse-User': decodeURIComponent(username),
    'X-ClickHouse-Key': decodeURIComponent(password),
  }
}

function isOlder(version: string, than: readonly number[]): boolean {
  const parts = version.split('.').map(Number)
  const differing = than.findIndex((least, index) => parts[index] !== least)
  return differing !== -1 && (parts[differing] ?? 0) < (than[differing] ?? 0)
}

const MAIL_PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 }

/**
 * Checks that something listens where `SMTP_URL` says; sends nothing.
 * @throws one sentence, without the password, naming what is missing
 */
export async function checkNamedMail(url: string): Promise<void> {
  const address = URL.canParse(url) ? new URL(url) : undefined
  const usualPort = MAIL_PORTS[address?.protocol ?? '']
  if (!address || usualPort === undefined)
    throw new Error('SMTP_URL must be an address that begins with smtp:// or smtps://.')
  const port = Number(address.port) || usualPort
  const host = address.hostname.replace(/^\[|\]$/g, '')
  await new Promise<void>((resolve, reject) => {
    const refuse = (): void => {
      socket.destroy()
      reject(new Error(`SMTP_URL names ${address.hostname}:${String(port)}, where no mail server answers.`))
    }
    const socket = connect({ host, port, timeout: ANSWER_MS }, () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', refuse).once('timeout', refuse)
  })
}

/**
 * Checks that the provider of sign-in which `OIDC_ISSUER` names publishes its metadata.
 * @throws one sentence naming what is missing
 */
export async function checkNamedSignIn(issuer: string): Promise<void> {
  if (!/^https?:$/.test(URL.canParse(issuer) ? new URL(issuer).protocol : ''))
    throw new Error('OIDC_ISSUER must be an address that begins with https://.')
  const about = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const isThere = await fetch(about, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    (answer) => answer.ok,
    () => false,
  )
  if (!isThere) throw new Error(`OIDC_ISSUER names ${issuer}, where no sign-in provider answers.`)
}

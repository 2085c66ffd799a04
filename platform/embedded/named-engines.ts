/** Looks at the parts that the environment names before they are used: what is missing is one sentence. */
import { connect } from 'node:net'
import pg from 'pg'

const ANSWER_MS = 5000

/** SQLSTATE of a refused login: wrong password, or no rule for this user. */
const REFUSED_LOGIN = ['28P01', '28000']
const NO_DATABASE = '3D000'

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
      throw new Error(whyNoDatabase(address, error), { cause: error })
    })
    const { rows } = await client.query<{ may: boolean }>(
      'select rolsuper or (rolcreaterole and rolbypassrls) as may from pg_roles where rolname = current_user',
    )
    if (rows[0]?.may === true) return
    throw new Error(
      'DATABASE_URL must name a superuser, or the owner of the database with CREATEROLE and BYPASSRLS.',
    )
  } finally {
    await client.end().catch(() => undefined)
  }
}

function whyNoDatabase({ host, pathname }: URL, error: unknown): string {
  const code = codeOf(error)
  if (code !== undefined && REFUSED_LOGIN.includes(code))
    return `The PostgreSQL at ${host} refuses the user or password of DATABASE_URL.`
  if (code === NO_DATABASE)
    return `The PostgreSQL at ${host} has no database ${pathname.slice(1)}: create it, or correct DATABASE_URL.`
  return `DATABASE_URL names ${host}, where no PostgreSQL answers${code === undefined ? '' : ` (${code})`}.`
}

/**
 * Checks the store that `CLICKHOUSE_URL` names; changes nothing there.
 * @throws one sentence, without the password, naming what is missing
 */
export async function checkNamedClickHouse(url: string): Promise<void> {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (!address || !/^https?:$/.test(address.protocol))
    throw new Error('CLICKHOUSE_URL must be an address that begins with http:// or https://.')
  // Without user, password and database: only whether somebody is there.
  const ping = new URL('/ping', address.origin)
  const answer = await fetch(ping, { signal: AbortSignal.timeout(ANSWER_MS) }).then(
    (response) => response.text(),
    () => undefined,
  )
  if (answer?.trim() !== 'Ok.')
    throw new Error(`CLICKHOUSE_URL names ${address.host}, where no ClickHouse answers.`)
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
 * Checks that the provider of sign-in which `OIDC_ISSUER` names tells about itself.
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

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

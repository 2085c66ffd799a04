import type { Variables } from './config-variables.ts'
import { weaknessOf } from '../crypto/secrets.ts'

/** One thing that is wrong with one variable; the sentence never contains the value. */
export interface ConfigProblem {
  readonly variable: string
  readonly problem: string
}

type Found = Partial<Variables>

/** A machine that can only be this one. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/**
 * A host inside a private network: this machine, or a name without dots, which only a container network resolves.
 * Traffic to any other host has to be encrypted.
 */
function isPrivateHost(host: string): boolean {
  return isLoopback(host) || !host.includes('.')
}

function mustBeHttps(found: Found): ConfigProblem[] {
  const seenByPeople = ['CONSOLE_URL', 'PORTAL_URL', 'OIDC_ISSUER'] as const
  return seenByPeople
    .filter((variable) => found[variable] !== undefined && !found[variable].startsWith('https:'))
    .map((variable) => ({ variable, problem: 'must be https in production' }))
}

function mustBeStrong(found: Found): ConfigProblem[] {
  const passwords = (['DATABASE_URL', 'CLICKHOUSE_URL'] as const).flatMap((variable) => {
    const address = found[variable]
    return address === undefined ? [] : [[variable, decodeURIComponent(new URL(address).password)] as const]
  })
  const secrets = (['OIDC_CLIENT_SECRET', 'TWILIO_AUTH_TOKEN'] as const).flatMap((variable) => {
    const secret = found[variable]
    return secret === undefined ? [] : [[variable, secret] as const]
  })
  return [...passwords, ...secrets].flatMap(([variable, secret]) => {
    const weakness = secret === '' ? 'has no password' : weaknessOf(secret)
    return weakness === undefined ? [] : [{ variable, problem: `${weakness}, which production refuses` }]
  })
}

/** Where the driver connects to, by its own rules: a parameter wins, and a folder is a socket of this machine. */
function databaseHost({ hostname, searchParams }: URL): string {
  return searchParams.get('host') ?? decodeURIComponent(hostname)
}

/** TLS with a checked certificate; the names of other modes that the driver checks in were replaced when it was read. */
function isVerifiedTls({ searchParams }: URL): boolean {
  const mode = searchParams.get('sslmode')
  return mode === null ? ['true', '1'].includes(searchParams.get('ssl') ?? '') : mode === 'verify-full'
}

function databaseIsEncrypted({ DATABASE_URL: address, DATABASE_ALLOW_PLAINTEXT: allowed = [] }: Found) {
  if (address === undefined) return []
  const url = new URL(address)
  const host = databaseHost(url)
  if (host.startsWith('/') || isLoopback(host) || isVerifiedTls(url) || allowed.includes(host)) return []
  const problem = 'must ask for TLS (?sslmode=verify-full), or DATABASE_ALLOW_PLAINTEXT must name its host'
  return [{ variable: 'DATABASE_URL', problem }]
}

function mustBeEncrypted(found: Found): ConfigProblem[] {
  const problems: ConfigProblem[] = databaseIsEncrypted(found)
  if (found.CLICKHOUSE_URL !== undefined) {
    const { protocol, hostname } = new URL(found.CLICKHOUSE_URL)
    if (protocol === 'http:' && !isPrivateHost(hostname))
      problems.push({ variable: 'CLICKHOUSE_URL', problem: 'must be https outside a private network' })
  }
  if (found.SMTP_URL !== undefined) {
    const { protocol, hostname, searchParams } = new URL(found.SMTP_URL)
    const encrypted = protocol === 'smtps:' || searchParams.get('requireTLS') === 'true'
    if (!encrypted && !isPrivateHost(hostname))
      problems.push({ variable: 'SMTP_URL', problem: 'must be smtps, or carry requireTLS=true' })
  }
  return problems
}

/** Parts of the development stack that production refuses to be pointed at. */
function mustNotBeEmbedded(found: Found): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  if (found.TWILIO_API_URL !== undefined)
    problems.push({
      variable: 'TWILIO_API_URL',
      problem: 'redirects messages to a test double, which production refuses',
    })
  if (found.OIDC_ALLOW_HTTP === true)
    problems.push({ variable: 'OIDC_ALLOW_HTTP', problem: 'weakens sign-in, which production refuses' })
  if (found.KEY_FILE?.split(/[\\/]/).includes('.data') === true)
    problems.push({
      variable: 'KEY_FILE',
      problem: 'names a key of the development stack, which production refuses',
    })
  return problems
}

/** These rules hold in production only: encrypted addresses, real secrets, no part of the development stack (M5). */
export function productionProblems(found: Found): ConfigProblem[] {
  return [
    ...mustBeHttps(found),
    ...mustBeStrong(found),
    ...mustBeEncrypted(found),
    ...mustNotBeEmbedded(found),
  ]
}

function twilioIsWhole(found: Found): ConfigProblem[] {
  const twilio = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'] as const
  const [given] = twilio.filter((name) => found[name] !== undefined)
  if (given === undefined) return []
  return twilio
    .filter((name) => found[name] === undefined)
    .map((variable) => ({ variable, problem: `is missing, although ${given} is given` }))
}

function ja4IsWhole({ JA4_HEADER: header, JA4_SECRET: secret }: Found): ConfigProblem[] {
  if ((header === undefined) === (secret === undefined)) return []
  const [missing, given] =
    header === undefined ? (['JA4_HEADER', 'JA4_SECRET'] as const) : (['JA4_SECRET', 'JA4_HEADER'] as const)
  return [{ variable: missing, problem: `is missing, although ${given} is given` }]
}

/** Cookies ignore ports, so two ports of one host would share them (F10). */
function surfacesAreApart({ CONSOLE_URL: console, PORTAL_URL: portal }: Found): ConfigProblem[] {
  if (console === undefined || portal === undefined) return []
  if (new URL(console).hostname !== new URL(portal).hostname) return []
  return [
    { variable: 'PORTAL_URL', problem: 'must be on another host than CONSOLE_URL, not only another port' },
  ]
}

function issuerIsSafe({ OIDC_ISSUER: issuer, OIDC_ALLOW_HTTP: allowed }: Found): ConfigProblem[] {
  if (issuer?.startsWith('http:') !== true) return []
  if (allowed === true && isLoopback(new URL(issuer).hostname)) return []
  const problem = 'must be https (a loopback issuer may be http where OIDC_ALLOW_HTTP=true)'
  return [{ variable: 'OIDC_ISSUER', problem }]
}

/** These rules hold everywhere, between two variables. */
export function crossProblems(found: Found): ConfigProblem[] {
  return [...twilioIsWhole(found), ...ja4IsWhole(found), ...surfacesAreApart(found), ...issuerIsSafe(found)]
}

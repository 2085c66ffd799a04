/** The values that the stack hands to the processes: what the environment names wins over what was started here. */
import { join } from 'node:path'
import type { KeyFiles } from '#platform/crypto/key-files.ts'
import type { DatabaseLogins } from './engines/database-logins.ts'
import type { Engines, Environment } from './engines.ts'
import type { Secrets } from './keys.ts'
import type { Ports } from './ports.ts'

/** From the ranges kept for fiction: nobody is ever called or written to. */
const DEMO_NUMBER = '+441632960000'
const DEMO_SENDER = 'Help desk <helpdesk@countersign.example>'
const DEMO_BOUNCES = 'bounces.countersign.example'
const OIDC_CLIENT_ID = 'countersign-console'

export interface StackParts {
  env: Environment
  root: string
  ports: Ports
  secrets: Secrets
  engines: Pick<Engines, 'temporalAddress' | 'temporalNamespace' | 'temporalUi' | 'clickhouseUrl'>
  logins: DatabaseLogins
  keyFiles: KeyFiles
  networkData: string
  /** A directory that was started here adds these. */
  directoryEnv?: Environment
  /** The push server that was started here adds these. */
  pushEnv?: Environment
}

/** Which of the small parts the environment names, so that they are not started. */
export function namedParts(env: Environment): {
  mail: boolean
  sms: boolean
  signIn: boolean
  push: boolean
} {
  return {
    mail: Boolean(env['SMTP_URL']),
    sms: Boolean(env['TWILIO_ACCOUNT_SID']),
    signIn: Boolean(env['OIDC_ISSUER']),
    push: Boolean(env['PUSH_SERVICES']),
  }
}

/**
 * Where people and programs find the surfaces; console and portal are on different hosts (F10), and both are
 * names, since no browser makes a passkey for an address. Browsers resolve names under `localhost` by themselves.
 */
export function addressesOf(
  env: Environment,
  ports: Ports,
): { console: string; portal: string; issuer: string } {
  return {
    console: env['CONSOLE_URL'] || `http://localhost:${String(ports.console)}`,
    portal: env['PORTAL_URL'] || `http://portal.localhost:${String(ports.portal)}`,
    issuer: env['OIDC_ISSUER'] || `http://127.0.0.1:${String(ports.identityProvider)}`,
  }
}

/** The demo's own identity provider knows the console by this client, and the portal's page for people who vouch. */
export function oidcClientOf(consoleUrl: string, portalUrl: string, secrets: Pick<Secrets, 'oidcClient'>) {
  const employeeRedirectUris = ['approver', 'participant'].map((who) => `${portalUrl}/auth/${who}/callback`)
  return {
    id: OIDC_CLIENT_ID,
    secret: secrets.oidcClient,
    redirectUris: [`${consoleUrl}/auth/callback`, ...employeeRedirectUris],
    employeeRedirectUris,
    postLogoutRedirectUris: [`${consoleUrl}/`],
    backChannelLogoutUri: `${consoleUrl}/auth/back-channel-logout`,
  }
}

/** All variables for one of the processes. */
export function environmentFor(kind: 'api' | 'worker', parts: StackParts): Environment {
  const { env, ports, engines, logins, keyFiles, root } = parts
  const addresses = addressesOf(env, ports)
  return {
    LOG_LEVEL: 'info',
    HOST: '127.0.0.1',
    MAIL_FROM: DEMO_SENDER,
    CONSOLE_PORT: String(ports.console),
    PORTAL_PORT: String(ports.portal),
    DATA_DIR: parts.networkData,
    STATIC_DIR: join(root, 'dist'),
    WORKFLOW_BUNDLE: join(root, 'dist', 'server', 'workflows.js'),
    ...(engines.temporalUi === undefined ? {} : { TEMPORAL_UI_URL: engines.temporalUi }),
    ...smallParts(parts),
    ...parts.directoryEnv,
    ...parts.pushEnv,
    ...withoutEmpty(env),
    // From here on nothing of the caller's: each process has its own role, its own keys, and runs as development.
    NODE_ENV: 'development',
    DATABASE_URL: logins[kind],
    KEY_FILE: keyFiles[kind],
    TEMPORAL_ADDRESS: engines.temporalAddress,
    TEMPORAL_NAMESPACE: engines.temporalNamespace,
    CLICKHOUSE_URL: engines.clickhouseUrl,
    CONSOLE_URL: addresses.console,
    PORTAL_URL: addresses.portal,
  }
}

function smallParts({ env, ports, secrets }: StackParts): Environment {
  const named = namedParts(env)
  const mail = {
    SMTP_URL: `smtp://127.0.0.1:${String(ports.smtp)}?ignoreTLS=true`,
    BOUNCE_DOMAIN: DEMO_BOUNCES,
    BOUNCE_PORT: String(ports.bounces),
  }
  const sms = {
    TWILIO_ACCOUNT_SID: secrets.twilioAccountSid,
    TWILIO_AUTH_TOKEN: secrets.twilioAuthToken,
    TWILIO_FROM: DEMO_NUMBER,
    TWILIO_API_URL: `http://127.0.0.1:${String(ports.twilio)}`,
  }
  const signIn = {
    OIDC_ISSUER: addressesOf(env, ports).issuer,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET: secrets.oidcClient,
    OIDC_ALLOW_HTTP: 'true',
  }
  return { ...(named.mail ? {} : mail), ...(named.sms ? {} : sms), ...(named.signIn ? {} : signIn) }
}

/** `NAME=` counts as not given. */
function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
}

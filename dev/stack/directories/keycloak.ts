/** A real Keycloak on any free port, with a realm and the service account that Countersign needs. */
import { mkdirSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { setTimeout as rest } from 'node:timers/promises'
import { pickFreePort } from '../ports.ts'
import { makeCertificates } from './certificates.ts'
import { ended, startServer } from './child.ts'
import { createKeycloakAdmin, type KeycloakAdmin } from './keycloak-admin.ts'
import { openKeycloakHome } from './keycloak-home.ts'
import { makeRealm, realmNames } from './keycloak-realm.ts'

/** A running Keycloak. */
export type Keycloak = {
  readonly url: string
  readonly port: number
  readonly caFile: string
  readonly serviceSecret: string
  /** True if this start made the realm, and it is empty. */
  readonly isNew: boolean
  readonly admin: KeycloakAdmin
  stop(): Promise<void>
}

/** The options of the start. */
export type KeycloakOptions = {
  /** Certificates, log and, where it is kept, the database. */
  readonly folder: string
  readonly cache: string
  /** True if the data are there at the next start. */
  readonly isKept: boolean
  readonly port?: number
}

/** Ten seconds on an idle machine, when its distribution is ready; minutes beside other work on slow cores. */
const withinMs = 300_000
const passwords = { admin: 'Adm1n-Passw0rd-demo', service: 'Svc-Passw0rd-demo-1' }

/** Starts Keycloak in a folder of its own. @throws when it does not start */
export const startKeycloak = async (options: KeycloakOptions): Promise<Keycloak> => {
  const { folder, cache, isKept } = options
  const home = await openKeycloakHome(cache)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const [port, management] = [options.port ?? (await pickFreePort()), await pickFreePort()]
  const tls = makeCertificates(join(folder, 'tls'), ['localhost'])
  const log = join(folder, 'keycloak.log')
  const place = isKept ? `file:${join(folder, 'database')}` : `mem:keycloak;DB_CLOSE_DELAY=-1`
  const child = startServer([
    ...['env', 'JAVA_OPTS_KC_HEAP=-Xms64m -Xmx512m -XX:TieredStopAtLevel=1'],
    ...['KC_BOOTSTRAP_ADMIN_USERNAME=admin', `KC_BOOTSTRAP_ADMIN_PASSWORD=${passwords.admin}`],
    ...['bash', join(home, 'bin/kc.sh'), 'start', '--optimized', '--cache=local'],
    ...[`--db-url=jdbc:h2:${place};NON_KEYWORDS=VALUE`, '--log=file', `--log-file=${log}`],
    ...['--http-host=127.0.0.1', `--https-port=${port}`, `--http-management-port=${management}`],
    ...[`--https-certificate-file=${tls.cert}`, `--https-certificate-key-file=${tls.key}`],
    `--hostname=https://localhost:${port}`,
  ])
  const until = Date.now() + withinMs
  while (!(await isReady(management, tls.ca))) {
    if (child.exitCode !== null) throw new Error(`Keycloak ended with ${child.exitCode}: see ${log}`)
    if (Date.now() > until) {
      await ended(child)
      throw new Error(`Keycloak did not start: see ${log}`)
    }
    await rest(200)
  }
  const url = `https://localhost:${port}`
  const admin = createKeycloakAdmin(url, tls.ca, passwords.admin, realmNames.realm)
  const isNew = (await admin.ask('GET', '')).status === 404
  if (isNew) await makeRealm(createKeycloakAdmin(url, tls.ca, passwords.admin, ''), admin, passwords.service)
  return {
    url,
    port,
    caFile: tls.ca,
    serviceSecret: passwords.service,
    isNew,
    admin,
    stop: () => ended(child),
  }
}

/** True if it says itself that it is ready; the port is open long before. */
const isReady = (port: number, ca: string): Promise<boolean> =>
  new Promise((resolve) => {
    const options = { ca: readFileSync(ca), agent: false as const, timeout: 2_000 }
    const asked = request(`https://localhost:${port}/health/ready`, options, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    asked.once('timeout', () => asked.destroy())
    asked.once('error', () => {
      resolve(false)
    })
    asked.end()
  })

/** A stand-in for an organisation's push server, with a page that plays the phones of its people. On loopback. */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { writePrivateFile } from '../keys.ts'
import { closeServer, listenOnLoopback } from '../loopback-http.ts'
import { createPhoneServer } from './phone-web.ts'
import { startPushServer, type RunningPushServer } from './push-server.ts'
import { createPushStore, type Realm } from './push-store.ts'

/** The organisation whose server asks for a number; the phones of the others show the text alone. */
const numberedTenant = 'lab'
const serviceUser = 'countersign'

/** Somebody of a demo organisation whose account has a phone. */
export interface AuthenticatorOwner {
  readonly organisation: string
  readonly login: string
  readonly name: string
}

export interface AuthenticatorOptions {
  /** Where the product finds the server; by TLS. */
  pushPort: number
  /** Where a browser finds the phones. */
  phonePort: number
  /** The stack's data folder; the operator's file and what it names are written below it. */
  dataFolder: string
  owners: readonly AuthenticatorOwner[]
}

export interface RunningAuthenticator {
  /** Value for `PUSH_SERVICES`. */
  servicesFile: string
  stop(): Promise<void>
}

/** Starts both servers, and writes the operator's file as docs/pushes.md describes it. Phones and pushes live in memory. */
export async function startAuthenticator(options: AuthenticatorOptions): Promise<RunningAuthenticator> {
  const { pushPort, phonePort, owners } = options
  const organisations = [...new Set(owners.map(({ organisation }) => organisation))]
  const store = createPushStore(organisations.map(realmOf))
  for (const { organisation, login, name } of owners) store.enrol(organisation, login, name)
  const password = randomBytes(24).toString('base64url')
  const server = await startPushServer(store, { user: serviceUser, password }, pushPort)
  const phones = createPhoneServer(store)
  await listenOnLoopback(phones, phonePort)
  return {
    servicesFile: writeServices(options, organisations, password, server),
    stop: async () => {
      await Promise.all([server.stop(), closeServer(phones)])
    },
  }
}

/** Every login of a demo organisation is an account there; most have no phone. */
const realmOf = (organisation: string): Realm => ({
  name: organisation,
  isAccount: () => true,
  wantsNumber: organisation === numberedTenant,
})

function writeServices(
  { dataFolder }: AuthenticatorOptions,
  organisations: readonly string[],
  password: string,
  { url, certificate }: RunningPushServer,
): string {
  const folder = join(dataFolder, 'authenticator')
  const [caFile, passwordFile, servicesFile] = ['ca.pem', 'password', 'services.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string]
  const shared = { kind: 'privacyidea', url, caFile, user: serviceUser, passwordFile }
  const services = organisations.map((tenant) => ({ tenant, ...shared, realm: tenant }))
  writePrivateFile(caFile, certificate)
  writePrivateFile(passwordFile, `${password}\n`)
  writePrivateFile(servicesFile, `${JSON.stringify({ services }, null, 2)}\n`)
  return servicesFile
}

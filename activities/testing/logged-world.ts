/** A directory with a log, in which one person signs in on the stroke of each hour. */
import { ip } from '#domain/risk/testing/facts.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import type { NamedDirectory } from '../directory/configuration.ts'
import { completeDirectory } from '../directory/complete.ts'
import { keycloakOptions } from '../directory/keycloak/options.ts'
import type { DirectorySignIn, GuardedDirectory } from '../directory/port.ts'

const hourMs = 3_600_000

/** The dependencies of scheduled work over that directory. `isRead` is called when half of a span was read. */
export const loggedWorld = (tenantId: string, directoryId: string, isRead: () => void) => {
  const directory = completeDirectory({
    canForceChange: false,
    find: () => Promise.resolve(null),
    setPassword: () => Promise.resolve({ kind: 'not_written' }),
    readBack: () => Promise.resolve({ kind: 'unknown', version: null }),
    signIns: async function* ({ from, until }) {
      const all: DirectorySignIn[] = []
      for (let at = Math.ceil(from.getTime() / hourMs) * hourMs; at < until.getTime(); at += hourMs)
        all.push({ directoryId, at: new Date(at).toISOString(), address: '86.128.0.1' })
      yield await Promise.resolve(all.slice(0, 3))
      isRead()
      yield all.slice(3)
    },
  })
  const options = keycloakOptions.parse({
    kind: 'keycloak',
    tenant: 'corp',
    name: 'corp',
    url: 'https://localhost:1',
    realm: 'corp',
    clientId: 'x',
    clientSecretFile: '/nowhere',
    signInLog: true,
  })
  return {
    directories: [{ tenantId, options }] satisfies readonly NamedDirectory[],
    // Nothing here writes to it.
    openDirectory: () => directory as unknown as GuardedDirectory,
    factTools: {
      ...createFactTools(null),
      lookUp: (address: string) => ip({ address, asn: 2856, country: 'GB' }),
    },
  }
}

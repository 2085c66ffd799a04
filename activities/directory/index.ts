import { ApplicationFailure } from '@temporalio/common'
import type { Db } from '#platform/database/connect.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { createActiveDirectory } from './ldap/ad-adapter.ts'
import { createBuiltin } from './builtin.ts'
import type { DirectoryOptions, NamedDirectory } from './configuration.ts'
import { createEntra } from './entra/adapter.ts'
import { guard } from './guarded.ts'
import { createKeycloak } from './keycloak/adapter.ts'
import { createLdap } from './ldap/adapter.ts'
import { createOkta } from './okta/adapter.ts'
import type { BreakerState } from './breaker.ts'
import type { Directory, OpenDirectory } from './port.ts'
import { withLimits } from './limits.ts'

export { loadDirectories } from './configuration.ts'

/** One line for each kind. */
const adapters: {
  readonly [K in DirectoryOptions['kind']]: (options: Extract<DirectoryOptions, { kind: K }>) => Directory
} = {
  active_directory: createActiveDirectory,
  entra: createEntra,
  keycloak: createKeycloak,
  ldap: createLdap,
  okta: createOkta,
}

const adapterOf = <K extends DirectoryOptions['kind']>(
  options: Extract<DirectoryOptions, { kind: K }>,
): Directory => adapters[options.kind](options)

/** The state of a directory, as the breaker has it: a silent one is not asked (breaker.ts). */
export type DirectoryState = { readonly tenant: string; readonly name: string; readonly state: BreakerState }

/** Opens directories, always guarded and within their limits: adapters are reachable through here and nowhere else. */
export const openDirectories = (
  db: Db,
  keys: KeyRing,
  named: readonly NamedDirectory[],
): { readonly openDirectory: OpenDirectory; readonly states: () => readonly DirectoryState[] } => {
  const placeOf = (tenantId: string, name: string): string => `${tenantId}/${name}`
  const opened = new Map(
    named.map(({ tenantId, options }) => [placeOf(tenantId, options.name), withLimits(adapterOf(options))]),
  )
  return {
    openDirectory: (tenantId, name) => {
      const directory =
        name === 'builtin' ? createBuiltin(db, tenantId) : opened.get(placeOf(tenantId, name))?.directory
      if (directory === undefined)
        throw ApplicationFailure.nonRetryable(`there is no directory named ${name}`, 'directory')
      return guard({ db, keys, tenantId, name }, directory)
    },
    states: () =>
      named.map(({ tenantId, options: { tenant, name } }) => ({
        tenant,
        name,
        state: opened.get(placeOf(tenantId, name))?.state() ?? 'closed',
      })),
  }
}

/** Opens directories, where nobody asks how they are. */
export const createOpenDirectory = (
  db: Db,
  keys: KeyRing,
  named: readonly NamedDirectory[] = [],
): OpenDirectory => openDirectories(db, keys, named).openDirectory

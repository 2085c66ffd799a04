import { ApplicationFailure } from '@temporalio/common'
import type { Db } from '#platform/server/db/connect.ts'
import type { KeyRing } from '#platform/server/keys.ts'
import { createActiveDirectory } from './active-directory.ts'
import { createBuiltin } from './builtin.ts'
import type { DirectoryOptions, NamedDirectory } from './configuration.ts'
import { createEntra } from './entra.ts'
import { guard } from './guarded.ts'
import { createKeycloak } from './keycloak.ts'
import { createLdap } from './ldap.ts'
import { createOkta } from './okta.ts'
import type { Directory, OpenDirectory } from './port.ts'

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

/** Opens directories, always guarded: adapters are reachable through here and nowhere else. */
export const createOpenDirectory = (
  db: Db,
  keys: KeyRing,
  named: readonly NamedDirectory[] = [],
): OpenDirectory => {
  const placeOf = (tenantId: string, name: string): string => `${tenantId}/${name}`
  const opened = new Map(
    named.map(({ tenantId, options }) => [placeOf(tenantId, options.name), adapterOf(options)]),
  )
  return (tenantId, name) => {
    const directory = name === 'builtin' ? createBuiltin(db, tenantId) : opened.get(placeOf(tenantId, name))
    if (directory === undefined)
      throw ApplicationFailure.nonRetryable(`there is no directory named ${name}`, 'directory')
    return guard({ db, keys, tenantId, name }, directory)
  }
}

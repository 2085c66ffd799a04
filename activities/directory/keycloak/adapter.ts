/** A realm of Keycloak by its Admin REST API, under a service account that may manage people and nothing else. */
import { completeDirectory } from '../complete.ts'
import { resetMfa } from './factors.ts'
import { clearLockout, endSessions, lockAccount, stateOf, unlock } from './locks.ts'
import type { KeycloakOptions } from './options.ts'
import { changedAtOf, credentialsOf, personOf, accountOf, versionOf } from './people.ts'
import { checkSelf, privilegeOf } from './privilege.ts'
import { search } from './search.ts'
import { createKeycloakApi } from './session.ts'
import { signIns } from './sign-ins.ts'
import { createSync } from './sync.ts'
import { readBack, setPassword } from './write.ts'
import type { Directory, SignInSpan, Write } from '../port.ts'

/** Opens a directory. */
export const createKeycloak = (options: KeycloakOptions): Directory => {
  const api = createKeycloakApi(options)
  return completeDirectory({
    canForceChange: true,
    find: async (id) => {
      const user = await accountOf(api, options, id)
      if (user === null) return null
      const version = versionOf(await credentialsOf(api, user.id))
      return { directoryId: user.id, version, state: await stateOf(api, options, user) }
    },
    setPassword: (write, password, how) => setPassword(api, options, write, password, how),
    readBack: (sent) => readBack(api, options, sent),
    unlock: (write) => unlock(api, options, write),
    ...(options.lockGroup === undefined
      ? {}
      : { lockAccount: (write: Write) => lockAccount(api, options, write) }),
    clearLockout: (id) => clearLockout(api, options, id),
    endSessions: (id) => endSessions(api, options, id),
    resetMfa: (write) => resetMfa(api, options, write),
    search: (text, limit, signal) => search(api, options, text, limit, signal),
    refresh: async (id, signal) => {
      const user = await accountOf(api, options, id, signal)
      if (user === null) return null
      const version = versionOf(await credentialsOf(api, user.id, signal))
      const state = await stateOf(api, options, user, signal)
      return { ...personOf(user, options, state), passwordChangedAt: changedAtOf(version) }
    },
    sync: createSync(api, options),
    ...(options.signInLog ? { signIns: (span: SignInSpan) => signIns(api, span) } : {}),
    privilegeOf: (id) => privilegeOf(api, options, id),
    checkSelf: () => checkSelf(api, options),
  })
}

/** A tenant of Microsoft Entra ID by Microsoft Graph, under delegated rights of an account with a role over chosen units. */
import { completeDirectory } from '../complete.ts'
import { resetMfa } from './factors.ts'
import { search, sync } from './lists.ts'
import type { EntraOptions } from './options.ts'
import { personOf, stateOf, accountOf, versionOf } from './people.ts'
import { checkSelf, privilegeOf } from './rights.ts'
import { createEntraApi, logScopes } from './session.ts'
import { signIns } from './sign-ins.ts'
import { createResets, endSessions } from './write.ts'
import type { Directory, SignInSpan } from '../port.ts'

/**
 * Opens a directory. A lockout is neither told nor lifted by Graph, and a lock under a report would be to disable the account,
 * a right that ours does not need otherwise: neither is offered. Entra has everybody change a password that was set for them.
 */
export const createEntra = (options: EntraOptions): Directory => {
  const api = createEntraApi(options)
  const log = createEntraApi(options, logScopes)
  const readLog = options.signInLog ? (span: SignInSpan) => signIns(log, span) : null
  const { setPassword, readBack } = createResets(api, options)
  return completeDirectory({
    canForceChange: true,
    find: async (id) => {
      const user = await accountOf(api, options, id)
      return user === null ? null : { directoryId: user.id, version: versionOf(user), state: stateOf(user) }
    },
    setPassword,
    readBack,
    endSessions: (id) => endSessions(api, options, id),
    resetMfa: (write) => resetMfa(api, options, write),
    search: (text, limit, signal) => search(api, options, text, limit, signal),
    refresh: async (id, signal) => {
      const user = await accountOf(api, options, id, signal)
      return user === null ? null : personOf(user, options)
    },
    sync: (asked) => sync(api, options, asked),
    ...(readLog === null ? {} : { signIns: readLog }),
    privilegeOf: (id) => privilegeOf(api, options, id),
    checkSelf: () => checkSelf(api, readLog),
  })
}

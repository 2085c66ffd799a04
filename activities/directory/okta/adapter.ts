/** An organisation of Okta by its Management API, under a service app whose custom role holds a few rights over chosen groups. */
import { completeDirectory } from '../complete.ts'
import { readBack, resetMfa } from './factors.ts'
import { search, sync } from './lists.ts'
import type { OktaOptions } from './options.ts'
import { foundBy, isUsable, personOf, stateOf, versionOf } from './people.ts'
import { checkSelf, privilegeOf } from './rights.ts'
import { createOktaApi, logScope } from './session.ts'
import { signIns } from './sign-ins.ts'
import { clearLockout, endSessions, setPassword, unlock } from './write.ts'
import type { Directory, SignInSpan } from '../port.ts'

/**
 * Opens a directory. It offers no lock under a report: that would have to suspend the account, and an account that an
 * administrator suspended looks the same.
 */
export const createOkta = (options: OktaOptions): Directory => {
  const api = createOktaApi(options)
  const log = createOktaApi(options, [logScope])
  const readLog = options.signInLog ? (span: SignInSpan) => signIns(log, span) : null
  return completeDirectory({
    canForceChange: true,
    find: async (id) => {
      const found = await foundBy(api, options, id)
      if (found === null) return null
      const { user } = found
      // An account that was never activated has nothing to reset.
      const state = !isUsable(user) ? 'disabled' : stateOf(user) === 'locked' ? 'locked' : 'active'
      return { directoryId: user.id, version: versionOf(user), state }
    },
    setPassword: (write, password, how) => setPassword(api, options, write, password, how),
    readBack: (sent) => readBack(api, options, sent),
    unlock: (write) => unlock(api, options, write),
    clearLockout: (id) => clearLockout(api, options, id),
    endSessions: (id) => endSessions(api, options, id),
    resetMfa: (write) => resetMfa(api, options, write),
    search: (text, limit, signal) => search(api, options, text, limit, signal),
    refresh: async (id, signal) => {
      const found = await foundBy(api, options, id, signal)
      return found === null ? null : personOf(found.user, options)
    },
    sync: (asked) => sync(api, options, asked),
    ...(readLog === null ? {} : { signIns: readLog }),
    privilegeOf: (id) => privilegeOf(api, options, id),
    checkSelf: () => checkSelf(api, options, readLog),
  })
}

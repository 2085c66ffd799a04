/** A directory in the manner of OpenLDAP: passwords by RFC 3062, locks by its password policy, over TLS alone. */
import { completeDirectory } from '../complete.ts'
import { checkSelf } from './self-check.ts'
import { listPrivileged, privilegeOf } from './groups.ts'
import type { LdapOptions } from './options.ts'
import { entryOf, idOf, people, personOf, stateOf } from './people.ts'
import { allOf, askSome, contains } from './questions.ts'
import { readBack } from './read-back.ts'
import { sessionsWith } from './session.ts'
import { sync } from './sync.ts'
import { versionOf } from './version.ts'
import { lockAccount, setPassword, unlock } from './write.ts'
import { leastSearch, type Directory } from '../port.ts'

/** Opens a directory. It has no sessions to end and no factors of its own. */
export const createLdap = (options: LdapOptions): Directory => {
  const sessions = sessionsWith(options)
  const once: typeof sessions.once = (work, signal) => sessions.once(work, signal)
  return completeDirectory({
    canForceChange: true,
    find: (id) =>
      once(async (client) => {
        const entry = await entryOf(client, options, id)
        return entry === null
          ? null
          : { directoryId: idOf(entry), version: versionOf(entry), state: stateOf(entry, options) }
      }),
    setPassword: (write, password, how) =>
      once((client) => setPassword(client, options, write, password, how)),
    readBack: (sent) => once((client) => readBack(client, options, sent)),
    unlock: (write) => once((client) => unlock(client, options, write)),
    lockAccount: (write) => once((client) => lockAccount(client, options, write)),
    // The new password opened what was locked before it; what is locked now was locked since, and stays so.
    clearLockout: (id) =>
      once(async (client) => {
        const entry = await entryOf(client, options, id)
        return entry !== null && stateOf(entry, options) === 'active' ? 'done' : 'failed'
      }),
    search: async (text, limit, signal) => {
      if ([...text].length < leastSearch) return []
      const question = people(options)
      const filter = allOf(question.filter, contains(['cn', 'uid', 'mail'], text))
      const found = await once((client) => askSome(client, { ...question, filter }, limit), signal)
      return found.map((entry) => personOf(entry, options))
    },
    refresh: (id, signal) =>
      once(async (client) => {
        const entry = await entryOf(client, options, id)
        return entry === null ? null : personOf(entry, options)
      }, signal),
    sync: (asked) => sync(sessions, options, asked),
    ...(options.privilegedGroups.length === 0
      ? {}
      : {
          privilegeOf: (id: string) => once((client) => privilegeOf(client, options, id)),
          listPrivileged: (signal?: AbortSignal) => once((client) => listPrivileged(client, options), signal),
        }),
    checkSelf: () => once((client) => checkSelf(client, options)),
  })
}

/** Active Directory over LDAPS: reset and unlock in one modify, read back by the version of the account's key. */
import { completeDirectory } from '../complete.ts'
import { adPrivilegeOf } from './ad-groups.ts'
import type { ActiveDirectoryOptions } from './ad-options.ts'
import { adEntryOf, adIdOf, adPeople, adPersonOf, adStateOf, keyVersionOf } from './ad-people.ts'
import { adListPrivileged } from './ad-privileged.ts'
import { adCheckSelf } from './ad-self-check.ts'
import { adSync } from './ad-sync.ts'
import { adReadBack, adSetPassword, adUnlock } from './ad-write.ts'
import { allOf, askSome, contains } from './questions.ts'
import { sessionsWith } from './session.ts'
import { leastSearch, type Directory } from '../port.ts'

/**
 * Opens a directory. A lock under a report would be to disable the account, a right that ours does not need otherwise, and a
 * ticket that was given out stays good until it runs out: neither is offered, and nothing pretends to it.
 */
export const createActiveDirectory = (options: ActiveDirectoryOptions): Directory => {
  const sessions = sessionsWith(options)
  const once: typeof sessions.once = (work, signal) => sessions.once(work, signal)
  return completeDirectory({
    canForceChange: true,
    find: (id) =>
      once(async (client) => {
        const entry = await adEntryOf(client, options, id)
        return entry === null
          ? null
          : { directoryId: adIdOf(entry), version: keyVersionOf(entry), state: adStateOf(entry) }
      }),
    setPassword: (write, password, how) =>
      once((client) => adSetPassword(client, options, write, password, how)),
    readBack: (sent) => once((client) => adReadBack(client, options, sent)),
    unlock: (write) => once((client) => adUnlock(client, options, write)),
    // The lockout ended in the write itself; what is locked now was locked since, and stays so.
    clearLockout: (id) =>
      once(async (client) => {
        const entry = await adEntryOf(client, options, id)
        return entry !== null && adStateOf(entry) === 'active' ? 'done' : 'failed'
      }),
    search: async (text, limit, signal) => {
      if ([...text].length < leastSearch) return []
      const question = adPeople(options)
      const filter = allOf(question.filter, contains(['displayName', 'cn', 'sAMAccountName', 'mail'], text))
      const found = await once((client) => askSome(client, { ...question, filter }, limit), signal)
      return found.map(adPersonOf)
    },
    refresh: (id, signal) =>
      once(async (client) => {
        const entry = await adEntryOf(client, options, id)
        return entry === null ? null : adPersonOf(entry)
      }, signal),
    sync: (asked) => adSync(sessions, options, asked),
    privilegeOf: (id) => once((client) => adPrivilegeOf(client, options, id)),
    listPrivileged: (signal) => once((client) => adListPrivileged(client, options), signal),
    checkSelf: () => once((client) => adCheckSelf(client, options)),
  })
}

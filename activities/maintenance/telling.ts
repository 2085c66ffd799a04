/** The loops that tell people: contacts of what happened, staff of what needs them (security.md B9, B12). */
import { tenantIds } from '#services/housekeeping/housekeeping.ts'
import { sendNamingNotices } from '../messaging/naming-notice-loop.ts'
import { sendNotices } from '../messaging/notice-loop.ts'
import { sendStaffNotices } from '../messaging/staff-notice-loop.ts'
import { sendTestMessages } from '../messaging/test-message-loop.ts'
import type { ActivityDeps } from '../ports.ts'
import type { LoopOptions } from './loop.ts'
import { lookAtContacts, tellOfContacts } from './watch-contacts.ts'
import { watchDuress } from './watch-duress.ts'

const second = 1000
const day = 24 * 3600 * second

/** Does something for every tenant; gives how much was done. */
export const forEachTenant = async (
  { db }: Pick<ActivityDeps, 'db'>,
  work: (tenantId: string) => Promise<number>,
): Promise<number> => {
  let done = 0
  for (const tenantId of await tenantIds(db)) done += await work(tenantId)
  return done
}

/** There is more to do at once. */
export const isSome = async (count: Promise<number>): Promise<boolean> => (await count) > 0

/** Done for now, however much it was. */
export const isNone = async (count: Promise<number>): Promise<boolean> => {
  await count
  return false
}

/** Staff, and those who were named to vouch. */
const tellStaff = (deps: ActivityDeps): Promise<number> =>
  forEachTenant(
    deps,
    async (id) =>
      (await tellOfContacts(deps, id)) +
      (await sendStaffNotices(deps, id)) +
      (await sendNamingNotices(deps, id)),
  )

/** By name and how often. */
export const tellingLoops = (deps: ActivityDeps): readonly Omit<LoopOptions, 'log'>[] => [
  {
    name: 'notices',
    everyMs: second,
    work: () => isSome(forEachTenant(deps, (id) => sendNotices(deps, id))),
  },
  {
    name: 'duress',
    everyMs: 2 * second,
    work: () => isNone(forEachTenant(deps, (id) => watchDuress(deps, id))),
  },
  {
    name: 'test-messages',
    everyMs: 2 * second,
    work: () => isSome(forEachTenant(deps, (id) => sendTestMessages(deps, id))),
  },
  {
    name: 'contacts',
    everyMs: day,
    work: () => isNone(forEachTenant(deps, (id) => lookAtContacts(deps, id))),
  },
  { name: 'staff-notices', everyMs: 10 * second, work: () => isSome(tellStaff(deps)) },
]

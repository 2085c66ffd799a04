/**
 * Loops, since they must work while Temporal is away: contacts hear within a minute of what happened, and staff of what needs them
 * (B9, B12). An admin waits for a test message.
 */
import { sendNamingNotices } from '../messaging/naming-notice-loop.ts'
import { sendNotices } from '../messaging/notice-loop.ts'
import { sendStaffNotices } from '../messaging/staff-notice-loop.ts'
import { sendTestMessages } from '../messaging/test-message-loop.ts'
import type { ActivityDeps } from '../ports.ts'
import { forEachTenant } from './each-tenant.ts'
import type { Loop } from './loop.ts'
import { tellOfContacts } from './watch-contacts.ts'
import { watchDuress } from './watch-duress.ts'

const second = 1000

/** Staff, and those who were named to vouch. */
const tellStaff = async (deps: ActivityDeps, tenantId: string): Promise<number> =>
  (await tellOfContacts(deps, tenantId)) +
  (await sendStaffNotices(deps, tenantId)) +
  (await sendNamingNotices(deps, tenantId))

/** By name and how often. */
export const messageLoops = (deps: ActivityDeps): readonly Loop[] => [
  {
    name: 'notices',
    everyMs: second,
    work: () => forEachTenant(deps, (id) => sendNotices(deps, id)),
    drains: true,
  },
  { name: 'duress', everyMs: 2 * second, work: () => forEachTenant(deps, (id) => watchDuress(deps, id)) },
  {
    name: 'test-messages',
    everyMs: 2 * second,
    work: () => forEachTenant(deps, (id) => sendTestMessages(deps, id)),
    drains: true,
  },
  {
    name: 'staff-notices',
    everyMs: 10 * second,
    work: () => forEachTenant(deps, (id) => tellStaff(deps, id)),
    drains: true,
  },
]

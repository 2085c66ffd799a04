/** A worker looks once a day for contacts that do not open, and reports each once a day (E1). */
import { checkContacts } from '#services/people/contacts.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { announceUnreadable } from '#services/people/unreadable-contacts.ts'
import type { ActivityDeps } from '../ports.ts'

type ContactDeps = Pick<ActivityDeps, 'db' | 'keys' | 'log' | 'unreadable'>

const mostAtOnce = 200

/** Opens every contact on file of a tenant, page by page: one that nobody reads is found too. */
export const lookAtContacts = async ({ db, keys }: ContactDeps, tenantId: string): Promise<number> => {
  let pages = 0
  let after: string | null = null
  do {
    const from: string | null = after
    after = await inTenant(db, tenantId, (tx) => checkContacts(tx, keys, from, mostAtOnce))
    pages += 1
  } while (after !== null)
  return pages
}

/** Reports unreadable contacts to admins, log and metrics, also those that another process found; returns how many. */
export const tellOfContacts = async (deps: ContactDeps, tenantId: string): Promise<number> => {
  const found = await inTenant(deps.db, tenantId, (tx) => announceUnreadable(tx, mostAtOnce))
  for (const { personId } of found) {
    deps.unreadable.found += 1
    deps.log.error('a contact on file does not open', { tenantId, personId })
  }
  return found.length
}

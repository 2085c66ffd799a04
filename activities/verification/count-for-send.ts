import type { Policy } from '#domain/policy/policy.ts'
import type { SendCounts } from '#domain/policy/send.ts'
import type { OpenContact } from '#platform/server/db/contacts-read.ts'
import { countSends } from '#platform/server/db/deliveries.ts'
import type { Tx } from '#platform/server/db/transaction.ts'
import { valueIndex } from '#platform/server/sealing.ts'
import type { ActivityDeps } from '../ports.ts'

/** A number without its last four digits: what pumping of a whole range is counted by (H3). Null for e-mail. */
export const prefixIndexOf = (
  deps: Pick<ActivityDeps, 'keys'>,
  tx: Tx,
  contact: OpenContact,
): Buffer | null =>
  contact.kind === 'phone'
    ? valueIndex(deps.keys, tx.tenantId, 'phone_prefix', contact.value.slice(0, -4))
    : null

/** What was sent of late to this person, number, range and from this tenant (H3). Starts were counted when asked for (D8). */
export const countForSend = async (
  deps: Pick<ActivityDeps, 'keys'>,
  tx: Tx,
  { limits }: Policy,
  contact: OpenContact,
): Promise<SendCounts> => ({
  sendsPerParticipant: await countSends(tx, 'person', contact.personId, limits.sendsPerParticipant),
  sendsPerContact: await countSends(tx, 'number', contact.valueIndex, limits.sendsPerContact),
  sendsPerPrefix: await countSends(tx, 'prefix', prefixIndexOf(deps, tx, contact), limits.sendsPerPrefix),
  sendsPerTenant: await countSends(tx, 'tenant', null, limits.sendsPerTenant),
  startsPerAgent: limits.startsPerAgent.map(() => 0),
})

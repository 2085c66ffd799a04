/** Contacts that staff were shown in full, each with its reason (D10). */
import { daysAgo } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { Reveal } from './models.ts'

/** The note that is written before the value is sent. */
export type NewReveal = Readonly<
  Pick<Reveal, 'personId' | 'contactId' | 'contactMasked' | 'staffId' | 'staffName' | 'reason'>
>

/** One of them, as those who watch see it. */
export type ContactReveal = Omit<NewReveal, 'contactId' | 'staffId'> &
  Readonly<Pick<Reveal, 'id' | 'at'>> & { readonly personName: string }

/** Notes it. */
export const addReveal = async (tx: Tx, reveal: NewReveal): Promise<void> => {
  await Reveal.query(tx.knex).insert({ tenantId: tx.tenantId, ...reveal })
}

/** Those of the last thirty days, newest first, without people whose cases the reader may not see (D7). */
export const readReveals = async (
  tx: Tx,
  excluded: readonly string[],
  limit: number,
): Promise<ContactReveal[]> =>
  Reveal.of(tx)
    .joinRelated('person')
    .where('at', '>', daysAgo(30))
    .whereNotIn('personId', [...excluded])
    .orderBy('at', 'desc')
    .limit(limit)
    .select('contact_reveals.id', 'personId', 'person.displayName as personName', 'contactMasked')
    .select('staffName', 'reason', 'at')
    .castTo<ContactReveal[]>()

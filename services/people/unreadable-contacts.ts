/** Contacts that do not open: an alarm once a day for each, and mail to the admins (E1, T11). */
import { notify } from '#platform/database/notify.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { tellAdmins } from '../staff/staff-notices.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** A contact that does not open is noted by these. */
export type Unreadable = { readonly id: string; readonly personId: string; readonly masked: string }

/** One of them, as it is shown. */
export type ShownUnreadable = {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly contactMasked: string
  readonly at: Date
}

/** Notes them in the transaction that found them; what is noted today already stays as it is. The worker tells of them. */
export const noteUnreadable = async (tx: Tx, contacts: readonly Unreadable[]): Promise<void> => {
  if (contacts.length === 0) return
  await tx.run(
    `insert into unreadable_contacts (tenant_id, contact_id, person_id, contact_masked)
     select $1, n.id, n.person_id, n.masked
     from unnest($2::uuid[], $3::uuid[], $4::text[]) as n (id, person_id, masked) order by n.id on conflict do nothing`,
    [
      tx.tenantId,
      contacts.map(({ id }) => id),
      contacts.map(({ personId }) => personId),
      contacts.map(({ masked }) => masked),
    ],
  )
}

/** Those of the last thirty days, each once, newest first, without people whose cases the reader may not see (D7). */
export const readUnreadable = (
  tx: Tx,
  excluded: readonly string[],
  limit: number,
): Promise<ShownUnreadable[]> =>
  tx.query<ShownUnreadable>(
    `select u.* from (
       select distinct on (c.contact_id) c.contact_id as id, c.person_id as "personId", p.display_name as "personName",
         c.contact_masked as "contactMasked", c.found_at as at
       from unreadable_contacts c join people p on p.tenant_id = c.tenant_id and p.id = c.person_id
       where c.tenant_id = $1 and c.found_at > now() - interval '30 days' and c.person_id <> all ($2::uuid[])
       order by c.contact_id, c.found_at desc) u
     order by u.at desc limit $3`,
    [tx.tenantId, excluded, limit],
  )

/** Takes contacts that nobody has heard of yet, with its event, its alarm and one mail a day to each admin. */
export const announceUnreadable = async (
  tx: Tx,
  limit: number,
): Promise<readonly { readonly contactId: string; readonly personId: string }[]> => {
  const found = await tx.query<{ contactId: string; personId: string; day: string }>(
    `update unreadable_contacts set announced_at = now()
     where tenant_id = $1 and (contact_id, found_on) in (
       select contact_id, found_on from unreadable_contacts where tenant_id = $1 and announced_at is null
       order by found_at limit $2 for update skip locked)
     returning contact_id as "contactId", person_id as "personId", found_on::text as day`,
    [tx.tenantId, limit],
  )
  for (const { contactId, personId, day } of found) {
    await tellAdmins(tx, { kind: 'contact_unreadable', about: day, byName: '', takesEffectAt: null })
    await notify(tx, 'alarm', contactId)
    await recordEvents(
      tx,
      { kind: 'system', id: 'worker' },
      null,
      [{ type: 'contact.unreadable', object: { kind: 'person', id: personId }, payload: { contactId } }],
      [uuidOf('contact-unreadable', tx.tenantId, contactId, day)],
    )
  }
  return found
}

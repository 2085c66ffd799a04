/** Contacts that staff were shown in full, each with its reason (D10). */
import type { Tx } from '#platform/database/transaction.ts'

/** One of them, as those who watch see it. */
export type ContactReveal = {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly contactMasked: string
  readonly staffName: string
  readonly reason: string
  readonly at: Date
}

/** What is noted before the value is sent. */
export type NewReveal = {
  readonly personId: string
  readonly contactId: string
  readonly contactMasked: string
  readonly staffId: string
  readonly staffName: string
  readonly reason: string
}

/** Notes it. */
export const addReveal = async (tx: Tx, reveal: NewReveal): Promise<void> => {
  const { personId, contactId, contactMasked, staffId, staffName, reason } = reveal
  await tx.run(
    `insert into contact_reveals (tenant_id, person_id, contact_id, contact_masked, staff_id, staff_name, reason)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.tenantId, personId, contactId, contactMasked, staffId, staffName, reason],
  )
}

/** Those of the last thirty days, newest first, without people whose cases the reader may not see (D7). */
export const readReveals = (tx: Tx, excluded: readonly string[], limit: number): Promise<ContactReveal[]> =>
  tx.query<ContactReveal>(
    `select r.id, r.person_id as "personId", p.display_name as "personName", r.contact_masked as "contactMasked",
       r.staff_name as "staffName", r.reason, r.at
     from contact_reveals r join people p on p.tenant_id = r.tenant_id and p.id = r.person_id
     where r.tenant_id = $1 and r.at > now() - interval '30 days' and r.person_id <> all ($2::uuid[])
     order by r.at desc limit $3`,
    [tx.tenantId, excluded, limit],
  )

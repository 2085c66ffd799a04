/** The list "never via the help desk" (D3): one person puts an account on it, two take it off. */
import { randomUUID } from 'node:crypto'
import { now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { ProtectedAccount } from './models.ts'

/** The member of staff who does it. */
type Staff = { readonly id: string; readonly name: string }

/**
 * The reason why an account is on the list, and who wants it off. `id` is null where it was marked before there was a
 * list.
 */
export type Protection = {
  readonly id: string | null
  readonly reason: string | null
  readonly byName: string | null
  readonly at: string | null
  readonly off: {
    readonly byId: string
    readonly byName: string
    readonly reason: string
    readonly at: string
  } | null
}

/** The entry of an account on the list; null: there is none. */
export const readProtection = async (tx: Tx, personId: string): Promise<Protection | null> => {
  const row = await tx.one<Protection>(
    `select a.id, a.reason, a.added_by_name as "byName", iso_instant(a.added_at) as at,
       case when a.off_asked_by is not null then json_build_object('byId', a.off_asked_by, 'byName', a.off_asked_by_name,
         'reason', a.off_reason, 'at', iso_instant(a.off_asked_at)) end as off
     from people p left join protected_accounts a on a.tenant_id = p.tenant_id and a.person_id = p.id and a.off_at is null
     where p.tenant_id = $1 and p.id = $2 and p.never_via_help_desk`,
    [tx.tenantId, personId],
  )
  return row ?? null
}

const live = (tx: Tx, personId: string) => ProtectedAccount.of(tx).where({ personId, offAt: null })

/** Puts an account on the list. False: it is on it. */
export const protect = async (tx: Tx, personId: string, by: Staff, reason: string): Promise<boolean> =>
  (await tx.run(
    `insert into protected_accounts (tenant_id, id, person_id, reason, added_by, added_by_name)
     select $1, $2, $3, $4, $5, $6 where exists (select from people where tenant_id = $1 and id = $3 and not never_via_help_desk)
     on conflict do nothing`,
    [tx.tenantId, randomUUID(), personId, reason, by.id, by.name],
  )) === 1

/**
 * Asks for it to be taken off; an account that was marked before there was a list gets its row. False: another admin asked
 * already.
 */
export const askUnprotect = async (tx: Tx, personId: string, by: Staff, reason: string): Promise<boolean> => {
  await tx.run(
    `insert into protected_accounts (tenant_id, id, person_id, reason, added_by_name)
     select $1, $2, $3, '', '' where exists (select from people where tenant_id = $1 and id = $3 and never_via_help_desk)
     on conflict do nothing`,
    [tx.tenantId, randomUUID(), personId],
  )
  const wish = { offAskedBy: by.id, offAskedByName: by.name, offReason: reason, offAskedAt: now() }
  return (await live(tx, personId).where({ offAskedBy: null }).patch(wish)) === 1
}

/** The wish is over and the account stays on the list. False: there was none. */
export const keepProtected = async (tx: Tx, personId: string): Promise<boolean> =>
  (await live(tx, personId)
    .whereNotNull('offAskedBy')
    .patch({ offAskedBy: null, offAskedByName: null, offReason: null, offAskedAt: null })) === 1

/** Takes it off, by another admin than the one who asked. False: nobody asked, or the same admin did. */
export const unprotect = async (tx: Tx, personId: string, by: Staff): Promise<boolean> =>
  (await live(tx, personId)
    .where('offAskedBy', '<>', by.id)
    .patch({ offBy: by.id, offByName: by.name, offAt: now() })) === 1

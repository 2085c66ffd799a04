/** The end of a sync takes away what is gone, unless it is too much at once to be believed. */
import { needsDropConfirmed } from '#domain/questions/import-kinds.ts'
import { endSync, holdDrop, type AcceptedDrop, type Drop } from '#services/people/directory-syncs.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { tellOfHeldDrop } from '#services/staff/staff-notices.ts'
import { removeContacts } from '#services/people/synced-contacts.ts'
import { markGone, noteRefreshed, resolveManagers } from '#services/people/synced-people.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** The findings of a sync that read everything. */
export type SyncFindings = {
  /** Immutable ids of the people who are gone, and rows of contacts that are on file no more. */
  readonly gone: readonly string[]
  readonly lost: readonly string[]
  readonly known: { readonly people: number; readonly contacts: number }
  readonly accepted: AcceptedDrop | null
  readonly cursor: string
  readonly isWhole: boolean
  readonly readEverybody: boolean
}

/** An outage, a lost right or a wrong `base` looks like everybody leaving; so do many numbers that change at once (B19). */
const isTooMuch = ({ people, knownPeople, contacts, knownContacts }: Drop, accepted: AcceptedDrop | null) =>
  (needsDropConfirmed(people, knownPeople) || needsDropConfirmed(contacts, knownContacts)) &&
  !(accepted !== null && people <= accepted.people && contacts <= accepted.contacts)

/**
 * Ends a sync in one transaction. Returns how many people are gone; null: it was too much, so nothing was taken away and the
 * admins get a mail.
 */
export const settleSync = async (tx: Tx, name: string, found: SyncFindings): Promise<number | null> => {
  const drop = {
    people: found.gone.length,
    knownPeople: found.known.people,
    contacts: found.lost.length,
    knownContacts: found.known.contacts,
  }
  if (isTooMuch(drop, found.accepted)) {
    await hold(tx, name, drop)
    return null
  }
  const gone = found.gone.length === 0 ? 0 : await markGone(tx, name, found.gone)
  await removeContacts(tx, found.lost)
  await resolveManagers(tx, name)
  if (found.isWhole) await noteRefreshed(tx, name)
  await endSync(tx, name, { cursor: found.cursor, readEverybody: found.readEverybody })
  return gone
}

/** Tells the admins once, however often it is found again. */
const hold = async (tx: Tx, name: string, drop: Drop): Promise<void> => {
  const { since, isNew } = await holdDrop(tx, name, drop)
  if (!isNew) return
  await tellOfHeldDrop(tx, name, since)
  await recordEvents(
    tx,
    { kind: 'system', id: 'directories' },
    null,
    [
      {
        type: 'directory.drop_held',
        object: { kind: 'tenant', id: tx.tenantId },
        payload: { directory: name, ...drop },
      },
    ],
    [uuidOf('directory-drop-held', tx.tenantId, name, since)],
  )
}

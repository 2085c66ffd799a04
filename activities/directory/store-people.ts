/** People as a directory says them, into our tables: new and changed ones and their contacts. Nobody is taken away here. */
import { parseEmail } from '#domain/contact.ts'
import { keepContacts, type SyncedContact } from '#services/people/synced-contacts.ts'
import { freeLogins, planAnew, upsertPeople } from '#services/people/synced-people.ts'
import { keepSignInAccounts } from '#services/people/sign-in-accounts.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { readPhone } from '#platform/facts/phone.ts'
import type { DirectoryPerson } from './port.ts'
import { syncedRowOf } from './synced-row.ts'

/**
 * The place where people are stored. `region`: of numbers without a country · `contactsFromNow`: a contact that is new to us
 * is as old as this moment, whatever the entry's last change; set where an agent searches for a person on the phone (B19)
 */
export type StorePlace = {
  readonly keys: KeyRing
  readonly name: string
  readonly region: string
  readonly contactsFromNow?: true
}

/**
 * The result of storing. `skipped`: logins that a person of another directory has · `refused`: values that are no
 * contact · `lost`: rows of contacts, by person, that the directory has no more
 */
export type Stored = {
  readonly skipped: number
  readonly refused: number
  readonly lost: ReadonlyMap<string, readonly string[]>
}

/** Stores these people. */
export const storePeople = async (
  tx: Tx,
  { keys, name, region, contactsFromNow }: StorePlace,
  people: readonly DirectoryPerson[],
): Promise<Stored> => {
  await planAnew(tx)
  const rows = people.map(syncedRowOf)
  const taken = await freeLogins(tx, name, rows)
  const written = rows.filter(({ login }) => !taken.has(login))
  const stored = await upsertPeople(tx, name, written)
  await keepSignInAccounts(tx, name, accountsOf(people))
  const ids = new Map(stored.map(({ id, directoryId }) => [directoryId, id]))
  const contacts = people
    .map((person) => (contactsFromNow === true ? { ...person, changedAt: null } : person))
    .flatMap((person) => contactsOf(person, ids.get(person.directoryId), region))
  const good = contacts.filter((contact) => contact !== null)
  const gone = await keepContacts(tx, keys, name, [...ids.values()], good)
  return {
    skipped: rows.length - written.length,
    refused: contacts.length - good.length,
    lost: new Map([...ids.values()].map((id) => [id, gone.get(id) ?? []])),
  }
}

/** The accounts of people whose directory is the organisation's identity provider too. */
const accountsOf = (people: readonly DirectoryPerson[]) =>
  people.flatMap(({ directoryId, signInId }) =>
    signInId === undefined ? [] : [{ directoryId, account: signInId }],
  )

/** The contacts of a person that can be stored, and null for each that cannot: no closest match (B17, C13). */
const contactsOf = (
  { contacts, workEmail, changedAt }: DirectoryPerson,
  personId: string | undefined,
  region: string,
): (SyncedContact | null)[] => {
  if (personId === undefined) return []
  const work =
    workEmail === null ? [] : [{ kind: 'email' as const, label: 'work' as const, value: workEmail }]
  return [...work, ...contacts].map(({ kind, label, value }) => {
    const stored = kind === 'phone' ? (readPhone(value, region)?.e164 ?? null) : emailOf(value)
    return stored === null ? null : { personId, kind, label, value: stored, changedBy: changedAt }
  })
}

const emailOf = (value: string): string | null => {
  const parsed = parseEmail(value)
  return parsed.ok ? parsed.value : null
}

import type { Client, Entry } from 'ldapts'
import { DirectoryError } from '../directory-error.ts'
import type { DirectoryPerson } from '../port.ts'
import { commonOf, generalisedOf, isoOf, personAttributes, textOf } from './entry.ts'
import type { LdapOptions } from './options.ts'
import { allOf, askOne, is, parsed, type Question } from './questions.ts'

/** A lock without a time: it lasts until an administrator opens it, as a lock under a report does. */
export const lockedForGood = '000001010000Z'

const accountAttributes = [
  'entryUUID',
  'uid',
  'pwdAccountLockedTime',
  'pwdChangedTime',
  'entryCSN',
  'modifyTimestamp',
]

/** Everybody who is a person, and what is read of them. */
export const people = ({ base, filter, disabled }: LdapOptions): Question => ({
  base,
  filter: parsed(filter),
  attributes: [...personAttributes, ...accountAttributes, 'departmentNumber', 'ou', disabled.attribute],
})

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The entry of an immutable id; what is no such id belongs to nobody. */
export const entryOf = async (client: Client, options: LdapOptions, id: string): Promise<Entry | null> => {
  if (!uuid.test(id)) return null
  const question = people(options)
  return askOne(client, { ...question, filter: allOf(question.filter, is('entryUUID', id)) })
}

/** @throws DirectoryError when the server keeps its immutable ids from us: without them two people cannot be kept apart */
export const idOf = (entry: Entry): string => {
  const id = textOf(entry, 'entryUUID')
  if (id === null) throw new DirectoryError('answer')
  return id
}

/** The state of an account by the password policy and the operator's rule. */
export const stateOf = (entry: Entry, { disabled }: LdapOptions): 'active' | 'locked' | 'disabled' => {
  const value = textOf(entry, disabled.attribute)
  if (value?.toLowerCase() === disabled.value.toLowerCase()) return 'disabled'
  // Where the policy opens a lockout by itself, the attribute stays until the next sign-in; opening it twice does no harm.
  return textOf(entry, 'pwdAccountLockedTime') === null ? 'active' : 'locked'
}

/** A person, of an entry. */
export const personOf = (entry: Entry, options: LdapOptions): DirectoryPerson => ({
  directoryId: idOf(entry),
  login: textOf(entry, 'uid') ?? entry.dn,
  ...commonOf(entry),
  department: textOf(entry, 'departmentNumber', 'ou'),
  state: stateOf(entry, options),
  passwordChangedAt: isoOf(textOf(entry, 'pwdChangedTime')),
  changedAt: isoOf(textOf(entry, 'modifyTimestamp')),
})

/** The newest change of a page's entries, as generalised time. */
export const newestOf = (entries: readonly Entry[], newest: string): string =>
  entries.reduce((last, entry) => {
    const at = textOf(entry, 'modifyTimestamp') ?? ''
    return at > last ? at : last
  }, newest)

/** The moment so many milliseconds before a generalised time. */
export const before = (generalised: string, ms: number): string => {
  const iso = isoOf(generalised)
  return iso === null ? generalised : generalisedOf(Date.parse(iso) - ms)
}

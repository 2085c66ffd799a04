import type { Client, Entry } from 'ldapts'
import { DirectoryError } from '../directory-error.ts'
import type { DirectoryPerson } from '../port.ts'
import type { ActiveDirectoryOptions } from './ad-options.ts'
import { fileTimeIso, guidBytes, guidText } from './ad-values.ts'
import { bytesOf, commonOf, isoOf, personAttributes, textOf } from './entry.ts'
import { allOf, askOne, is, parsed, type Question } from './questions.ts'

/** Bits of `userAccountControl`, and of its computed twin, which alone knows when a lockout has run out. */
const accountDisabled = 0x2
const lockedOut = 0x10

const accountAttributes = [
  'objectGUID',
  'sAMAccountName',
  'userAccountControl',
  'msDS-User-Account-Control-Computed',
  'msDS-KeyVersionNumber',
  'pwdLastSet',
  'whenChanged',
  'department',
  'physicalDeliveryOfficeName',
]

/** Everybody who is a person, and what is read of them. */
export const adPeople = ({ base, filter }: ActiveDirectoryOptions): Question => ({
  base,
  filter: parsed(filter),
  attributes: [...personAttributes, ...accountAttributes],
  bytes: ['objectGUID'],
})

/** The entry of an immutable id; what is no GUID belongs to nobody. */
export const adEntryOf = async (
  client: Client,
  options: ActiveDirectoryOptions,
  id: string,
): Promise<Entry | null> => {
  const guid = guidBytes(id)
  if (guid === null) return null
  const question = adPeople(options)
  return askOne(client, { ...question, filter: allOf(question.filter, is('objectGUID', guid)) })
}

/** @throws DirectoryError when the server keeps an immutable id from us */
export const adIdOf = (entry: Entry): string => {
  const [guid] = bytesOf(entry, 'objectGUID')
  if (guid?.length !== 16) throw new DirectoryError('answer')
  return guidText(guid)
}

const bitsOf = (entry: Entry, name: string): number => Number(textOf(entry, name) ?? 0)

/** Says if the account may sign in, as the directory itself decides it. */
export const adStateOf = (entry: Entry): 'active' | 'locked' | 'disabled' => {
  if ((bitsOf(entry, 'userAccountControl') & accountDisabled) !== 0) return 'disabled'
  return (bitsOf(entry, 'msDS-User-Account-Control-Computed') & lockedOut) === 0 ? 'active' : 'locked'
}

/** Rises by one with each password, also when others set it, and with nothing else. */
export const keyVersionOf = (entry: Entry): string => textOf(entry, 'msDS-KeyVersionNumber') ?? '-'

/** A person, of an entry. */
export const adPersonOf = (entry: Entry): DirectoryPerson => ({
  directoryId: adIdOf(entry),
  login: textOf(entry, 'sAMAccountName') ?? entry.dn,
  ...commonOf(entry),
  department: textOf(entry, 'department'),
  state: adStateOf(entry),
  passwordChangedAt: fileTimeIso(textOf(entry, 'pwdLastSet')),
  changedAt: isoOf(textOf(entry, 'whenChanged')),
})

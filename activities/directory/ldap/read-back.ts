import type { Client, Entry } from 'ldapts'
import type { ReadBack, WriteSent } from '../port.ts'
import { textOf } from './entry.ts'
import type { LdapOptions } from './options.ts'
import { entryOf, lockedForGood } from './people.ts'
import { passwordBetween, versionOf } from './version.ts'

/** Reads what became of a write, by the account as it is now. */
export const readBack = async (client: Client, options: LdapOptions, sent: WriteSent): Promise<ReadBack> => {
  const entry = await entryOf(client, options, sent.directoryId)
  if (entry === null) return { kind: 'unknown', version: null }
  return { kind: kindOf(entry, sent), version: versionOf(entry) }
}

const kindOf = (entry: Entry, { effect, expectedVersion }: WriteSent): ReadBack['kind'] => {
  const lock = textOf(entry, 'pwdAccountLockedTime')
  if (effect === 'lock_account') return lock === lockedForGood ? 'done' : 'not_done'
  if (effect === 'unlock') return lock === null ? 'done' : 'not_done'
  const password = passwordBetween(expectedVersion, versionOf(entry))
  if (password === 'unknown') return 'unknown'
  return password === 'changed' ? 'done' : 'not_done'
}

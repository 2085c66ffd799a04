/** Writes by LDAP. Each is sent once; what is no clear answer is thrown (R4). */
import { Attribute, BerWriter, Change, type Client, type Entry } from 'ldapts'
import { isLate } from '../late.ts'
import type { LockAnswer, PasswordOptions, Write, WriteAnswer } from '../port.ts'
import { codeOf, resultCode } from './answers.ts'
import { textOf } from './entry.ts'
import type { LdapOptions } from './options.ts'
import { entryOf, lockedForGood, stateOf } from './people.ts'
import { passwordBetween, versionOf } from './version.ts'

/** RFC 3062: the server hashes the password, and its policy looks at it. */
const passwordModify = '1.3.6.1.4.1.4203.1.11.1'

const passwordRequest = (dn: string, password: string): Buffer => {
  const writer = new BerWriter()
  writer.startSequence()
  writer.writeString(dn, 0x80)
  writer.writeString(password, 0x82)
  writer.endSequence()
  return writer.buffer
}

export const replace = (type: string, values: string[] | Buffer[]): Change =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) })

/** One password, over the version that the intent names. */
export const setPassword = async (
  client: Client,
  options: LdapOptions,
  write: Write,
  password: string,
  { mustChange }: PasswordOptions,
): Promise<WriteAnswer> => {
  const entry = await entryOf(client, options, write.directoryId)
  if (entry === null || stateOf(entry, options) === 'disabled') return { kind: 'not_written' }
  // The server has no condition for this operation; between this look and the write lie milliseconds.
  if (passwordBetween(write.expectedVersion, versionOf(entry)) !== 'same') return { kind: 'not_written' }
  const request = passwordRequest(entry.dn, password)
  if (isLate(write)) return { kind: 'not_written' }
  try {
    await client.exop(passwordModify, request)
  } catch (error) {
    if (codeOf(error) === resultCode.constraintViolation) return { kind: 'password_refused', rule: 'policy' }
    throw error
  }
  if (mustChange) await client.modify(entry.dn, replace('pwdReset', ['TRUE']))
  return { kind: 'accepted' }
}

/** Changes the lock of an account that is not disabled, in time. */
const changeLock = async (
  client: Client,
  options: LdapOptions,
  write: Write,
  changeOf: (entry: Entry) => Change | null,
): Promise<LockAnswer> => {
  const entry = await entryOf(client, options, write.directoryId)
  if (entry === null || stateOf(entry, options) === 'disabled') return { kind: 'not_written' }
  const change = changeOf(entry)
  if (change === null || isLate(write)) return { kind: 'not_written' }
  await client.modify(entry.dn, change)
  return { kind: 'accepted' }
}

/** Opens an account that is locked. */
export const unlock = (client: Client, options: LdapOptions, write: Write): Promise<LockAnswer> =>
  changeLock(client, options, write, (entry) =>
    textOf(entry, 'pwdAccountLockedTime') === null ? null : replace('pwdAccountLockedTime', []),
  )

/** Locks an account until an administrator opens it. */
export const lockAccount = (client: Client, options: LdapOptions, write: Write): Promise<LockAnswer> =>
  changeLock(client, options, write, () => replace('pwdAccountLockedTime', [lockedForGood]))

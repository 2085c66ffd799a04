/** Writes to Active Directory. Each is one modify, sent once (R4, N3). */
import { Attribute, Change, type Client } from 'ldapts'
import { isLate } from '../late.ts'
import type { LockAnswer, PasswordOptions, ReadBack, Write, WriteAnswer, WriteSent } from '../port.ts'
import type { ActiveDirectoryOptions } from './ad-options.ts'
import { adEntryOf, adStateOf, keyVersionOf } from './ad-people.ts'
import { codeOf, resultCode } from './answers.ts'
import { replace } from './write.ts'

/** `ERROR_PASSWORD_RESTRICTION`: the domain's policy refuses the password. */
const passwordRestriction = /^0000052D/i

/** In quotes and UTF-16, little end first. */
const encoded = (password: string): Change =>
  new Change({
    operation: 'replace',
    modification: new Attribute({ type: 'unicodePwd', values: [Buffer.from(`"${password}"`, 'utf16le')] }),
  })

/** A new password; a lockout ends in the same modify. The directory itself would write a disabled account without a word. */
export const adSetPassword = async (
  client: Client,
  options: ActiveDirectoryOptions,
  write: Write,
  password: string,
  { mustChange }: PasswordOptions,
): Promise<WriteAnswer> => {
  const entry = await adEntryOf(client, options, write.directoryId)
  if (entry === null || adStateOf(entry) === 'disabled') return { kind: 'not_written' }
  // The directory has no condition for a write; between this look and the write lie milliseconds.
  if (keyVersionOf(entry) !== write.expectedVersion) return { kind: 'not_written' }
  const changes = [encoded(password), replace('lockoutTime', ['0'])]
  if (mustChange) changes.push(replace('pwdLastSet', ['0']))
  if (isLate(write)) return { kind: 'not_written' }
  try {
    await client.modify(entry.dn, changes)
    return { kind: 'accepted' }
  } catch (error) {
    const isPolicy = codeOf(error) === resultCode.constraintViolation || isRestriction(error)
    if (isPolicy) return { kind: 'password_refused', rule: 'policy' }
    throw error
  }
}

const isRestriction = (error: unknown): boolean =>
  error instanceof Error && passwordRestriction.test(error.message)

/** Ends a lockout after wrong passwords. */
export const adUnlock = async (
  client: Client,
  options: ActiveDirectoryOptions,
  write: Write,
): Promise<LockAnswer> => {
  const entry = await adEntryOf(client, options, write.directoryId)
  if (entry === null || adStateOf(entry) !== 'locked' || isLate(write)) return { kind: 'not_written' }
  await client.modify(entry.dn, replace('lockoutTime', ['0']))
  return { kind: 'accepted' }
}

/** Reads the result of a write. One password since the intent is ours; where there are two, nobody can say which is ours. */
export const adReadBack = async (
  client: Client,
  options: ActiveDirectoryOptions,
  { directoryId, expectedVersion, effect }: WriteSent,
): Promise<ReadBack> => {
  const entry = await adEntryOf(client, options, directoryId)
  if (entry === null) return { kind: 'unknown', version: null }
  const version = keyVersionOf(entry)
  if (effect === 'unlock') return { kind: adStateOf(entry) === 'locked' ? 'not_done' : 'done', version }
  if (version === expectedVersion) return { kind: 'not_done', version }
  return { kind: Number(version) === Number(expectedVersion) + 1 ? 'done' : 'unknown', version }
}

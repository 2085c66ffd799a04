/** The demo organisation's directory: argon2id hashes in our own database, behind the port that every directory has. */
import { hash, verify } from '@node-rs/argon2'
import type { Db } from '#platform/database/connect.ts'
import {
  clearAccountLockout,
  endAccountSessions,
  lockAccount,
  resetAccountMfa,
  unlockAccount,
  readAccount,
  readHistory,
  writeHash,
} from '#services/people/directory-accounts.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { newEnrolmentCode } from '#platform/crypto/enrolment-code.ts'
import { completeDirectory } from './complete.ts'
import type { Directory, MfaResetAnswer, PasswordOptions, Write, WriteAnswer } from './port.ts'

/** Shorter passwords are refused by this directory, whatever the portal allows (N5: the floor). */
const shortest = 8
/** So many former passwords may not be used again. */
const remembered = 5

/** Minutes that a code for a new second factor is good. */
const enrolmentMinutes = 30

/** Opens the built-in directory of one tenant. */
export const createBuiltin = (db: Db, tenantId: string): Directory =>
  completeDirectory({
    // Its people are those of our own tables, so there is nothing to search, to sync or to compare.
    canForceChange: true,
    find: (directoryId) =>
      inTenant(db, tenantId, async (tx) => {
        const account = isStorable(directoryId) ? await readAccount(tx, directoryId) : undefined
        return account === undefined
          ? null
          : { directoryId, version: String(account.version), state: account.state }
      }),
    setPassword: (write, password, options) => setPassword(db, tenantId, write, password, options),
    unlock: ({ expectedVersion, ...write }) =>
      inTenant(db, tenantId, async (tx) => {
        const isWritten = await unlockAccount(tx, { ...write, expectedVersion: Number(expectedVersion) })
        return { kind: isWritten ? 'accepted' : 'not_written' }
      }),
    lockAccount: ({ expectedVersion, ...write }) =>
      inTenant(db, tenantId, async (tx) => {
        const isWritten = await lockAccount(tx, { ...write, expectedVersion: Number(expectedVersion) })
        return { kind: isWritten ? 'accepted' : 'not_written' }
      }),
    resetMfa: (write) => resetMfa(db, tenantId, write),
    readBack: (write) =>
      inTenant(db, tenantId, async (tx) => {
        const account = await readAccount(tx, write.directoryId)
        if (account === undefined) return { kind: 'unknown', version: null }
        const version = String(account.version)
        if (account.lastOperationId === write.operationId) return { kind: 'done', version }
        return { kind: version === write.expectedVersion ? 'not_done' : 'unknown', version }
      }),
    endSessions: (directoryId) =>
      inTenant(db, tenantId, async (tx) => ((await endAccountSessions(tx, directoryId)) ? 'done' : 'failed')),
    clearLockout: (directoryId, operationId) =>
      inTenant(db, tenantId, async (tx) =>
        (await clearAccountLockout(tx, directoryId, operationId)) ? 'done' : 'failed',
      ),
  })

/** PostgreSQL has no character 0, so no account's id has one. */
const isStorable = (directoryId: string): boolean => !directoryId.includes('\u0000')

const setPassword = async (
  db: Db,
  tenantId: string,
  write: Write,
  password: string,
  { mustChange }: PasswordOptions,
): Promise<WriteAnswer> => {
  const { directoryId, operationId, notAfter } = write
  const known = await inTenant(db, tenantId, async (tx) => ({
    account: await readAccount(tx, directoryId),
    history: await readHistory(tx, directoryId, remembered),
  }))
  if (known.account === undefined) return { kind: 'not_written' }
  const rule = await brokenRule(password, known.account.login, [known.account.passwordHash, ...known.history])
  if (rule !== null) return { kind: 'password_refused', rule }
  // Hashed before the write, so that nothing slow lies between the guard and the row.
  const newHash = {
    directoryId,
    hash: await hash(password),
    operationId,
    expectedVersion: Number(write.expectedVersion),
    notAfter,
    mustChange,
  }
  const isWritten = await inTenant(db, tenantId, (tx) => writeHash(tx, newHash))
  return { kind: isWritten ? 'accepted' : 'not_written' }
}

/** A code of which only a hash is kept lets one new factor be enrolled at the directory's own sign-in page. */
const resetMfa = async (db: Db, tenantId: string, write: Write): Promise<MfaResetAnswer> => {
  const code = newEnrolmentCode()
  const expiresAt = new Date(Date.now() + enrolmentMinutes * 60_000).toISOString()
  // Hashed before the write, like a password: the code is short enough to be guessed from a fast hash (C2).
  const enrolment = { hash: await hash(code), expiresAt }
  const guarded = { ...write, expectedVersion: Number(write.expectedVersion) }
  const removed = await inTenant(db, tenantId, (tx) => resetAccountMfa(tx, guarded, enrolment))
  return removed === null
    ? { kind: 'not_written' }
    : { kind: 'accepted', removed, enrolment: { code, expiresAt } }
}

/** The directory's own rules: length, not the login, not one of the last passwords. */
const brokenRule = async (
  password: string,
  login: string,
  hashes: readonly string[],
): Promise<string | null> => {
  if ([...password].length < shortest) return 'length'
  if (password.toLowerCase().includes(login.toLowerCase())) return 'login'
  for (const known of hashes) if (await verify(known, password)) return 'history'
  return null
}

/** The demo directory's accounts: hashes, a version that rises by one with each write, and history. */
import type { Tx } from '#platform/database/transaction.ts'

/** An account with its hash. Only the built-in directory reads it. */
export type DirectoryAccount = {
  readonly directoryId: string
  readonly login: string
  readonly passwordHash: string
  readonly version: number
  readonly state: 'active' | 'locked' | 'disabled'
  readonly lastOperationId: string | null
}

export const readAccount = async (tx: Tx, directoryId: string): Promise<DirectoryAccount | undefined> =>
  tx.one<DirectoryAccount>(
    `select directory_id as "directoryId", login, password_hash as "passwordHash", version, state,
       last_operation_id as "lastOperationId"
     from directory_accounts where tenant_id = $1 and directory_id = $2`,
    [tx.tenantId, directoryId],
  )

/** The newest hashes that were in use, newest first. */
export const readHistory = async (tx: Tx, directoryId: string, limit: number): Promise<string[]> => {
  const rows = await tx.query<{ hash: string }>(
    `select password_hash as hash from directory_password_history
     where tenant_id = $1 and directory_id = $2 order by set_at desc limit $3`,
    [tx.tenantId, directoryId, limit],
  )
  return rows.map(({ hash }) => hash)
}

/** One new password as a hash. */
export type NewHash = {
  readonly directoryId: string
  readonly hash: string
  readonly operationId: string
  readonly expectedVersion: number
  readonly notAfter: string
  readonly mustChange: boolean
}

/**
 * The one write: only from the expected version, only in time by this database's clock, and never to a disabled account.
 * False: nothing was written.
 */
export const writeHash = async (tx: Tx, write: NewHash): Promise<boolean> => {
  const changed = await tx.run(
    `update directory_accounts set password_hash = $3, version = version + 1, must_change = $7,
       password_changed_at = now(), last_operation_id = $4
     where tenant_id = $1 and directory_id = $2 and version = $5 and state <> 'disabled' and clock_timestamp() < $6`,
    [
      tx.tenantId,
      write.directoryId,
      write.hash,
      write.operationId,
      write.expectedVersion,
      write.notAfter,
      write.mustChange,
    ],
  )
  if (changed !== 1) return false
  await tx.run(
    `insert into directory_password_history (tenant_id, directory_id, password_hash) values ($1, $2, $3)`,
    [tx.tenantId, write.directoryId, write.hash],
  )
  return true
}

/** Ends every session of an account. */
export const endAccountSessions = async (tx: Tx, directoryId: string): Promise<boolean> =>
  (await tx.run(
    'update directory_accounts set sessions_ended_at = now() where tenant_id = $1 and directory_id = $2',
    [tx.tenantId, directoryId],
  )) === 1

/** One lock of an account, or the end of one. */
export type AccountLock = Omit<NewHash, 'hash' | 'mustChange'>

/** Lifts a lockout, in one write like every other. False: nothing was written, since the account was not locked as expected. */
export const unlockAccount = async (tx: Tx, unlock: AccountLock): Promise<boolean> =>
  (await tx.run(
    `update directory_accounts set state = 'active', locked_at = null, failed_tries = 0, version = version + 1,
       last_operation_id = $3
     where tenant_id = $1 and directory_id = $2 and version = $4 and state = 'locked' and clock_timestamp() < $5`,
    [tx.tenantId, unlock.directoryId, unlock.operationId, unlock.expectedVersion, unlock.notAfter],
  )) === 1

/**
 * Locks an account and ends its sessions, in one write: only from the expected version and in time, like every write. A
 * disabled account stays disabled. False: nothing was written.
 */
export const lockAccount = async (tx: Tx, lock: AccountLock): Promise<boolean> =>
  (await tx.run(
    `update directory_accounts set state = 'locked', locked_at = now(), sessions_ended_at = now(), version = version + 1,
       last_operation_id = $3
     where tenant_id = $1 and directory_id = $2 and version = $4 and state <> 'disabled' and clock_timestamp() < $5`,
    [tx.tenantId, lock.directoryId, lock.operationId, lock.expectedVersion, lock.notAfter],
  )) === 1

/**
 * Lifts a lockout, only while the account's last write is the given operation: what was locked since stays locked. A
 * disabled account stays disabled.
 */
export const clearAccountLockout = async (
  tx: Tx,
  directoryId: string,
  operationId: string,
): Promise<boolean> =>
  (await tx.run(
    `update directory_accounts set failed_tries = 0, locked_at = null,
       state = case state when 'locked' then 'active' else state end
     where tenant_id = $1 and directory_id = $2 and last_operation_id = $3`,
    [tx.tenantId, directoryId, operationId],
  )) === 1

/** A new code by which one new factor may be enrolled, as a hash. */
export type NewEnrolment = { readonly hash: string; readonly expiresAt: string }

/**
 * Removes every second factor and lets one be enrolled by a code, in one write like every other. Null: nothing was written.
 * @returns how many were removed
 */
export const resetAccountMfa = async (
  tx: Tx,
  write: AccountLock,
  enrolment: NewEnrolment,
): Promise<number | null> => {
  const { directoryId, operationId, expectedVersion, notAfter } = write
  const changed = await tx.run(
    `update directory_accounts set enrolment_hash = $6, enrolment_expires_at = $7, version = version + 1,
       last_operation_id = $3
     where tenant_id = $1 and directory_id = $2 and version = $4 and state <> 'disabled' and clock_timestamp() < $5`,
    [tx.tenantId, directoryId, operationId, expectedVersion, notAfter, enrolment.hash, enrolment.expiresAt],
  )
  if (changed !== 1) return null
  return tx.run('delete from directory_factors where tenant_id = $1 and directory_id = $2', [
    tx.tenantId,
    directoryId,
  ])
}

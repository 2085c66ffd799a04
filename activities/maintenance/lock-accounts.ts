/**
 * A loop, since an account that a report asks to lock is locked while Temporal is away (B13): intent → one try → read
 * back → recorded. A worker that dies leaves an intent, which the next one reads back before it
 * does anything.
 */
import {
  endLock,
  holdLock,
  noteLocked,
  readOpenLocks,
  setAttempt,
  type OpenLock,
} from '#services/actions/account-locks.ts'
import { readPerson, type Person } from '#services/people/people.ts'
import { addLockIntent, lockIntent, resolveIntent } from '#services/actions/intents.ts'
import { placeOf } from '#services/passkeys/enrolments.ts'
import { addNotices } from '#services/sending/notices.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { Account, GuardedDirectory, GuardedLockAnswer } from '../directory/port.ts'
import type { ActivityDeps } from '../ports.ts'

type LockDeps = Pick<ActivityDeps, 'db' | 'openDirectory' | 'log'>

/** Rows looked at in one go. */
const atOnce = 20
/** So long a lock rests between two attempts. */
const defaultRestSeconds = 5
/** Attempts at one account before it is given up and shown as failed. */
const mostAttempts = 8

/** Works on a tenant's open locks; gives how many it ended. `restSeconds`: how long one rests between two attempts. */
export const lockAccounts = async (
  deps: LockDeps,
  tenantId: string,
  restSeconds = defaultRestSeconds,
): Promise<number> => {
  const open = await inTenant(deps.db, tenantId, (tx) => readOpenLocks(tx, restSeconds, atOnce))
  let ended = 0
  for (const one of open) if (await work(deps, tenantId, one)) ended += 1
  return ended
}

type Working = LockDeps & {
  readonly tenantId: string
  readonly lock: OpenLock
  readonly person: Person
  readonly directory: GuardedDirectory
}

/** One lock; what goes wrong with one account keeps no other waiting. */
const work = async (deps: LockDeps, tenantId: string, lock: OpenLock): Promise<boolean> => {
  try {
    const person = await inTenant(deps.db, tenantId, (tx) => readPerson(tx, lock.personId))
    const directory = deps.openDirectory(tenantId, person.directory)
    const working = { ...deps, tenantId, lock, person, directory }
    return lock.operationId === null
      ? await attempt(working)
      : await settle(working, lock.operationId, { kind: 'lost' })
  } catch (error) {
    deps.log.warn('an account could not be locked yet', { verificationId: lock.verificationId, error })
    await inTenant(deps.db, tenantId, (tx) => setAttempt(tx, lock.reportId, lock.attempt, lock.operationId))
    return false
  }
}

/** The next attempt, where the account can be locked at all. */
const attempt = async (working: Working): Promise<boolean> => {
  const { lock, person, directory } = working
  const account = await directory.find(person.directoryId)
  if (account === null) return end(working, 'failed', 'account_gone')
  if (account.state === 'disabled') return end(working, 'completed', 'already_disabled')
  if (lock.attempt >= mostAttempts) return end(working, 'failed', 'gave_up')
  const operationId = await inTenant(working.db, working.tenantId, (tx) => intend(tx, working, account))
  if (operationId === null) return false
  const answer = await directory.lockAccount({ reportId: lock.reportId, operationId })
  return settle(working, operationId, answer)
}

/** Says what is about to be done, before it is. Null: another worker took it in the meantime. */
const intend = async (tx: Tx, { lock, tenantId }: Working, account: Account): Promise<string | null> => {
  const { reportId, verificationId, personId } = lock
  const held = await holdLock(tx, reportId)
  if (held?.attempt !== lock.attempt || held.operationId !== null) return null
  const attempt = lock.attempt + 1
  const operationId = uuidOf('account-lock', tenantId, reportId, String(attempt))
  await addLockIntent(tx, {
    operationId,
    reportId,
    verificationId,
    personId,
    attempt,
    versionBefore: account.version,
  })
  await setAttempt(tx, reportId, attempt, operationId)
  return operationId
}

/** Only the directory knows what became of a write. */
const settle = async (working: Working, operationId: string, answer: GuardedLockAnswer): Promise<boolean> => {
  const { db, tenantId, lock, person, directory } = working
  if (answer.kind === 'not_offered') return end(working, 'failed', 'not_offered', operationId)
  if (answer.kind === 'refused' && answer.problem !== 'intent_over')
    return end(working, 'failed', answer.problem, operationId)
  const intent = await inTenant(db, tenantId, (tx) => lockIntent(tx, operationId))
  const expectedVersion = intent?.versionBefore ?? ''
  const found = await directory.readBack({
    directoryId: person.directoryId,
    operationId,
    expectedVersion,
    effect: 'lock_account',
  })
  if (found.kind === 'done') return end(working, 'completed', null, operationId, found.version)
  await inTenant(db, tenantId, async (tx) => {
    const now = await lockIntent(tx, operationId)
    // A write that was begun may still arrive; it is looked at again, never done a second time beside it.
    if (now?.mayStillArrive === true) return
    await resolveIntent(tx, operationId, found.kind, found.version, null)
    const held = await holdLock(tx, lock.reportId)
    if (held?.operationId === operationId) await setAttempt(tx, lock.reportId, held.attempt, null)
  })
  return false
}

/** Records the end with its event, and tells the contacts why nobody can sign in. */
const end = (
  { db, tenantId, lock, log }: Working,
  state: 'completed' | 'failed',
  reason: string | null,
  operationId: string | null = null,
  version: string | null = null,
): Promise<boolean> =>
  inTenant(db, tenantId, async (tx) => {
    const { reportId, verificationId, personId } = lock
    if (operationId !== null)
      await resolveIntent(tx, operationId, state === 'completed' ? 'done' : 'refused', version, reason)
    if (!(await endLock(tx, reportId, state, reason))) return false
    if (state === 'failed')
      log.error('an account was not locked after a report', { verificationId, code: reason ?? '' })
    if (state === 'completed' && reason === null) {
      await noteLocked(tx, personId)
      await addNotices(tx, { verificationId, personId, kind: 'account_locked', exceptContactId: null })
    }
    const type = state === 'completed' ? ('account.locked' as const) : ('account.lock_failed' as const)
    const { object, verificationId: caseId } = await placeOf(tx, lock)
    const draft = { type, object, payload: { lock: reason } }
    const actor = { kind: 'system' as const, id: 'account-locks' }
    await recordEvents(tx, actor, caseId, [draft], [uuidOf('account-lock-ended', reportId)])
    return true
  })

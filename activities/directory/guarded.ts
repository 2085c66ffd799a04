/**
 * The only way to open a directory's account: under a grant that is signed, fits, lives and is spent by this very write
 * (B1, G8, N2; `allow-write.ts`); `guarded-lock.ts` closes one.
 */
import { mostGrantTries } from '#domain/grant.ts'
import { actions, type PlainPurpose } from '#domain/verification/verification.ts'
import { takeSealedInput } from '#services/verifications/codes.ts'
import { releaseGrant } from '#services/actions/grants.ts'
import { resolveIntent } from '#services/actions/intents.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { openTypedPassword } from '#services/actions/typed-password.ts'
import { guardMfaReset } from './guarded-mfa-reset.ts'
import { guardLock } from './guarded-lock.ts'
import { allowWrite, noteNotWritten, privilegeNow, type Guard } from './allow-write.ts'
import {
  capabilityOf,
  type Directory,
  type GuardedAct,
  type GuardedActAnswer,
  type GuardedAnswer,
  type GuardedDirectory,
  type GuardedWrite,
  type Privilege,
  type Write,
} from './port.ts'

/** Wraps an adapter; its own writes are reachable in no other way. */
export const guard = (guarded: Guard, directory: Directory): GuardedDirectory => ({
  offers: directory.offers,
  search: (...asked) => directory.search(...asked),
  refresh: (...asked) => directory.refresh(...asked),
  sync: (options) => directory.sync(options),
  signIns: (span) => directory.signIns(span),
  privilegeOf: (id) => directory.privilegeOf(id),
  listPrivileged: (signal) => directory.listPrivileged(signal),
  checkSelf: () => directory.checkSelf(),
  find: (id) => directory.find(id),
  readBack: (write) => directory.readBack(write),
  endSessions: (id) => directory.endSessions(id),
  clearLockout: (id, operationId) => directory.clearLockout(id, operationId),
  lockAccount: (lock) => guardLock(guarded, directory, lock),
  setPassword: (write) => setPassword(guarded, directory, write),
  write: (purpose, act) => write(guarded, directory, purpose, act),
  resetMfa: (act) => guardMfaReset(guarded, directory, act),
})

const setPassword = async (
  guarded: Guard,
  directory: Directory,
  write: GuardedWrite,
): Promise<GuardedAnswer> => {
  const privilege = await privilegeNow(guarded, directory, write)
  const permitted = await inTenant(guarded.db, guarded.tenantId, (tx) =>
    permitPassword(guarded, tx, write, privilege),
  )
  if ('problem' in permitted) return { kind: 'refused', problem: permitted.problem }
  const answer = await directory.setPassword(permitted.write, permitted.password, { mustChange: false })
  if (answer.kind === 'accepted') return answer
  if (answer.kind === 'not_offered') return { kind: 'refused', problem: 'not_offered' }
  if (answer.kind === 'password_refused')
    return inTenant(guarded.db, guarded.tenantId, (tx) => release(tx, write, answer.rule))
  await noteNotWritten(guarded, write)
  return { kind: 'lost' }
}

type PasswordPermitted = { readonly problem: string } | { readonly write: Write; readonly password: string }

/** The password leaves its row whatever is said of the rest; it says in which session it was typed. */
const permitPassword = async (
  guarded: Guard,
  tx: Tx,
  write: GuardedWrite,
  privilege: Privilege['kind'],
): Promise<PasswordPermitted> => {
  const input = await takeSealedInput(tx, write.inputId, write.verificationId, 'password')
  if (input === undefined) return { problem: 'input_gone' }
  const { tenantId, keys } = guarded
  const place = { tenantId, verificationId: write.verificationId, row: write.inputId }
  const { password, sessionId } = openTypedPassword(keys, place, input.sealed)
  const permitted = await allowWrite(guarded, tx, 'password_reset', write, { privilege, sessionId })
  return 'problem' in permitted ? permitted : { ...permitted, password }
}

/** The directory's own rules said no and nothing was written: the grant is free again while tries are left (N4). */
const release = async (tx: Tx, write: GuardedWrite, rule: string): Promise<GuardedAnswer> => {
  const triesLeft = await releaseGrant(tx, write.grantId, mostGrantTries)
  await resolveIntent(tx, write.operationId, 'refused', null, rule)
  return { kind: 'password_refused', triesLeft }
}

const write = async (
  guarded: Guard,
  directory: Directory,
  purpose: PlainPurpose,
  act: GuardedAct,
): Promise<GuardedActAnswer> => {
  const { plainly } = actions[purpose]
  // A write that the directory cannot do spends no grant.
  if (!directory.offers.has(capabilityOf[plainly])) return { kind: 'refused', problem: 'not_offered' }
  const privilege = await privilegeNow(guarded, directory, act)
  const permitted = await inTenant(guarded.db, guarded.tenantId, (tx) =>
    allowWrite(guarded, tx, purpose, act, { privilege, sessionId: null }),
  )
  if ('problem' in permitted) return { kind: 'refused', problem: permitted.problem }
  const { kind } = await directory[plainly](permitted.write)
  if (kind === 'accepted') return { kind }
  await noteNotWritten(guarded, act)
  return { kind: 'lost' }
}

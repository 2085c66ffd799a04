/**
 * The only way to open a directory's account: under a grant that is signed, fits, lives and is spent by this very write
 * (security.md B1, G8, N2); `guarded-lock.ts` closes one. Everything is read from stored rows here; nothing is believed of the caller.
 */
import { checkGrant, mostGrantTries, type IntendedWrite } from '#domain/grant.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { readDecidedCase, type DecidedCase } from '#platform/server/db/actions.ts'
import { takeSealedInput } from '#platform/server/db/codes.ts'
import type { Db } from '#platform/server/db/connect.ts'
import { readPerson, type PersonRow } from '#platform/server/db/contacts-read.ts'
import { lockGrant, releaseGrant, spendGrant, type StoredGrant } from '#platform/server/db/grants.ts'
import { beginWrite, lockIntent, resolveIntent } from '#platform/server/db/intents.ts'
import { recordEvents, uuidOf } from '#platform/server/db/record-events.ts'
import { countStaff } from '#platform/server/db/staff-read.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import type { KeyRing } from '#platform/server/keys.ts'
import { openForWorker } from '#platform/server/sealed-inputs.ts'
import { verifyGrant } from '#platform/server/sealing.ts'
import { guardLock } from './guarded-lock.ts'
import type { Directory, GuardedAnswer, GuardedDirectory, GuardedWrite, Privilege, Write } from './port.ts'

type Guard = { readonly db: Db; readonly keys: KeyRing; readonly tenantId: string; readonly name: string }

/** Wraps an adapter; its own writes are reachable in no other way. */
export const guard = (guarded: Guard, directory: Directory): GuardedDirectory => ({
  offers: directory.offers,
  search: (...asked) => directory.search(...asked),
  refresh: (...asked) => directory.refresh(...asked),
  sync: (options) => directory.sync(options),
  privilegeOf: (id) => directory.privilegeOf(id),
  listPrivileged: (signal) => directory.listPrivileged(signal),
  checkSelf: () => directory.checkSelf(),
  find: (id) => directory.find(id),
  readBack: (write) => directory.readBack(write),
  endSessions: (id) => directory.endSessions(id),
  clearLockout: (id, operationId) => directory.clearLockout(id, operationId),
  lockAccount: (lock) => guardLock(guarded, directory, lock),
  setPassword: async (write) => {
    const privilege = await privilegeNow(guarded, directory, write)
    const permitted = await inTenant(guarded.db, guarded.tenantId, (tx) =>
      permit(guarded, tx, write, privilege),
    )
    if ('problem' in permitted) return { kind: 'refused', problem: permitted.problem }
    const answer = await directory.setPassword(permitted.write, permitted.password, { mustChange: false })
    if (answer.kind === 'accepted') return answer
    if (answer.kind === 'not_offered') return { kind: 'refused', problem: 'not_offered' }
    if (answer.kind === 'not_written') return notWritten(guarded, write)
    return inTenant(guarded.db, guarded.tenantId, (tx) => release(tx, write, answer.rule))
  },
})

type Permitted = { readonly problem: string } | { readonly write: Write; readonly password: string }

/** What the account can do beyond others, asked of the directory at the moment of the write; no answer counts as much (D2). */
const privilegeNow = async (
  { db, tenantId }: Guard,
  directory: Directory,
  { grantId }: GuardedWrite,
): Promise<Privilege['kind']> => {
  const directoryId = await inTenant(db, tenantId, async (tx) => {
    const stored = await lockGrant(tx, grantId)
    return stored === undefined ? null : (await readPerson(tx, stored.grant.personId)).directoryId
  })
  if (directoryId === null) return 'unknown'
  return directory.privilegeOf(directoryId).then(
    ({ kind }) => kind,
    () => 'unknown' as const,
  )
}

/** The directory wrote nothing, and says so: what it shows from now on is not this write (R18). */
const notWritten = async ({ db, tenantId }: Guard, { operationId }: GuardedWrite): Promise<GuardedAnswer> => {
  await inTenant(db, tenantId, (tx) => resolveIntent(tx, operationId, 'not_done', null, null))
  return { kind: 'lost' }
}

/** All checks and the spending, in one transaction. */
const permit = async (
  guarded: Guard,
  tx: Tx,
  write: GuardedWrite,
  privilege: Privilege['kind'],
): Promise<Permitted> => {
  const stored = await lockGrant(tx, write.grantId)
  const intent = await lockIntent(tx, write.operationId)
  const input = await takeSealedInput(tx, write.inputId, write.verificationId, 'password')
  if (stored === undefined || intent === undefined) return { problem: 'unknown' }
  if (input === undefined) return { problem: 'input_gone' }
  if (intent.grantId !== write.grantId || intent.verificationId !== write.verificationId) {
    return { problem: 'intent' }
  }
  const person = await readPerson(tx, stored.grant.personId)
  const seen = isPrivileged(person, privilege) ? { ...person, tier: 'privileged' as const } : person
  const problem = await problemOf(guarded, tx, write, stored, seen)
  if (problem !== null) return { problem }
  const notAfter = await beginWrite(tx, write.operationId)
  if (notAfter === null) return { problem: 'intent_over' }
  if (!(await spendGrant(tx, write.grantId, mostGrantTries))) return { problem: 'spent' }
  const place = {
    tenantId: guarded.tenantId,
    verificationId: write.verificationId,
    kind: 'password',
  } as const
  const password = openForWorker(guarded.keys, { ...place, row: write.inputId }, input.sealed).toString(
    'utf8',
  )
  await recordSpent(tx, write, stored)
  const { operationId } = write
  const { directoryId } = person
  return { write: { directoryId, operationId, expectedVersion: intent.versionBefore, notAfter }, password }
}

const problemOf = async (
  guarded: Guard,
  tx: Tx,
  write: GuardedWrite,
  stored: StoredGrant,
  person: PersonRow,
): Promise<string | null> => {
  const decided = await readDecidedCase(tx, write.verificationId)
  if (decided === undefined) return 'verification'
  const isSigned = verifyGrant(guarded.keys, stored.grant, stored.signature)
  const checked = checkGrant(stored.grant, intendedOf(guarded, write, decided, person), isSigned, stored.now)
  if (!checked.ok) return String(checked.error.slots?.['problem'] ?? 'grant')
  const problem = standsNoMore(decided) ?? protectedAs(person)
  if (problem !== null || person.tier !== 'privileged') return problem
  return (await countStaff(tx, stored.grant.approvers)) < 2 ? 'second_approval' : null
}

/** From the rows of verification and person, never from the grant. */
const intendedOf = (
  guarded: Guard,
  write: GuardedWrite,
  decided: DecidedCase,
  person: PersonRow,
): IntendedWrite => ({
  tenantId: guarded.tenantId,
  verificationId: write.verificationId,
  personId: decided.personId,
  directory: guarded.name,
  directoryId: person.directoryId,
  purpose: decided.purpose as Purpose,
  policyVersion: decided.policyVersion,
})

/** The decision behind the grant, looked at again at the moment of the write (R5). */
const standsNoMore = (decided: DecidedCase): string | null => {
  if (decided.outcome !== 'passed' || decided.decision !== 'approved') return 'decision'
  if (decided.purpose !== 'password_reset') return 'purpose'
  return decided.isReported ? 'reported' : null
}

/** By our own row or by the directory; where it has no groups, the row alone says. */
const isPrivileged = ({ tier }: PersonRow, privilege: Privilege['kind']): boolean =>
  tier === 'privileged' || privilege === 'privileged' || privilege === 'unknown'

/** Accounts that this connector never writes, whatever was decided above it (N2, D3). */
const protectedAs = (person: PersonRow): string | null => {
  if (person.neverViaHelpDesk) return 'never_via_help_desk'
  if (person.isBlocked) return 'blocked'
  return person.accountState !== 'active' && person.accountState !== 'locked' ? 'account_state' : null
}

const recordSpent = (tx: Tx, write: GuardedWrite, { grant }: StoredGrant): Promise<void> => {
  const object = { kind: 'verification' as const, id: write.verificationId }
  return recordEvents(
    tx,
    { kind: 'participant', id: grant.personId },
    write.verificationId,
    [{ type: 'grant.spent', object, payload: { grantId: grant.id, operationId: write.operationId } }],
    [uuidOf('grant-spent', write.operationId)],
  )
}

/** The directory's own rules said no and nothing was written: the grant is free again while tries are left (N4). */
const release = async (tx: Tx, write: GuardedWrite, rule: string): Promise<GuardedAnswer> => {
  const triesLeft = await releaseGrant(tx, write.grantId, mostGrantTries)
  await resolveIntent(tx, write.operationId, 'refused', null, rule)
  return { kind: 'password_refused', triesLeft }
}

/**
 * The conditions that must hold at the moment of a write under a grant, whatever is written (B1, G8, N2, R5).
 * Everything is read from stored rows here; nothing is believed of the caller.
 */
import { checkGrant, mostGrantTries, type IntendedWrite } from '#domain/grant.ts'
import { writeOf, type ActingPurpose } from '#domain/verification/verification.ts'
import { readDecidedCase, type DecidedCase } from '#services/actions/actions.ts'
import { countPersons } from '#services/staff/compare-persons.ts'
import type { Db } from '#platform/database/connect.ts'
import { readPerson, type Person } from '#services/people/people.ts'
import { isOnHold } from '#services/reports/duress.ts'
import { lockGrant, spendGrant, type StoredGrant } from '#services/actions/grants.ts'
import { beginWrite, lockIntent, resolveIntent } from '#services/actions/intents.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { verifyGrant } from '#platform/crypto/sealing.ts'
import type { Directory, GuardedAct, Privilege, Write } from './port.ts'

/** The guard knows whose directory it guards, and with which keys and rows. */
export type Guard = {
  readonly db: Db
  readonly keys: KeyRing
  readonly tenantId: string
  readonly name: string
}

/** The write as it may happen, or why not. */
export type Permitted = { readonly problem: string } | { readonly write: Write }

/** Asks the directory at the moment of the write whether the account is privileged; no answer counts as yes (D2). */
export const privilegeNow = async (
  { db, tenantId }: Guard,
  directory: Directory,
  { grantId }: GuardedAct,
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
export const noteNotWritten = ({ db, tenantId }: Guard, { operationId }: GuardedAct): Promise<void> =>
  inTenant(db, tenantId, (tx) => resolveIntent(tx, operationId, 'not_done', null, null))

/** The state at the moment of the write: the account's privilege, and the portal session that asks. */
type Seen = { readonly privilege: Privilege['kind']; readonly sessionId: string | null }

/**
 * All checks and the spending, in the given transaction. `purpose`: the one that the write belongs to; a grant for another
 * never permits it.
 */
export const allowWrite = async (
  guarded: Guard,
  tx: Tx,
  purpose: ActingPurpose,
  act: GuardedAct,
  { privilege, sessionId }: Seen,
): Promise<Permitted> => {
  const stored = await lockGrant(tx, act.grantId)
  const intent = await lockIntent(tx, act.operationId)
  if (stored === undefined || intent === undefined) return { problem: 'unknown' }
  const isItsOwn = intent.grantId === act.grantId && intent.verificationId === act.verificationId
  if (!isItsOwn || intent.kind !== writeOf[purpose]) return { problem: 'intent' }
  const person = await readPerson(tx, stored.grant.personId)
  const seen = isPrivileged(person, privilege) ? { ...person, tier: 'privileged' as const } : person
  const problem = await problemOf(guarded, tx, { purpose, act, stored, person: seen, sessionId })
  if (problem !== null) return { problem }
  const notAfter = await beginWrite(tx, act.operationId)
  if (notAfter === null) return { problem: 'intent_over' }
  if (!(await spendGrant(tx, act.grantId, mostGrantTries))) return { problem: 'spent' }
  await recordSpent(tx, act, stored)
  const { directoryId } = person
  const { operationId } = act
  return { write: { directoryId, operationId, expectedVersion: intent.versionBefore, notAfter } }
}

type Asked = {
  readonly purpose: ActingPurpose
  readonly act: GuardedAct
  readonly stored: StoredGrant
  readonly person: Person
} & Pick<Seen, 'sessionId'>

const problemOf = async (guarded: Guard, tx: Tx, asked: Asked): Promise<string | null> => {
  const { purpose, act, stored, person } = asked
  const decided = await readDecidedCase(tx, act.verificationId)
  if (decided === undefined) return 'verification'
  const isSigned = verifyGrant(guarded.keys, stored.grant, stored.signature)
  const checked = checkGrant(stored.grant, intendedOf(guarded, asked, decided), isSigned, stored.now)
  if (!checked.ok) return String(checked.error.slots?.['problem'] ?? 'grant')
  const problem = standsNoMore(decided, purpose) ?? protectedAs(person)
  if (problem !== null) return problem
  if (person.tier === 'privileged' && (await countPersons(tx, stored.grant.approvers)) < 2)
    return 'second_approval'
  // A silent signal after the grant was signed stops what is not written yet (docs/adr/0010-silent-signal.md).
  return (await isOnHold(tx, act.verificationId)) ? 'on_hold' : null
}

/** From what is written and the rows of verification and person, never from the grant. */
const intendedOf = (
  guarded: Guard,
  { purpose, act, person, sessionId }: Asked,
  decided: DecidedCase,
): IntendedWrite => ({
  tenantId: guarded.tenantId,
  verificationId: act.verificationId,
  personId: decided.personId,
  directory: guarded.name,
  directoryId: person.directoryId,
  purpose,
  policyVersion: decided.policyVersion,
  sessionId,
})

/** The decision behind the grant, looked at again at the moment of the write (R5). */
const standsNoMore = (decided: DecidedCase, purpose: ActingPurpose): string | null => {
  if (decided.outcome !== 'passed' || decided.decision !== 'approved') return 'decision'
  if (decided.purpose !== purpose) return 'purpose'
  return decided.isReported ? 'reported' : null
}

/** By our own row or by the directory; where it has no groups, the row alone says. */
const isPrivileged = ({ tier }: Person, privilege: Privilege['kind']): boolean =>
  tier === 'privileged' || privilege === 'privileged' || privilege === 'unknown'

/** Accounts that this connector never writes, whatever was decided above it (N2, D3). */
const protectedAs = (person: Person): string | null => {
  if (person.neverViaHelpDesk) return 'never_via_help_desk'
  if (person.isBlocked) return 'blocked'
  return person.accountState !== 'active' && person.accountState !== 'locked' ? 'account_state' : null
}

const recordSpent = (tx: Tx, act: GuardedAct, { grant }: StoredGrant): Promise<void> => {
  const object = { kind: 'verification' as const, id: act.verificationId }
  return recordEvents(
    tx,
    { kind: 'participant', id: grant.personId },
    act.verificationId,
    [{ type: 'grant.spent', object, payload: { grantId: grant.id, operationId: act.operationId } }],
    [uuidOf('grant-spent', act.operationId)],
  )
}

/**
 * The only way to lock an account: under a report ("this was not me") whose policy says so. It can only take away, so there
 * is no grant (B13); everything is read from stored rows here, and nothing is believed of the caller.
 */
import { holdLock, readLockBasis, type LockBasis } from '#services/actions/account-locks.ts'
import { readPerson, type Person } from '#services/people/people.ts'
import { beginWrite, lockIntent } from '#services/actions/intents.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { Db } from '#platform/database/connect.ts'
import type { Directory, GuardedLock, GuardedLockAnswer, Write } from './port.ts'

type Guard = { readonly db: Db; readonly tenantId: string; readonly name: string }
type Permitted = { readonly problem: string } | { readonly write: Write }

/** Checks, marks the intent as begun, which happens once, and writes. */
export const guardLock = async (
  guarded: Guard,
  directory: Directory,
  lock: GuardedLock,
): Promise<GuardedLockAnswer> => {
  const permitted = await inTenant(guarded.db, guarded.tenantId, (tx) => permit(guarded, tx, lock))
  if ('problem' in permitted) return { kind: 'refused', problem: permitted.problem }
  const { kind } = await directory.lockAccount(permitted.write)
  return { kind: kind === 'not_written' ? 'lost' : kind }
}

const permit = async (guarded: Guard, tx: Tx, { reportId, operationId }: GuardedLock): Promise<Permitted> => {
  const asked = await holdLock(tx, reportId)
  const ground = await readLockBasis(tx, reportId)
  const intent = await lockIntent(tx, operationId)
  if (asked === undefined || ground === undefined || intent === undefined) return { problem: 'unknown' }
  if (asked.operationId !== operationId || intent.reportId !== reportId) return { problem: 'intent' }
  if (asked.personId !== ground.personId) return { problem: 'person' }
  const person = await readPerson(tx, ground.personId)
  const problem = await problemOf(guarded, tx, ground, person)
  if (problem !== null) return { problem }
  const notAfter = await beginWrite(tx, operationId)
  if (notAfter === null) return { problem: 'intent_over' }
  const { directoryId } = person
  return { write: { directoryId, operationId, expectedVersion: intent.versionBefore, notAfter } }
}

const problemOf = async (
  { name }: Guard,
  tx: Tx,
  ground: LockBasis,
  person: Person,
): Promise<string | null> => {
  const policy = await readPolicy(tx, ground.policyVersion)
  if (policy.reports.lockAccount === 'never') return 'policy'
  if (person.neverViaHelpDesk) return 'never_via_help_desk'
  return person.directory === name ? null : 'directory'
}

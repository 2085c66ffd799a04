import { ApplicationFailure } from '@temporalio/common'
import type { RefusalCode } from '#domain/refusal.ts'
import { readPerson, type Person } from '#services/people/people.ts'
import { uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { ActingPurpose, actions, PlainPurpose } from '#domain/verification/verification.ts'
import type { ActionRecord, OperationRef, WriteAnswer, Writes } from '#workflows/action/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import type { Account, GuardedDirectory } from '../port.ts'

type WriteOf<P extends ActingPurpose> = Writes[(typeof actions)[P]['activity']]

/** The operation on an account for a purpose: the one write, and the changes of our own rows that go with it. */
export type Operation<P extends ActingPurpose> = {
  readonly create: (deps: ActivityDeps) => WriteOf<P>
  /**
   * The reason why nothing has to be written, as the directory shows the account before an intent; null: the write is needed.
   */
  readonly needless?: (tx: Tx, personId: string, account: Account) => Promise<RefusalCode | null>
  /** Runs once the write is done. Contacts have their notices already. */
  readonly whenDone: (tx: Tx, done: ActionRecord) => Promise<void>
}

/** The row id of an operation: the same for every repeat of it. */
export const operationUuid = ({ reset, operationId }: OperationRef): string =>
  uuidOf('operation', reset.tenantId, reset.verificationId, operationId)

/** The person of an operation and the directory where their account lives. */
export const directoryOf = async (
  deps: Pick<ActivityDeps, 'db' | 'openDirectory'>,
  { reset }: OperationRef,
): Promise<{ readonly person: Person; readonly directory: GuardedDirectory }> => {
  const person = await inTenant(deps.db, reset.tenantId, (tx) => readPerson(tx, reset.personId))
  return { person, directory: deps.openDirectory(reset.tenantId, person.directory) }
}

const reasons: Readonly<Record<string, RefusalCode>> = {
  not_offered: 'directory_cannot',
  second_approval: 'privilege_differs',
}

/**
 * The reason of a guard's refusal, as the case may say it: what the directory cannot do, or what it says of privilege
 * now, or does not say; else that the grant does not permit it.
 */
export const reasonOf = (problem: string): RefusalCode => reasons[problem] ?? 'grant_unusable'

/** The one write that takes nothing but a grant. One try: whatever is not a clear answer is left to reading back (R4). */
export const plainWrite =
  (purpose: PlainPurpose) =>
  (deps: Pick<ActivityDeps, 'db' | 'openDirectory'>) =>
  async ({ operation }: { readonly operation: OperationRef }): Promise<WriteAnswer> => {
    const { directory } = await directoryOf(deps, operation)
    const answer = await directory.write(purpose, {
      verificationId: operation.reset.verificationId,
      grantId: operation.grantId,
      operationId: operationUuid(operation),
    })
    if (answer.kind === 'refused') return { kind: 'refused', reason: reasonOf(answer.problem) }
    if (answer.kind === 'lost') throw ApplicationFailure.nonRetryable('the write is not certain', 'lost')
    return { kind: 'accepted' }
  }

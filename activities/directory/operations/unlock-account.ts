import { ApplicationFailure } from '@temporalio/common'
import { noteUnlocked } from '#services/actions/account-locks.ts'
import type { OperationRef, WriteAnswer } from '#workflows/action/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { directoryOf, operationUuid, reasonOf, type Operation } from './operation.ts'

/** The one write that lifts a lockout, under the grant. One try: whatever is not a clear answer is left to reading back (R4). */
const createUnlockAccount =
  (deps: Pick<ActivityDeps, 'db' | 'openDirectory'>) =>
  async ({ operation }: { readonly operation: OperationRef }): Promise<WriteAnswer> => {
    const { directory } = await directoryOf(deps, operation)
    const { verificationId } = operation.reset
    const answer = await directory.unlock({
      verificationId,
      grantId: operation.grantId,
      operationId: operationUuid(operation),
    })
    if (answer.kind === 'refused') return { kind: 'refused', reason: reasonOf(answer.problem) }
    if (answer.kind === 'lost') throw ApplicationFailure.nonRetryable('the write is not certain', 'lost')
    return { kind: 'accepted' }
  }

/** Somebody may have unlocked it, or the time did: then there is nothing to write, and the person card may say so. */
export const unlocking: Operation<'account_unlock'> = {
  create: createUnlockAccount,
  needless: async (tx, personId, { state }) => {
    if (state === 'locked') return null
    await noteUnlocked(tx, personId)
    return 'account_not_locked'
  },
  whenDone: (tx, { reset }) => noteUnlocked(tx, reset.personId),
}

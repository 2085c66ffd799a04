import type { SetPasswordAnswer, SetPasswordInput } from '#workflows/action/activity-types.ts'
import { ApplicationFailure } from '@temporalio/common'
import { notePasswordChanged } from '#services/actions/actions.ts'
import { endOtherSessions } from '#services/verifications/portal-sessions.ts'
import type { ActivityDeps } from '../../ports.ts'
import { directoryOf, operationUuid, reasonOf, type Operation } from './operation.ts'

/** The one write, under the grant. One try: whatever is not a clear answer is left to reading back (R4). */
export const createSetPassword =
  (deps: Pick<ActivityDeps, 'db' | 'openDirectory'>) =>
  async ({ operation, inputId }: SetPasswordInput): Promise<SetPasswordAnswer> => {
    const { directory } = await directoryOf(deps, operation)
    const { verificationId } = operation.reset
    const answer = await directory.setPassword({
      verificationId,
      grantId: operation.grantId,
      operationId: operationUuid(operation),
      inputId,
    })
    if (answer.kind === 'refused') return { kind: 'refused', reason: reasonOf(answer.problem) }
    if (answer.kind === 'lost') throw ApplicationFailure.nonRetryable('the write is not certain', 'lost')
    return answer
  }

/** B14: nobody else stays in. The card says when it was. */
export const settingPassword: Operation<'password_reset'> = {
  create: createSetPassword,
  whenDone: async (tx, { reset, at }) => {
    await endOtherSessions(tx, reset.personId, reset.verificationId)
    await notePasswordChanged(tx, reset.personId, at)
  },
}

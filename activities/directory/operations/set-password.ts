import type { SetPasswordAnswer, SetPasswordInput } from '#workflows/action/steps.ts'
import { ApplicationFailure } from '@temporalio/common'
import type { ActivityDeps } from '../../ports.ts'
import { directoryOf, operationUuid, reasonOf } from './operation.ts'

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

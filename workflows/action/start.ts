import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common'
import {
  getExternalWorkflowHandle,
  log,
  ParentClosePolicy,
  sleep,
  startChild,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow'
import { returnSeconds } from '#domain/grant.ts'
import { actions, isActing } from '#domain/verification/verification.ts'
import { attributesAtStart, revokeSignal, taskQueues, type VerificationInput } from '../messages.ts'

/** A start is tried this often while an older reset of the same account ends. */
const tries = 20

/**
 * Starts the action that a decision allows. It outlives this workflow (ABANDON) and its id comes from the account, so the
 * server keeps a second one from running beside it. An older one that still waits gets the signal to end first, whatever its
 * purpose.
 */
export const startReset = async (input: VerificationInput, childId: string): Promise<void> => {
  const { tenantId, verificationId, purpose, personId, policyVersion, queuePrefix, lifetimes } = input
  if (!isActing(purpose)) {
    log.error('a child was asked for, and the purpose has none')
    return
  }
  const args = { tenantId, verificationId, personId, policyVersion, queuePrefix }
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    try {
      await startChild(actions[purpose].workflow, {
        workflowId: childId,
        taskQueue: taskQueues(queuePrefix).main,
        parentClosePolicy: ParentClosePolicy.ABANDON,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        typedSearchAttributes: attributesAtStart(purpose, input, new Date(Date.now())),
        args: [{ ...args, grantSeconds: lifetimes.grantSeconds, returning: returningOf(lifetimes) }],
      })
      return
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      await endOlder(childId, verificationId)
      await sleep(500 * attempt)
    }
  }
  log.error('a child could not be started: another one of the same account does not end')
}

/** A participant who has to come back has an hour for it, by links and codes that live as short as the first. */
const returningOf = ({ linkSeconds, codeSeconds }: VerificationInput['lifetimes']) => ({
  linkSeconds,
  codeSeconds,
  seconds: returnSeconds,
})

const endOlder = async (childId: string, verificationId: string): Promise<void> => {
  try {
    await getExternalWorkflowHandle(childId).signal(revokeSignal, {
      reportId: `superseded-by-${verificationId}`,
      reason: 'superseded',
    })
  } catch (error) {
    // It ended by itself in the meantime, which is what we wanted.
    log.info('an older reset had ended already', { error: String((error as Error).name) })
  }
}

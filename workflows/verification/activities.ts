import { proxyActivities } from '@temporalio/workflow'
import { effects } from '../effects.ts'
import { taskQueues } from '../messages.ts'
import type { VerificationActivities } from './activity-types.ts'

/** The verification's activities with timeouts, retries and queue by kind of effect. */
export const activitiesFor = (queuePrefix: string): VerificationActivities => {
  const queues = taskQueues(queuePrefix)
  const { deliverLink, deliverEntryCode, deliverSecondCode, askApprover } =
    proxyActivities<VerificationActivities>({
      ...effects.send,
      taskQueue: queues.delivery,
    })
  const { recordTransition, endFirstApproval } = proxyActivities<VerificationActivities>(effects.record)
  const deciding = proxyActivities<VerificationActivities>(effects.decide)
  const { acceptMatchCode, acceptSecondCode, acceptPasskey, acceptApproverAnswer } = deciding
  const { acceptProviderSignIn, acceptPush, acceptRecoveryCode } = deciding
  const { scoreVerification, recordDecision } = deciding
  return {
    deliverLink,
    deliverEntryCode,
    deliverSecondCode,
    askApprover,
    recordTransition,
    acceptMatchCode,
    acceptSecondCode,
    acceptApproverAnswer,
    acceptPasskey,
    acceptProviderSignIn,
    acceptPush,
    acceptRecoveryCode,
    scoreVerification,
    recordDecision,
    endFirstApproval,
  }
}

import { proxyActivities } from '@temporalio/workflow'
import { effects } from '../effects.ts'
import { taskQueues } from '../messages.ts'
import type { PasswordResetActivities } from './steps.ts'

/** The reset's activities with timeouts, retries and queue by kind of effect. */
export const activitiesFor = (queuePrefix: string): PasswordResetActivities => {
  const { directory } = taskQueues(queuePrefix)
  const { issueGrant, recordAction } = proxyActivities<PasswordResetActivities>(effects.record)
  const { recordIntent, readBack, endSessions, clearLockout } = proxyActivities<PasswordResetActivities>({
    ...effects.readDirectory,
    taskQueue: directory,
  })
  const { setPassword } = proxyActivities<PasswordResetActivities>({
    ...effects.writeDirectory,
    taskQueue: directory,
  })
  return { issueGrant, recordAction, recordIntent, setPassword, readBack, endSessions, clearLockout }
}

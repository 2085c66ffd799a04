import { proxyActivities } from '@temporalio/workflow'
import { effects } from '../effects.ts'
import { taskQueues } from '../messages.ts'
import type { ActionActivities, RegisteredActionActivities, Writes } from './activity-types.ts'

/** The children's activities with timeouts, retries and queue by kind of effect. */
export const activitiesFor = (queuePrefix: string): ActionActivities => {
  const taskQueue = taskQueues(queuePrefix).directory
  const { issueGrant, recordAction } = proxyActivities<RegisteredActionActivities>(effects.record)
  const { recordIntent, readBack, endSessions, clearLockout } = proxyActivities<RegisteredActionActivities>({
    ...effects.readDirectory,
    taskQueue,
  })
  const write = proxyActivities<Writes>({ ...effects.writeDirectory, taskQueue })
  return { issueGrant, recordAction, recordIntent, readBack, endSessions, clearLockout, write }
}

import { proxyActivities } from '@temporalio/workflow'
import { effects } from '../effects.ts'
import { taskQueues } from '../messages.ts'
import type { MaintenanceActivities, MaintenanceAnswer, MaintenanceInput } from './activity-types.ts'

/**
 * One run of what is done at an interval, started by a schedule of Temporal. On a queue of its own, so that a long run keeps no
 * verification waiting.
 */
export async function maintenance(input: MaintenanceInput): Promise<MaintenanceAnswer> {
  const { activity, longestSeconds, queuePrefix } = input
  const activities = proxyActivities<MaintenanceActivities>({
    ...effects.maintain,
    startToCloseTimeout: longestSeconds * 1000,
    taskQueue: taskQueues(queuePrefix).maintenance,
  })
  return activities[activity]()
}

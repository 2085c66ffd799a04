import { Context } from '@temporalio/activity'

/** Which attempt of this activity runs, from 1. */
export const attemptNow = (): number => Context.current().info.attempt

/** Id of the workflow that asked for this activity. */
export const workflowIdNow = (): string => Context.current().info.workflowExecution?.workflowId ?? ''

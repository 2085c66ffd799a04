import { cancellationSignal, Context, heartbeat } from '@temporalio/activity'

/** The attempt of this activity that runs, counted from 1. */
export const attemptNow = (): number => Context.current().info.attempt

/** Id of the workflow that asked for this activity. */
export const workflowIdNow = (): string => Context.current().info.workflowExecution?.workflowId ?? ''

/** A long activity sends its heartbeat this often; its heartbeat timeout is six times as long. */
const beatMs = 5_000

/** Sends heartbeats for this activity until `work` is done. The signal: the run was cancelled, or this process ends. */
export const withHeartbeats = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const beat = setInterval(heartbeat, beatMs)
  try {
    return await work(cancellationSignal())
  } finally {
    clearInterval(beat)
  }
}

import { cancellationSignal, Context, heartbeat } from '@temporalio/activity'

/** Which attempt of this activity runs, from 1. */
export const attemptNow = (): number => Context.current().info.attempt

/** Id of the workflow that asked for this activity. */
export const workflowIdNow = (): string => Context.current().info.workflowExecution?.workflowId ?? ''

/** So often a long activity says that it lives; its heartbeat timeout is six times as long. */
const beatMs = 5_000

/** Tells the server that this process lives while `work` goes on. The signal: the run was cancelled, or this process ends. */
export const withHeartbeats = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  const beat = setInterval(heartbeat, beatMs)
  try {
    return await work(cancellationSignal())
  } finally {
    clearInterval(beat)
  }
}

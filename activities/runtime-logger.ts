import { DefaultLogger, type Logger as TemporalLogger } from '@temporalio/worker'
import type { Logger } from '#platform/server/log.ts'

/** Fields of the runtime's lines that ours may carry. */
type Meta = {
  readonly workflowId?: unknown
  readonly runId?: unknown
  readonly taskQueue?: unknown
  readonly error?: unknown
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Temporal's own lines in our form: constant sentence, ids, and errors by kind and place only (M2). */
export const runtimeLogger = (log: Logger): TemporalLogger =>
  new DefaultLogger('INFO', ({ level, message, meta }) => {
    const { workflowId, runId, taskQueue, error } = (meta ?? {}) as Meta
    const fields = {
      workflowId: text(workflowId),
      runId: text(runId),
      taskQueue: text(taskQueue),
      ...(error === undefined ? {} : { error }),
    }
    // The runtime's own sentence is a code of its kind; what varies stays out.
    const said = { ...fields, reason: message.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 80) }
    if (level === 'ERROR') log.error('temporal runtime', said)
    else if (level === 'WARN') log.warn('temporal runtime', said)
    else log.debug('temporal runtime', said)
  })

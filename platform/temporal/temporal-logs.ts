/** Temporal's client and core write lines of our log: neither writes to the console by itself. */
import type { Logger as TemporalLogger } from '@temporalio/common'
// Not from the package's front: that loads the workers too, 5 MB that the API has no use for.
import { DefaultLogger } from '@temporalio/worker/lib/logger.js'
import { Runtime } from '@temporalio/worker/lib/runtime.js'
import type { Logger } from '../process/log.ts'

/** Fields of the runtime's lines that ours may carry. */
type Meta = {
  readonly workflowId?: unknown
  readonly runId?: unknown
  readonly taskQueue?: unknown
  readonly error?: unknown
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The runtime's own sentence is a code of its kind. What varies, such as an address or a number, holds a digit, a dot or a colon inside. */
const reasonOf = (message: string): string =>
  message
    .split(/\s+/)
    .filter((piece) => !/\d|[.:/@]\S/.test(piece))
    .join(' ')
    .replace(/[^A-Za-z]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)

/** Said at each start of a worker that only acts: it is made so. */
const expected = 'No workflows registered'

/** Temporal's own lines in our form: constant sentence, ids, and errors by kind and place only (M2). */
export const temporalLogger = (log: Logger): TemporalLogger =>
  new DefaultLogger('INFO', ({ level, message, meta }) => {
    const { workflowId, runId, taskQueue, error } = (meta ?? {}) as Meta
    const said = {
      workflowId: text(workflowId),
      runId: text(runId),
      taskQueue: text(taskQueue),
      ...(error instanceof Error ? { error } : {}),
      reason: reasonOf(message),
    }
    if (level === 'ERROR') log.error('temporal runtime', said)
    else if (level === 'WARN' && !message.startsWith(expected)) log.warn('temporal runtime', said)
    else log.debug('temporal runtime', said)
  })

/** Call it before anything connects: the runtime is made by the first that does. */
export const forwardTemporalLogs = (log: Logger): void => {
  Runtime.install({
    logger: temporalLogger(log),
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
  })
}

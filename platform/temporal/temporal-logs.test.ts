import { expect, it } from 'vitest'
import { createLogger } from '../process/log.ts'
import { temporalLogger } from './temporal-logs.ts'

const linesOf = (say: (log: ReturnType<typeof temporalLogger>) => void): Record<string, unknown>[] => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  say(temporalLogger(createLogger({ process: 'worker', level: 'debug', destination })))
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

it('M2: lines of the runtime keep ids and the kind of an error; what varies stays out', () => {
  const [line] = linesOf((log) => {
    log.error('Workflow failed: +447700900123', {
      workflowId: 'w',
      runId: 7,
      taskQueue: 'q',
      secret: 'canary',
      error: new TypeError('canary'),
    })
  })
  expect(line).toMatchObject({
    message: 'temporal runtime',
    workflowId: 'w',
    taskQueue: 'q',
    reason: 'Workflow-failed',
  })
  expect(line).not.toHaveProperty('runId')
  expect(JSON.stringify(line)).not.toContain('canary')
})

it('levels are kept: information is for debugging only', () => {
  const levels = linesOf((log) => {
    log.error('a')
    log.warn('b')
    log.info('c')
    log.debug('d')
  }).map(({ level }) => level)
  expect(levels).toEqual(['error', 'warn', 'debug'])
})

it('M2: addresses in the sentences of Temporal’s core are withheld, whatever form they have', () => {
  const lines = linesOf((log) => {
    log.warn(
      'gRPC call poll_workflow_task_queue retried 7 times to http://temporal.test:7233 (10.1.2.3:7233)',
      {
        error: 'Status { message: "tcp connect error 10.1.2.3:7233" }',
      },
    )
    log.error('connect [::1]:7233 failed for temporal.test:7233, user@host: gone')
  })
  expect(lines.map(({ reason }) => reason)).toEqual([
    'gRPC-call-poll-workflow-task-queue-retried-times-to',
    'connect-failed-for-gone',
  ])
  expect(JSON.stringify(lines)).not.toMatch(/7233|10\.1|temporal\.test|user@/)
})

it('a worker without workflows is made so, and is no warning', () => {
  const lines = linesOf((log) => {
    log.warn('No workflows registered, not polling for workflow tasks')
  })
  expect(lines.map(({ level }) => level)).toEqual(['debug'])
})

import { expect, it } from 'vitest'
import { createLogger } from '#platform/server/log.ts'
import { runtimeLogger } from './runtime-logger.ts'

const linesOf = (say: (log: ReturnType<typeof runtimeLogger>) => void): Record<string, unknown>[] => {
  const lines: string[] = []
  const destination = { write: (line: string) => void lines.push(line) }
  say(runtimeLogger(createLogger({ process: 'worker', level: 'debug', destination })))
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
    reason: 'Workflow-failed-447700900123',
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

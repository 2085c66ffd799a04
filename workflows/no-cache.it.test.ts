import { DefaultLogger, Runtime } from '@temporalio/worker'
import { describe, expect, inject, it } from 'vitest'
import { useTestServer } from './testing/test-server.ts'
import { expectAsRecorded } from './testing/recording.ts'
import { stories } from './testing/stories.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })

const server = useTestServer(() => inject('temporalAddress'))

/** TASK_QUEUE_KIND_STICKY: a task for the worker that has the workflow in its memory. */
const sticky = 2

describe.concurrent.each(stories.filter(({ runs = 1 }) => runs === 1))(
  'without a cache: $type $name',
  (story) => {
    it('comes to the same by replaying its whole history at every task', async () => {
      const runs = await expectAsRecorded({ ...server(), maxCachedWorkflows: 0 }, story, false)
      const kinds = runs
        .flatMap(({ history }) => history.events ?? [])
        .flatMap(({ workflowTaskScheduledEventAttributes: task }) => (task ? [task.taskQueue?.kind] : []))
      expect(kinds.length).toBeGreaterThan(1)
      expect(kinds).not.toContain(sticky)
    })
  },
)

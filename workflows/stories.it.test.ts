import { DefaultLogger, Runtime } from '@temporalio/worker'
import { describe, inject, it } from 'vitest'
// Makes the engines' addresses known to vitest's types.
import type {} from '#dev/stack/testing/stack.ts'
import { useTestServer } from './testing/test-server.ts'
import { expectAsRecorded } from './testing/recording.ts'
import { stories } from './testing/stories.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })

const server = useTestServer(() => inject('temporalAddress'))

describe.concurrent.each(stories.filter(({ runs = 1 }) => runs === 1))('$type $name', (story) => {
  it('runs on the real server, replays itself, and asks for what it always asked for', async () => {
    await expectAsRecorded(server(), story)
  })
})

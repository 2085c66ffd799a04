import { randomBytes, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Client } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
// Makes the engines' addresses known to vitest's types.
import type {} from '#platform/embedded/testing/stack.ts'
import { createWorkers } from '#activities/worker.ts'
import { buildBundle } from '#activities/testing/bundle.ts'
import { until } from '#activities/testing/until.ts'
import { resetViewQuery, taskQueues, viewQuery, workflowId, workflowTypes } from './messages.ts'
import { commandsOf, historyConverter, historyKeys, readCommands, writeHistory } from './testing/history.ts'
import { createMocks } from './testing/mocks.ts'
import { stories } from './testing/stories.ts'
import type { Story } from './testing/story.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })

/** Set to record all histories anew; do so only where a release has changed the stories on purpose. */
const isRecording = process.env['RECORD_HISTORIES'] === '1'

let connection: NativeConnection
let bundlePath: string

beforeAll(async () => {
  connection = await NativeConnection.connect({ address: inject('temporalAddress') })
  bundlePath = await buildBundle()
})
afterAll(async () => {
  await connection.close()
  rmSync(dirname(bundlePath), { recursive: true, force: true })
})

const inputOf = (story: Story, tenantId: string, verificationId: string, queuePrefix: string) =>
  story.type === 'verification'
    ? {
        tenantId,
        verificationId,
        purpose: story.purpose ?? 'identity_check',
        tier: 'standard',
        policyVersion: 3,
        personId: 'person-1',
        referrer: { kind: 'agent', id: 'agent-1' },
        channel: 'sms',
        contactId: 'contact-1',
        contactMasked: '••• 42',
        ticket: 'INC-7',
        lifetimes: {
          linkSeconds: 600,
          codeSeconds: 600,
          verificationSeconds: story.seconds ?? 3600,
          grantSeconds: 900,
        },
        queuePrefix,
      }
    : {
        tenantId,
        verificationId,
        personId: 'person-1',
        policyVersion: 3,
        grantSeconds: story.seconds ?? 900,
        queuePrefix,
      }

/** Plays a story on the real server; gives its history and the ids that differ from run to run. */
const play = async (story: Story) => {
  const prefix = `t-${randomBytes(4).toString('hex')}`
  const [tenantId, verificationId] = [randomUUID(), randomUUID()]
  const kind = story.type === 'verification' ? 'verification' : 'password-reset'
  const childId = workflowId(tenantId, 'password-reset', randomUUID())
  const script =
    story.name === 'acts'
      ? { ...story.script, recordDecision: { refusal: null, moves: ['approve'] as const, childId } }
      : story.script
  const namespace = inject('temporalNamespace')
  const settings = { connection, namespace, taskQueuePrefix: prefix, codecKeys: historyKeys, bundlePath }
  const workers = await createWorkers({ ...settings, maxActivities: 4 }, createMocks(script))
  const done = workers.run()
  const client = new Client({ connection, namespace, dataConverter: historyConverter })
  const id = workflowId(tenantId, kind, verificationId)
  const handle = await client.workflow.start(workflowTypes[story.type], {
    workflowId: id,
    taskQueue: taskQueues(prefix).main,
    args: [inputOf(story, tenantId, verificationId, prefix)],
  })
  const stateNow = async (): Promise<string> =>
    story.type === 'verification'
      ? (await handle.query(viewQuery)).state
      : (await handle.query(resetViewQuery)).action
  await story.play({ handle, reaches: (state) => until(async () => (await stateNow()) === state) })
  await handle.result()
  const history = await handle.fetchHistory()
  workers.shutdown()
  await done
  const runId = (await handle.describe()).runId
  const ids = {
    [childId]: 'CHILD',
    [tenantId]: 'TENANT',
    [verificationId]: 'VERIFICATION',
    [prefix]: 'PREFIX',
    [runId]: 'RUN',
  }
  return { history, commands: await commandsOf(history, ids), id }
}

describe.each(stories)('$type $name', (story) => {
  it('runs on the real server, replays itself, and asks for what it always asked for', async () => {
    const { history, commands, id } = await play(story)
    const bundle = { workflowBundle: { codePath: bundlePath }, dataConverter: historyConverter }
    await Worker.runReplayHistory(bundle, history, id)
    if (isRecording) writeHistory(story.type, story.name, history, commands)
    expect(commands).toEqual(readCommands(story.type, story.name))
  })
})

import { randomBytes, randomUUID } from 'node:crypto'
import { Client } from '@temporalio/client'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createWorkers } from '#activities/worker.ts'
import { cacheFolder, openDataFolder } from '#dev/stack/data-folder.ts'
import { pickFreePort } from '#dev/stack/ports.ts'
import { startTemporal, type RunningTemporal } from '#dev/stack/engines/temporal.ts'
import {
  deliveryReportedSignal,
  openUpdate,
  resendUpdate,
  searchAttributes,
  taskQueues,
  viewQuery,
  workflowId,
  workflowTypes,
} from './messages.ts'
import { historyConverter, historyKeys, readHistory, type History } from './testing/history.ts'
import { useTestServer } from './testing/test-server.ts'
import { createMocks } from './testing/mocks.ts'
import { inputOf } from './testing/play.ts'
import { expectAsRecorded } from './testing/recording.ts'
import { stories } from './testing/stories.ts'
import { longestHistory, recordingsOf } from './testing/story.ts'
import type { RecordTransitionInput } from './verification/activity-types.ts'

// The twin makes the runtime complain, as it should.
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } })

// A server of its own: elsewhere it takes thousands of events until a history is called long.
let server: RunningTemporal | undefined
beforeAll(async () => {
  server = await startTemporal({
    cacheDir: cacheFolder(openDataFolder(process.env['COUNTERSIGN_DATA'])),
    port: await pickFreePort(),
    namespace: inject('temporalNamespace'),
    dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': longestHistory },
    notify: () => undefined,
  })
})
afterAll(() => server?.stop())
const testServer = useTestServer(() => server?.address ?? '')

describe.each(stories.filter(({ runs = 1 }) => runs > 1))('a long history: $type $name', (story) => {
  it('continues in a new run, which replays itself and asks for what it always asked for', async () => {
    await expectAsRecorded(testServer(), story)
  })

  it('comes to the same without a cache', async () => {
    await expectAsRecorded({ ...testServer(), maxCachedWorkflows: 0 }, story, false)
  })

  it('hands over what is tested: without what was handed over the next run does not replay', async () => {
    const [first = '', next = ''] = recordingsOf(story)
    const history = readHistory(next)
    startOf(history).input = startOf(readHistory(first)).input ?? null
    const bundle = { workflowBundle: { codePath: testServer().bundlePath }, dataConverter: historyConverter }
    await expect(Worker.runReplayHistory(bundle, history)).rejects.toMatchObject({
      name: 'DeterminismViolationError',
    })
  })
})

const startOf = (history: History) => history.events?.[0]?.workflowExecutionStartedEventAttributes ?? {}

/** Plays a verification whose history is handed over again and again while messages keep coming. */
const openLongCase = async () => {
  const prefix = `t-${randomBytes(4).toString('hex')}`
  const [tenantId, verificationId] = [randomUUID(), randomUUID()]
  const recorded: RecordTransitionInput[] = []
  let links = 0
  const mocks = createMocks({})
  const { connection, namespace, bundlePath } = testServer()
  const settings = { connection, namespace, bundlePath, taskQueuePrefix: prefix, codecKeys: historyKeys }
  const workers = await createWorkers(
    { ...settings, maxActivities: 4 },
    {
      ...mocks,
      recordTransition: (input) => {
        recorded.push(input)
        return mocks.recordTransition(input)
      },
      deliverLink: (input) => {
        links += 1
        return mocks.deliverLink(input)
      },
    },
  )
  const done = workers.run()
  const { workflow } = new Client({ connection, namespace, dataConverter: historyConverter })
  const id = workflowId(tenantId, 'verification', verificationId)
  await workflow.start(workflowTypes.verification, {
    workflowId: id,
    taskQueue: taskQueues(prefix).main,
    args: [inputOf({ type: 'verification' }, tenantId, verificationId, prefix)],
  })
  const handle = workflow.getHandle(id)
  await handle.executeUpdate(openUpdate, { updateId: 'open' })
  return {
    handle,
    recorded,
    links: () => links,
    runId: async () => (await handle.describe()).runId,
    end: async () => {
      workers.shutdown()
      await done
    },
  }
}

describe('messages while one run hands over to the next', { timeout: 120_000 }, () => {
  const [waves, together] = [6, 4]
  const target = { channel: 'email', contactId: 'contact-2', contactMasked: 'j•••@•••' } as const
  const actor = { kind: 'agent', id: 'agent-1' } as const

  it('each is dealt with once, each caller has the one answer, and records stay in order', async () => {
    const long = await openLongCase()
    try {
      await playWaves(long)
    } finally {
      await long.end()
    }
  })

  const playWaves = async ({ handle, recorded, links, runId }: Awaited<ReturnType<typeof openLongCase>>) => {
    const report = (reportId: string) =>
      handle.signal(deliveryReportedSignal, { reportId, deliveryId: 'other', status: 'delivered' })
    const resend = (updateId: string) =>
      handle.executeUpdate(resendUpdate, { args: [{ ...target, actor }], updateId })
    const firstRun = await runId()
    const numbers = Array.from({ length: waves * together }, (_, index) => String(index))
    const once: Awaited<ReturnType<typeof resend>>[] = []
    for (let wave = 0; wave < waves; wave += 1) {
      const ofWave = numbers.slice(wave * together, (wave + 1) * together)
      const answers = ofWave.map(async (number) => {
        await report(`report-${number}`)
        const [answer, repeated] = await Promise.all([resend(`resend-${number}`), resend(`resend-${number}`)])
        await report(`report-${number}`)
        expect(repeated).toEqual(answer)
        return answer
      })
      once.push(...(await Promise.all(answers)))
    }
    // Their runs have ended; the same requests come again.
    expect(await Promise.all(numbers.map((number) => resend(`resend-${number}`)))).toEqual(once)
    expect(await runId()).not.toBe(firstRun)
    expect(links()).toBe(1 + numbers.length)
    const ordinals = once.map(({ linkOrdinal }) => linkOrdinal).sort((a, b) => a - b)
    expect(ordinals).toEqual(numbers.map((number) => Number(number) + 2))
    const reports = recorded.flatMap(({ deliveryReports = [] }) => deliveryReports.map((one) => one.reportId))
    expect(reports.sort()).toEqual(numbers.map((number) => `report-${number}`).sort())
    const moves = recorded.flatMap((input) => input.moves.map(({ seq }) => seq))
    expect(moves).toEqual(Array.from({ length: 2 + numbers.length }, (_, index) => index + 1))
    const runs = new Map(recorded.map(({ case: { run } }) => [run.id, run.startedAt]))
    expect(runs.size).toBeGreaterThan(3)
    expect([...runs.values()]).toEqual([...runs.values()].sort())
    expect(new Set(recorded.map(({ case: of }) => `${of.createdAt} ${of.expiresAt}`)).size).toBe(1)
    expect((await handle.query(viewQuery)).seq).toBe(2 + numbers.length)
    const { typedSearchAttributes } = await handle.describe()
    expect(typedSearchAttributes.get(searchAttributes.state)).toBe('link_sent')
    await handle.terminate()
  }
})

/** Plays a story on a real server, with activities that answer as it says. */
import { randomBytes, randomUUID } from 'node:crypto'
import { Client, type WorkflowFailedError } from '@temporalio/client'
import { CancelledFailure } from '@temporalio/common'
import type { NativeConnection } from '@temporalio/worker'
import { until } from '#activities/testing/until.ts'
import { createWorkers } from '#activities/worker.ts'
import {
  resetViewQuery,
  searchAttributes,
  taskQueues,
  viewQuery,
  workflowId,
  workflowTypes,
} from '../messages.ts'
import { commandsOf, historyConverter, historyKeys, type History } from './history.ts'
import { createMocks } from './mocks.ts'
import type { Story } from './story.ts'

/** The server that stories are played on. `maxCachedWorkflows` 0: every task begins with the whole history. */
export type TestServer = {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly bundlePath: string
  readonly maxCachedWorkflows?: number
}

type HistoryEvent = NonNullable<History['events']>[number]

/** One run of a story: its history, and the commands in it with the ids that differ from time to time named. */
export type PlayedRun = { readonly runId: string; readonly history: History; readonly commands: unknown[] }

/** The input of a story's workflow. */
export const inputOf = (
  story: Pick<Story, 'type' | 'seconds' | 'purpose' | 'referrer' | 'returns'>,
  tenantId: string,
  verificationId: string,
  queuePrefix: string,
) =>
  story.type === 'maintenance'
    ? { activity: 'keepQuestionLists', longestSeconds: 1_200, queuePrefix }
    : story.type === 'directorySearch'
      ? { tenantId, searchId: verificationId, sealedWords: 'c2VhbGVk', queuePrefix }
      : story.type === 'verification'
        ? {
            tenantId,
            verificationId,
            purpose: story.purpose ?? 'identity_check',
            tier: 'standard',
            policyVersion: 3,
            personId: 'person-1',
            referrer: {
              kind: story.referrer ?? 'agent',
              id: story.referrer === undefined ? 'agent-1' : 'client-1',
            },
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
            returning: { linkSeconds: 600, codeSeconds: 600, seconds: story.returns ?? 900 },
          }

/** The kind of a story's workflow, as its id names it: every action of an account has the same. */
const kindOf = (type: Exclude<Story['type'], 'maintenance'>) => {
  if (type === 'verification') return type
  return type === 'directorySearch' ? 'directory-search' : 'password-reset'
}

/** The id of the run that took over; undefined where the workflow ended. */
const nextRunOf = (history: History): string | undefined =>
  history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId ?? undefined

/** Plays a story to its end; gives its runs, oldest first. */
export const play = async (server: TestServer, story: Story): Promise<PlayedRun[]> => {
  const { connection, namespace } = server
  const prefix = `t-${randomBytes(4).toString('hex')}`
  const [tenantId, verificationId] = [randomUUID(), randomUUID()]
  const childId = workflowId(tenantId, 'password-reset', randomUUID())
  const script =
    story.name === 'acts'
      ? { ...story.script, recordDecision: { refusal: null, moves: ['approve'] as const, childId } }
      : story.script
  const settings = { ...server, taskQueuePrefix: prefix, codecKeys: historyKeys, maxActivities: 4 }
  let giveCue = (): void => undefined
  const cue = new Promise<void>((resolve) => {
    giveCue = resolve
  })
  const workers = await createWorkers(settings, createMocks(script, cue))
  const done = workers.run()
  const { workflow } = new Client({ connection, namespace, dataConverter: historyConverter })
  const id =
    story.type === 'maintenance'
      ? `${prefix}-maintenance-question-lists`
      : workflowId(tenantId, kindOf(story.type), verificationId)
  const handle = await workflow.start(workflowTypes[story.type], {
    workflowId: id,
    taskQueue: taskQueues(prefix).main,
    args: [inputOf(story, tenantId, verificationId, prefix)],
  })
  const stateAsked = async (): Promise<string> =>
    story.type === 'verification'
      ? (await handle.query(viewQuery)).state
      : (await handle.query(resetViewQuery)).action
  const stateShown = async () => (await handle.describe()).typedSearchAttributes.get(searchAttributes.state)
  // A query is a task of its own. Beside it a worker that keeps nothing in memory may lose the task that is under way, which
  // the server gives out again after ten seconds.
  const stateNow = server.maxCachedWorkflows === 0 ? stateShown : stateAsked
  const eventsOf = async (isMeant: (event: HistoryEvent) => boolean): Promise<HistoryEvent[]> =>
    (await workflow.getHandle(id).fetchHistory()).events?.filter(isMeant) ?? []
  const happened = (isMeant: (event: HistoryEvent) => boolean, times = 1): Promise<void> =>
    until(async () => (await eventsOf(isMeant)).length >= times)
  await story.play({
    handle: workflow.getHandle(id),
    reaches: (state) => until(async () => (await stateNow()) === state),
    hasAsked: (activity, times) =>
      happened(({ activityTaskScheduledEventAttributes: of }) => of?.activityType?.name === activity, times),
    hasBegun: () => happened(({ workflowTaskCompletedEventAttributes: of }) => of != null),
    hasFailed: () =>
      until(async () => {
        const events = await eventsOf(() => true)
        const failed = events.findIndex(({ activityTaskFailedEventAttributes: of }) => of != null)
        return (
          failed >= 0 &&
          events.slice(failed).some(({ workflowTaskCompletedEventAttributes: of }) => of != null)
        )
      }),
    hasRung: () => happened(({ timerFiredEventAttributes: of }) => of != null),
    giveCue,
    isHandedOver: (lengthen) => {
      let waited = Date.now()
      return until(async () => {
        if ((await workflow.getHandle(id).describe()).runId !== handle.firstExecutionRunId) return true
        if (Date.now() - waited < 2000) return false
        await lengthen()
        waited = Date.now()
        return false
      })
    },
  })
  const ended = await handle.result().then(
    () => 'completed',
    (error: unknown) =>
      (error as WorkflowFailedError).cause instanceof CancelledFailure ? 'cancelled' : error,
  )
  if (ended !== (story.isCancelled ? 'cancelled' : 'completed'))
    throw new Error(`it ended as ${String(ended)}`)
  workers.shutdown()
  await done
  const histories: { runId: string; history: History }[] = []
  for (let runId: string | undefined = handle.firstExecutionRunId; runId !== undefined;) {
    const history = await workflow.getHandle(id, runId).fetchHistory()
    histories.push({ runId, history })
    runId = nextRunOf(history)
  }
  const ids = {
    [childId]: 'CHILD',
    [tenantId]: 'TENANT',
    [verificationId]: 'VERIFICATION',
    [prefix]: 'PREFIX',
    ...Object.fromEntries(histories.map(({ runId }) => [runId, 'RUN'])),
  }
  return Promise.all(histories.map(async (run) => ({ ...run, commands: await commandsOf(run.history, ids) })))
}

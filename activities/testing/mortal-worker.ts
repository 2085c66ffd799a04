/**
 * A worker process that kills itself (SIGKILL) at one point, for `kill.it.test.ts`. Told by its environment:
 * WORLD (JSON) and, where it is to die, KILL_AT = `<activity>:<before|sending|sent|after>`, or a point of the loop for pushes.
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { connect } from '#platform/database/connect.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import { caseWorkflowsOver } from '#platform/temporal/temporal-cases.ts'
import { connectTemporal } from '#platform/temporal/temporal.ts'
import { createActivities, type Activities } from '../index.ts'
import { runLoop } from '../maintenance/loop.ts'
import { reconcile } from '../maintenance/reconcile.ts'
import { watchPushes } from '../maintenance/watch-pushes.ts'
import { noNumberCheck } from '../number-check/none.ts'
import type { Messenger } from '../ports.ts'
import type { PushService } from '../push/port.ts'
import { createWorkers } from '../worker.ts'
import { loggedWorld } from './logged-world.ts'
import { testWorldDeps } from './test-world-deps.ts'

/** A mortal worker gets these settings. */
export type MortalWorld = {
  /** This program, bundled. */
  readonly program: string
  readonly databaseUrl: string
  readonly temporalAddress: string
  readonly namespace: string
  readonly prefix: string
  readonly keyFile: string
  readonly bundlePath: string
  /** Each message that went out is a line here. */
  readonly outbox: string
  /** The organisation whose service for pushes approves everything, and whose loop runs here; absent: neither. */
  readonly pushesOf?: string
  /** The organisation whose directory `corp` has a log; absent: none has. */
  readonly logOf?: string
  /** The person who signs in there. */
  readonly signsIn?: string
}

const world = JSON.parse(process.env['WORLD'] ?? '{}') as MortalWorld
const [killActivity, killPoint] = (process.env['KILL_AT'] ?? '').split(':')

const dieAt = (activity: string, point: string): void => {
  if (activity === killActivity && point === killPoint) process.kill(process.pid, 'SIGKILL')
}

const mortal = (activities: Activities): Activities =>
  Object.fromEntries(
    Object.entries(activities).map(([name, work]) => [
      name,
      async (input: never) => {
        dieAt(name, 'before')
        const answer: unknown = await work(input)
        dieAt(name, 'after')
        return answer
      },
    ]),
  ) as unknown as Activities

const messenger: Messenger = {
  send: (message) => {
    dieAt('deliverLink', 'sending')
    appendFileSync(world.outbox, `${JSON.stringify(message)}\n`)
    dieAt('deliverLink', 'sent')
    return Promise.resolve({ kind: 'accepted', providerId: `fake-${message.reference}` })
  },
}

Runtime.install({ logger: new DefaultLogger('ERROR') })
const keys = loadKeys(world.keyFile, 'worker')
const db = connect({
  url: world.databaseUrl,
  max: 6,
  applicationName: 'mortal-worker',
  statementTimeoutMs: 8_000,
})
/** Each push that the service takes is a line of the outbox, and is approved at the first look. */
const pushService: PushService = {
  send: ({ login, text }) => {
    dieAt('push', 'sending')
    appendFileSync(world.outbox, `${JSON.stringify({ to: `push ${login}`, text })}\n`)
    dieAt('push', 'sent')
    return Promise.resolve({ kind: 'sent', transaction: randomUUID(), devices: ['PUSH01'], number: null })
  },
  look: () => {
    dieAt('push', 'looked')
    return Promise.resolve('approved')
  },
}
const { pushesOf, logOf, signsIn = '' } = world
const deps = {
  ...testWorldDeps(
    ...([db, keys, messenger, noNumberCheck, undefined] as const),
    new Map(pushesOf === undefined ? [] : [[pushesOf, pushService]]),
  ),
  ...(logOf === undefined ? {} : loggedWorld(logOf, signsIn, () => dieAt('log', 'read'))),
}

/** The loops of a worker for pushes, with less patience: the tests have none. */
const runPushes = async (tenantId: string): Promise<void> => {
  const { temporalAddress: address, namespace } = world
  const workflows = caseWorkflowsOver(await connectTemporal({ address, namespace, codecKeys: keys.codec }))
  const answersCompleted: typeof workflows.answersCompleted = (...said) => {
    dieAt('push', 'told')
    return workflows.answersCompleted(...said)
  }
  const work = async (): Promise<void> => {
    await watchPushes({ ...deps, workflows: { answersCompleted } }, tenantId, { rest: 100, lostAfter: 2 })
    await reconcile({ ...deps, workflows }, tenantId, { workflow: 2, signal: 2 })
  }
  void runLoop({ name: 'pushes', everyMs: 200, work }, deps.log, new AbortController().signal)
}
if (pushesOf !== undefined) await runPushes(pushesOf)
const workers = await createWorkers(
  {
    connection: await NativeConnection.connect({ address: world.temporalAddress }),
    namespace: world.namespace,
    taskQueuePrefix: world.prefix,
    codecKeys: keys.codec,
    bundlePath: world.bundlePath,
    maxActivities: 4,
  },
  mortal(createActivities(deps)),
)
await workers.run()
await db.close()

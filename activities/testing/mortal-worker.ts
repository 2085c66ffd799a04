/**
 * A worker process that kills itself (SIGKILL) at one point, for `kill.it.test.ts`. Told by its environment:
 * WORLD (JSON) and, where it is to die, KILL_AT = `<activity>:<before|sending|sent|after>`.
 */
import { appendFileSync } from 'node:fs'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'
import { connect } from '#platform/database/connect.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import { createActivities, type Activities } from '../index.ts'
import type { Messenger } from '../ports.ts'
import { createWorkers } from '../worker.ts'
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
const workers = await createWorkers(
  {
    connection: await NativeConnection.connect({ address: world.temporalAddress }),
    namespace: world.namespace,
    taskQueuePrefix: world.prefix,
    codecKeys: keys.codec,
    bundlePath: world.bundlePath,
    maxActivities: 4,
  },
  mortal(createActivities(testWorldDeps(db, keys, messenger))),
)
await workers.run()
await db.close()

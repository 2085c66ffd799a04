/** A test world is everything that a story on real servers needs: database, Temporal, workers with our activities, the API's port. */
import { randomBytes } from 'node:crypto'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { afterAll, beforeAll, inject } from 'vitest'
import { useDatabase, type OpenDatabase } from '#platform/database/testing/open.ts'
import { testKeys } from '#platform/database/testing/factories.ts'
import {
  connectTemporal,
  verificationsOver,
  type TemporalClient,
  type Verifications,
} from '#platform/temporal/temporal.ts'
import { createLogger } from '#platform/process/log.ts'
import { createActivities, type Activities } from '../index.ts'
import type { ActivityDeps } from '../ports.ts'
import type { PushService } from '../push/port.ts'
import { createWorkers, type Workers } from '../worker.ts'
import { testWorldDeps } from './test-world-deps.ts'
import { createFakeCarrier, createFakeMessenger, type FakeCarrier, type FakeMessenger } from './fakes.ts'

// Once per process and before any connection; only what looks like a fault is printed.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
})

/** The parts that a story works with. */
export type TestWorld = {
  readonly database: OpenDatabase
  readonly keys: ReturnType<typeof testKeys>
  readonly messenger: FakeMessenger
  readonly carrier: FakeCarrier
  /** The services for pushes, by tenant; a story connects its own. */
  readonly pushes: Map<string, PushService>
  /** The lines that the worker logged. */
  readonly lines: string[]
  readonly verifications: Verifications
  readonly temporal: TemporalClient
  readonly prefix: string
  readonly deps: ActivityDeps
  /** Stops the workers; what needs them waits until they are started again. */
  stopWorkers(): Promise<void>
  startWorkers(): Promise<void>
}

/** Opens a test world before the file's tests and closes it after them. `change` puts doubles in place of activities. */
export const useTestWorld = (change: (activities: Activities) => Activities = (own) => own): TestWorld => {
  const database = useDatabase()
  const keys = testKeys()
  const messenger = createFakeMessenger()
  const carrier = createFakeCarrier()
  const pushes: TestWorld['pushes'] = new Map()
  const lines: string[] = []
  const log = createLogger({
    process: 'worker',
    level: 'info',
    destination: { write: (line: string) => void lines.push(line) },
  })
  const prefix = `t-${randomBytes(4).toString('hex')}`
  let open: { temporal: TemporalClient; verifications: Verifications; deps: ActivityDeps }
  let running: { workers: Workers; done: Promise<void> } | undefined

  const startWorkers = async (): Promise<void> => {
    const settings = {
      connection: open.temporal.connection,
      namespace: inject('temporalNamespace'),
      taskQueuePrefix: prefix,
      codecKeys: keys.worker.codec,
      bundlePath: inject('workflowBundle'),
      maxActivities: 4,
    }
    const workers = await createWorkers(settings, change(createActivities(open.deps)))
    running = { workers, done: workers.run() }
  }
  const stopWorkers = async (): Promise<void> => {
    running?.workers.shutdown()
    await running?.done
    running = undefined
  }
  beforeAll(async () => {
    const address = inject('temporalAddress')
    const namespace = inject('temporalNamespace')
    const codecKeys = keys.api.codec
    const temporal = await connectTemporal({ address, namespace, codecKeys })
    const verifications = verificationsOver(temporal, {
      address,
      namespace,
      keys: keys.api,
      taskQueuePrefix: prefix,
      // A story goes on with the answer: "not yet" would be another story, and a slow machine may not tell it.
      updateDeadlineMs: 80_000,
    })
    open = {
      temporal,
      verifications,
      deps: testWorldDeps(database.worker, keys.worker, messenger, carrier, log, pushes),
    }
    await startWorkers()
  })
  afterAll(async () => {
    await stopWorkers()
    await open.temporal.connection.close()
  })
  return {
    database,
    keys,
    messenger,
    carrier,
    pushes,
    lines,
    prefix,
    startWorkers,
    stopWorkers,
    get verifications() {
      return open.verifications
    },
    get temporal() {
      return open.temporal
    },
    get deps() {
      return open.deps
    },
  }
}

/** Verifications on real servers whose workers are processes of their own, so that they can be killed. */
import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { createKeyFiles } from '#platform/crypto/key-files.ts'
import { loadKeys } from '#platform/crypto/keys.ts'
import { useDatabase } from '#platform/database/testing/open.ts'
import { connectTemporal, verificationsOver, type TemporalClient } from '#platform/temporal/temporal.ts'
import type { VerificationInput } from '#workflows/messages.ts'
import { createPortal, inputFor, makeCase, type CaseOptions, type TestKeys } from './case.ts'
import type { MortalWorld } from './mortal-worker.ts'
import { plainPolicy } from './play.ts'
import { until } from './until.ts'
import { isLongRun } from '#platform/testing/long-run.ts'
import { useProgram } from '#platform/testing/use-program.ts'

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } })

/**
 * Points at which a worker dies: before and after each activity in `npm run test:long`, and on one side of each, by turns, in
 * `npm test`.
 */
export const around = (names: readonly string[]): readonly string[] =>
  names
    .flatMap((name) => [`${name}:before`, `${name}:after`])
    .filter((_, index) => isLongRun || index % 4 === 0 || index % 4 === 3)

/** Starts a worker process that dies at a point, or never by itself where that is empty. */
export const startWorker = (world: MortalWorld, killAt = ''): ChildProcess =>
  fork(world.program, [], {
    env: { ...process.env, WORLD: JSON.stringify(world), KILL_AT: killAt },
  })

/** A worker that dies at a point, and one that takes over the moment it is dead. */
export const startWorkers = (world: MortalWorld, killAt: string) => {
  const life: { died: boolean; isOver: boolean; child: ChildProcess | undefined } = {
    died: false,
    isOver: false,
    child: undefined,
  }
  const start = (at: string): void => {
    life.child = startWorker(world, at)
    life.child.once('exit', () => {
      if (life.isOver || life.died) return
      life.died = true
      start('')
    })
  }
  start(killAt)
  const end = (): void => {
    life.isOver = true
    life.child?.kill('SIGKILL')
  }
  return { died: () => life.died, end }
}

/** Opens what all scenes of a file share. */
export const useMortalScenes = () => {
  const database = useDatabase()
  const program = useProgram(new URL('./mortal-worker.ts', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'countersign-kill-'))
  let keys: TestKeys
  let temporal: TemporalClient
  const [address, namespace] = [() => inject('temporalAddress'), () => inject('temporalNamespace')]

  beforeAll(async () => {
    const files = createKeyFiles(join(folder, 'keys'))
    keys = { api: loadKeys(files.api, 'api'), worker: loadKeys(files.worker, 'worker') }
    const codecKeys = keys.api.codec
    temporal = await connectTemporal({ address: address(), namespace: namespace(), codecKeys })
  })
  afterAll(async () => {
    await temporal.connection.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** An organisation with one participant, queues of its own, and no worker yet. */
  const openScene = async (
    purpose: VerificationInput['purpose'],
    policy: CaseOptions['policy'] = plainPolicy,
    change: Partial<VerificationInput> = {},
    hasPushes = false,
  ) => {
    const of = await makeCase(database.owner, keys, { policy })
    const prefix = `t-${randomBytes(4).toString('hex')}`
    const outbox = join(folder, `${prefix}.log`)
    const world: MortalWorld = {
      program: program(),
      databaseUrl: database.addresses.workerUrl,
      temporalAddress: address(),
      namespace: namespace(),
      prefix,
      keyFile: join(folder, 'keys', 'worker.json'),
      bundlePath: inject('workflowBundle'),
      outbox,
      ...(hasPushes && { pushesOf: of.tenantId }),
    }
    /** The port, which waits for an answer so long. */
    const portOf = (updateDeadlineMs: number) =>
      verificationsOver(temporal, {
        address: address(),
        namespace: namespace(),
        taskQueuePrefix: prefix,
        keys: keys.api,
        updateDeadlineMs,
      })
    const port = portOf(80_000)
    const input = inputFor(of, { purpose, ...change })
    const ref = { tenantId: of.tenantId, verificationId: input.verificationId }
    const portal = createPortal(database.api, keys, of, ref.verificationId)
    const messages = () =>
      existsSync(outbox)
        ? readFileSync(outbox, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as { to: string; text: string })
        : []
    const count = async (sql: string): Promise<number> =>
      (await database.owner.one<{ n: number }>(sql, [ref.verificationId]))?.n ?? -1
    const state = async (table: string): Promise<string> => {
      const column = table === 'verifications' ? 'id' : 'verification_id'
      const sql = `select state from ${table} where ${column} = $1`
      return (await database.owner.one<{ state: string }>(sql, [ref.verificationId]))?.state ?? ''
    }
    const { owner, api } = database
    return { owner, api, keys, temporal, of, world, input, ref, portal, port, portOf, messages, count, state }
  }
  return openScene
}

/** One scene. */
export type Scene = Awaited<ReturnType<ReturnType<typeof useMortalScenes>>>

/** Types the match code that the message leads to. */
export const typeCode = async ({ port, ref, portal, messages }: Scene): Promise<void> => {
  const token = /#([\w-]{43})/.exec(messages()[0]?.text ?? '')?.[1] ?? ''
  const typed = await portal.typeMatchCode(token)
  expect(await port.submitMatchCode(ref, typed)).toMatchObject({ value: { accepted: true } })
  await portal.sendReport()
}

/** From the typed code to the decision. */
export const completeAndDecide = async (scene: Scene): Promise<void> => {
  const { port, ref, portal, of } = scene
  await port.answersCompleted(ref, randomUUID())
  await until(async () => (await scene.state('verifications')) === 'awaiting_decision')
  const said = await portal.approvedBy(of.agent.id)
  expect(await port.decide(ref, said, { requestId: randomUUID() })).toMatchObject({
    value: { outcome: 'passed', refusal: null },
  })
}

/** Whatever died: every effect is there once, and every event of it once. */
export const expectOnce = async (scene: Scene): Promise<void> => {
  for (const table of ['links', 'deliveries', 'portal_sessions', 'plans', 'scorings']) {
    expect(await scene.count(`select count(*) as n from ${table} where verification_id = $1`), table).toBe(1)
  }
  expect(await scene.count('select code_tries as n from verifications where id = $1')).toBe(1)
  const events = await scene.owner.query<{ type: string; n: number }>(
    `select type, count(*) as n from audit where object_id = $1::text group by type`,
    [scene.ref.verificationId],
  )
  expect(Object.fromEntries(events.map(({ type, n }) => [type, n]))).toMatchObject({
    'verification.created': 1,
    'link.sent': 1,
    'code.tried': 1,
    'verification.opened': 1,
    'verification.answering_begun': 1,
    'verification.scored': 1,
    'verification.handed_over': 1,
    'verification.decided': 1,
    'verification.closed': 1,
  })
}

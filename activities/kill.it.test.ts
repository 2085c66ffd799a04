import { fork, type ChildProcess } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createKeyFiles } from '#platform/server/key-files.ts'
import { loadKeys } from '#platform/server/keys.ts'
import { useDatabase } from '#platform/server/db/testing/open.ts'
import { connectTemporal, verificationsOver, type TemporalClient } from '#platform/server/temporal.ts'
import { buildBundle } from './testing/bundle.ts'
import { createPortal, inputFor, makeCase, type TestKeys } from './testing/case.ts'
import type { MortalStage } from './testing/mortal-worker.ts'
import { plainPolicy } from './testing/play.ts'
import { until } from './testing/until.ts'

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'OFF' } } })

const database = useDatabase()
const folder = mkdtempSync(join(tmpdir(), 'countersign-kill-'))
let keys: TestKeys
let temporal: TemporalClient
let bundlePath: string

beforeAll(async () => {
  const files = createKeyFiles(join(folder, 'keys'))
  keys = { api: loadKeys(files.api, 'api'), worker: loadKeys(files.worker, 'worker') }
  temporal = await connectTemporal({
    address: inject('temporalAddress'),
    namespace: inject('temporalNamespace'),
    codecKeys: keys.api.codec,
  })
  bundlePath = await buildBundle()
})
afterAll(async () => {
  await temporal.connection.close()
  rmSync(folder, { recursive: true, force: true })
  rmSync(dirname(bundlePath), { recursive: true, force: true })
})

/** A worker that dies at a point, and one that takes over the moment it is dead. */
const startWorkers = (stage: MortalStage, killAt: string) => {
  const life: { died: boolean; isOver: boolean; child: ChildProcess | undefined } = {
    died: false,
    isOver: false,
    child: undefined,
  }
  const start = (env: Record<string, string>): void => {
    const program = fileURLToPath(new URL('./testing/mortal-worker.ts', import.meta.url))
    life.child = fork(program, [], {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, STAGE: JSON.stringify(stage), ...env },
    })
    life.child.once('exit', () => {
      if (life.isOver || life.died) return
      life.died = true
      start({ KILL_AT: '' })
    })
  }
  start({ KILL_AT: killAt })
  const end = (): void => {
    life.isOver = true
    life.child?.kill('SIGKILL')
  }
  return { died: () => life.died, end }
}

const openScene = async (killAt: string, purpose: 'identity_check' | 'password_reset') => {
  const of = await makeCase(database.owner, keys, { policy: plainPolicy })
  const prefix = `t-${randomBytes(4).toString('hex')}`
  const outbox = join(folder, `${prefix}.log`)
  const [temporalAddress, namespace] = [inject('temporalAddress'), inject('temporalNamespace')]
  const databaseUrl = database.addresses.workerUrl
  const keyFile = join(folder, 'keys', 'worker.json')
  const stage = { databaseUrl, temporalAddress, namespace, prefix, keyFile, bundlePath, outbox }
  const workers = startWorkers(stage, killAt)
  const port = verificationsOver(temporal, {
    address: temporalAddress,
    namespace,
    taskQueuePrefix: prefix,
    codecKeys: keys.api.codec,
    updateDeadlineMs: 80_000,
  })
  const input = inputFor(of, { purpose })
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
  return { of, input, ref, portal, port, workers, messages, count, state }
}

type Scene = Awaited<ReturnType<typeof openScene>>

/** The main path as far as a message went out. */
const playMainPath = async (scene: Scene): Promise<void> => {
  const { port, ref, portal, of } = scene
  const token = /#([\w-]{43})/.exec(scene.messages()[0]?.text ?? '')?.[1] ?? ''
  const typed = await portal.typeMatchCode(token)
  expect(await port.submitMatchCode(ref, typed)).toMatchObject({ value: { accepted: true } })
  await port.answersCompleted(ref, randomUUID())
  await until(async () => (await scene.state('verifications')) === 'awaiting_decision', 60_000)
  const actor = { kind: 'agent', id: of.agent.id } as const
  const said = { decision: 'approved', reason: 'fits', actor, shownHash: await portal.shown() } as const
  expect(await port.decide(ref, said, { requestId: randomUUID() })).toMatchObject({
    value: { outcome: 'passed', refusal: null },
  })
}

/** Whatever died: every effect is there once, and every event of it once. */
const expectOnce = async (scene: Scene): Promise<void> => {
  for (const table of ['links', 'deliveries', 'portal_sessions', 'plans', 'scorings']) {
    expect(await scene.count(`select count(*) as n from ${table} where verification_id = $1`), table).toBe(1)
  }
  expect(await scene.count('select code_tries as n from verifications where id = $1')).toBe(1)
  const events = await database.owner.query<{ type: string; n: number }>(
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

const activities = [
  'deliverLink',
  'recordTransition',
  'acceptMatchCode',
  'scoreVerification',
  'recordDecision',
] as const
const points = activities.flatMap((name) => [`${name}:before`, `${name}:after`])

describe.concurrent('R1, R2, R13: a worker is killed', { timeout: 150_000 }, () => {
  it.for([...points, 'deliverLink:sent'])(
    'at %s: effects once, one message',
    async (killAt, { onTestFinished }) => {
      const scene = await openScene(killAt, 'identity_check')
      onTestFinished(scene.workers.end)
      const opened = await scene.port.open(scene.input, { requestId: randomUUID() })
      expect(opened).toMatchObject({ kind: 'answered', value: { state: 'link_sent' } })
      expect(scene.messages()).toHaveLength(1)
      await playMainPath(scene)
      expect(scene.workers.died()).toBe(true)
      expect(scene.messages()).toHaveLength(1)
      await expectOnce(scene)
    },
  )

  it('at deliverLink:sending: nothing went out, so it is shown as unknown', async ({ onTestFinished }) => {
    const scene = await openScene('deliverLink:sending', 'identity_check')
    onTestFinished(scene.workers.end)
    const opened = await scene.port.open(scene.input, { requestId: randomUUID() })
    expect(opened).toMatchObject({ value: { state: 'link_sent', delivery: 'unknown' } })
    expect(scene.messages()).toHaveLength(0)
    const sql = `select count(*) as n from deliveries where verification_id = $1 and status = 'unknown'`
    expect(await scene.count(sql)).toBe(1)
  })

  it.for([
    ['setPassword:before', 'failed', 1],
    ['setPassword:after', 'completed', 2],
    ['readBack:before', 'completed', 2],
  ] as const)('R4: at %s the directory is written at most once', async (told, { onTestFinished }) => {
    const [killAt, action, version] = told
    const scene = await openScene(killAt, 'password_reset')
    onTestFinished(scene.workers.end)
    await scene.port.open(scene.input, { requestId: randomUUID() })
    await playMainPath(scene)
    await until(async () => (await scene.state('actions')) === 'granted', 30_000)
    const row = await database.owner.one<{ id: string }>(
      'select workflow_id as id from actions where verification_id = $1',
      [scene.ref.verificationId],
    )
    const inputId = await scene.portal.typePassword('an entirely new passphrase 42')
    expect(await scene.port.submitPassword(row?.id ?? '', inputId)).toMatchObject({ value: { action } })
    expect(scene.workers.died()).toBe(true)
    const account = await database.owner.one<{ version: number }>(
      'select version from directory_accounts where tenant_id = $1',
      [scene.of.tenantId],
    )
    expect(account?.version).toBe(version)
  })
})

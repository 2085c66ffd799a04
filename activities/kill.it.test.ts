import { randomUUID } from 'node:crypto'
import type { ChildProcess } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  completeAndDecide,
  expectOnce,
  startWorker,
  typeCode,
  useMortalScenes,
} from './testing/mortal-scene.ts'
import type { MortalStage } from './testing/mortal-worker.ts'
import { gapsOf } from './testing/gaps.ts'
import { until } from './testing/until.ts'

const openSharedScene = useMortalScenes()

/** A worker that dies at a point, and one that takes over the moment it is dead. */
const startWorkers = (stage: MortalStage, killAt: string) => {
  const life: { died: boolean; isOver: boolean; child: ChildProcess | undefined } = {
    died: false,
    isOver: false,
    child: undefined,
  }
  const start = (at: string): void => {
    life.child = startWorker(stage, at)
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

const openScene = async (killAt: string, purpose: 'identity_check' | 'password_reset') => {
  const scene = await openSharedScene(purpose)
  return { ...scene, workers: startWorkers(scene.stage, killAt) }
}

type Scene = Awaited<ReturnType<typeof openScene>>

/** The main path as far as a message went out. */
const playMainPath = async (scene: Scene): Promise<void> => {
  await typeCode(scene)
  await completeAndDecide(scene)
}

const activities = [
  'deliverLink',
  'recordTransition',
  'acceptMatchCode',
  'scoreVerification',
  'recordDecision',
] as const
const points = activities.flatMap((name) => [`${name}:before`, `${name}:after`])

describe.concurrent('G1, R1, R2, R13: a worker is killed', { timeout: 150_000 }, () => {
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
      expect(await gapsOf(scene.owner, scene.ref.verificationId)).toEqual([])
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
    expect(await gapsOf(scene.owner, scene.ref.verificationId)).toEqual([])
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
    const row = await scene.owner.one<{ id: string }>(
      'select workflow_id as id from actions where verification_id = $1',
      [scene.ref.verificationId],
    )
    const inputId = await scene.portal.typePassword('an entirely new passphrase 42')
    expect(await scene.port.submitPassword(row?.id ?? '', inputId)).toMatchObject({ value: { action } })
    expect(scene.workers.died()).toBe(true)
    const account = await scene.owner.one<{ version: number }>(
      'select version from directory_accounts where tenant_id = $1',
      [scene.of.tenantId],
    )
    expect(account?.version).toBe(version)
    await until(async () => (await gapsOf(scene.owner, scene.ref.verificationId)).length === 0, 30_000)
  })
})

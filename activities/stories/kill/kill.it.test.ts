import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { schedulesFor } from '#domain/schedules.ts'
import {
  around,
  completeAndDecide,
  expectOnce,
  startWorkers,
  typeCode,
  useMortalScenes,
} from '../../testing/mortal-scene.ts'
import { createActivities } from '../../index.ts'
import type { ActivityDeps } from '../../ports.ts'
import { gapsOf } from '../../testing/gaps.ts'
import { until } from '../../testing/until.ts'

const openSharedScene = useMortalScenes()

const openScene = async (killAt: string, purpose: 'identity_check' | 'password_reset') => {
  const scene = await openSharedScene(purpose)
  return { ...scene, workers: startWorkers(scene.world, killAt) }
}

type Scene = Awaited<ReturnType<typeof openScene>>

/** The main path as far as a message went out. */
const playMainPath = async (scene: Scene): Promise<void> => {
  await typeCode(scene)
  await completeAndDecide(scene)
}

/** The activities of the main path, from the link to the new password. */
const ofVerification = [
  'deliverLink',
  'recordTransition',
  'acceptMatchCode',
  'scoreVerification',
  'recordDecision',
] as const
const ofReset = [
  'prepareAction',
  'issueGrant',
  'recordIntent',
  'setPassword',
  'readBack',
  'recordAction',
  'clearLockout',
  'endSessions',
] as const
/** Unlocks, factors, codes beside the link, and searches: `kill-purposes.it.test.ts`. */
const ofPurposes = ['unlockAccount', 'resetMfa', 'deliverEntryCode', 'searchDirectories']
/** Before the grant: `kill-wait.it.test.ts`. */
const ofWait = ['deliverReturnLink', 'acceptReturnCode', 'stopAction']
/** Further evidence: `kill-evidence.it.test.ts`, and `kill-pushes.it.test.ts`. */
const ofEvidence = [
  'deliverSecondCode',
  'acceptSecondCode',
  'askApprover',
  'acceptApproverAnswer',
  'acceptPasskey',
  'acceptProviderSignIn',
  'acceptPush',
  'acceptRecoveryCode',
]
/** Begun by a timer of a quarter of an hour; that a repeat changes nothing: `two-approvals.it.test.ts`. */
const ofTime = ['endFirstApproval']
/** Activities that schedules start are killed in `maintenance/kill-schedules.it.test.ts`. */
const ofSchedules = schedulesFor({ hasDirectories: true }).map(({ activity }) => activity)

/** The account in the directory, by where the worker died: a write that was not begun is never begun by a retry. */
const resets = [...new Set([...around(ofReset), 'setPassword:before', 'setPassword:after'])].map((killAt) =>
  killAt === 'setPassword:before' ? ([killAt, 'failed', 1] as const) : ([killAt, 'completed', 2] as const),
)

/** To the grant, with an account that is locked out. */
const playToGrant = async (scene: Scene): Promise<string> => {
  await scene.port.open(scene.input, { requestId: randomUUID() })
  await playMainPath(scene)
  await until(async () => (await scene.state('actions')) === 'granted')
  await scene.owner.run(
    `update directory_accounts set state = 'locked', failed_tries = 5 where tenant_id = $1`,
    [scene.of.tenantId],
  )
  const row = await scene.owner.one<{ id: string }>(
    'select workflow_id as id from actions where verification_id = $1',
    [scene.ref.verificationId],
  )
  return row?.id ?? ''
}

/** A reset leaves these rows in the database, each once. */
const effectsOf = (scene: Scene) =>
  scene.owner.one<Record<string, unknown>>(
    `select (select count(*)::integer from grants g where g.verification_id = a.verification_id) as grants,
       (select count(*)::integer from intents i where i.verification_id = a.verification_id) as intents,
       d.version, d.state, d.sessions_ended_at is not null as ended
     from actions a, directory_accounts d where a.verification_id = $1 and d.tenant_id = a.tenant_id`,
    [scene.ref.verificationId],
  )

describe.concurrent('G1, R1, R2, R13: a worker is killed', { timeout: 150_000 }, () => {
  it.for([...around(ofVerification), 'deliverLink:sent'])(
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

  it.for(resets)('R4: at %s the directory is written at most once', async (told, { onTestFinished }) => {
    const [killAt, action, version] = told
    const scene = await openScene(killAt, 'password_reset')
    onTestFinished(scene.workers.end)
    const resetId = await playToGrant(scene)
    const inputId = await scene.portal.typePassword('an entirely new passphrase 42')
    expect(await scene.port.submitPassword(resetId, inputId)).toMatchObject({ value: { action } })
    const isWritten = action === 'completed'
    const isOver = async () =>
      scene.workers.died() &&
      (!isWritten || (await effectsOf(scene))?.['ended'] === true) &&
      (await gapsOf(scene.owner, scene.ref.verificationId)).length === 0
    await until(isOver)
    const state = isWritten ? 'active' : 'locked'
    expect(await effectsOf(scene)).toMatchObject({ grants: 1, intents: 1, version, state, ended: isWritten })
    expect(scene.messages()).toHaveLength(1)
  })

  it('at each activity that there is', ({ expect }) => {
    const all = Object.keys(createActivities({} as ActivityDeps))
    expect(
      [
        ...ofVerification,
        ...ofReset,
        ...ofWait,
        ...ofEvidence,
        ...ofTime,
        ...ofPurposes,
        ...ofSchedules,
      ].sort(),
    ).toEqual(all.sort())
  })
})

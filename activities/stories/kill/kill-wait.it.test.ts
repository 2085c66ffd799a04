import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { gapsOf } from '../../testing/gaps.ts'
import {
  around,
  completeAndDecide,
  startWorkers,
  typeCode,
  useMortalScenes,
  type Scene,
} from '../../testing/mortal-scene.ts'
import { until } from '../../testing/until.ts'
import { waitingPolicy } from '../../testing/waiting-policy.ts'

const openScene = useMortalScenes()

const waiting = waitingPolicy(900)

const acts = (scene: Scene, state: string): Promise<void> =>
  until(async () => (await scene.state('actions')) === state)

const resetOf = async ({ owner, ref }: Scene): Promise<string> => {
  const sql = 'select workflow_id as id from actions where verification_id = $1'
  return (await owner.one<{ id: string }>(sql, [ref.verificationId]))?.id ?? ''
}

const typesOf = async ({ owner, ref }: Scene): Promise<string[]> =>
  (
    await owner.query<{ type: string }>(
      `select type from audit where object_id = $1 and (type like 'action.%' or type in ('grant.issued', 'link.sent'))
       order by seq`,
      [ref.verificationId],
    )
  ).map(({ type }) => type)

describe.concurrent('F3, R1, R2, R13: a worker is killed before the grant', { timeout: 150_000 }, () => {
  it.for(around(['prepareAction', 'deliverReturnLink', 'acceptReturnCode']))(
    'at %s: the participant comes back by one link, under one grant',
    async (killAt, { onTestFinished }) => {
      const scene = await openScene('password_reset')
      const workers = startWorkers(scene.world, killAt)
      onTestFinished(workers.end)
      await scene.port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      await scene.owner.run(
        `update portal_sessions set ended_at = now(), end_reason = 'idle' where verification_id = $1`,
        [scene.ref.verificationId],
      )
      await completeAndDecide(scene)
      await acts(scene, 'awaiting_participant')
      const links = () => scene.messages().filter(({ text }) => /\/v#/.test(text))
      await until(async () => links().length === 2)
      const token = /#([\w-]{43})/.exec(links().at(-1)?.text ?? '')?.[1] ?? ''
      const typed = await scene.portal.typeMatchCode(token)
      expect(await scene.port.submitReturnCode(await resetOf(scene), typed)).toMatchObject({
        value: { accepted: true },
      })
      await acts(scene, 'granted')
      expect(workers.died()).toBe(true)
      expect(links()).toHaveLength(2)
      expect(await typesOf(scene)).toEqual(['link.sent', 'action.awaited', 'link.sent', 'grant.issued'])
      expect(await gapsOf(scene.owner, scene.ref.verificationId)).toEqual([])
    },
  )

  it.for(around(['prepareAction', 'stopAction']))(
    'at %s: what is scheduled has one notice, and is stopped once',
    async (killAt, { onTestFinished }) => {
      const scene = await openScene('password_reset', waiting)
      const workers = startWorkers(scene.world, killAt)
      onTestFinished(workers.end)
      await scene.port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      await completeAndDecide(scene)
      await acts(scene, 'scheduled')
      const actor = { kind: 'agent', id: scene.of.supervisor.id } as const
      const said = { actor, reason: 'they called us' }
      const stopped = await scene.port.stopAction(scene.ref, await resetOf(scene), said, {
        requestId: randomUUID(),
      })
      expect(stopped).toMatchObject({ value: { action: 'failed', refusal: null } })
      expect(workers.died()).toBe(true)
      expect(await typesOf(scene)).toEqual(['link.sent', 'action.scheduled', 'action.stopped'])
      const told = `select count(*)::integer as n from notices where verification_id = $1 and kind in ('scheduled', 'stopped')`
      expect(await scene.count(told)).toBe(4)
      expect(await scene.count('select count(*)::integer as n from grants where verification_id = $1')).toBe(
        0,
      )
      expect(await gapsOf(scene.owner, scene.ref.verificationId)).toEqual([])
    },
  )
})

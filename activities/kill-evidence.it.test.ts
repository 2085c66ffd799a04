import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createApproverHands, makeApprovable, thinPolicy } from './testing/approver.ts'
import { gapsOf } from './testing/gaps.ts'
import { startWorkers, typeCode, useMortalScenes, type Scene } from './testing/mortal-scene.ts'
import { until } from './testing/until.ts'

const openScene = useMortalScenes()

const around = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [`${name}:before`, `${name}:after`])

const countsOf = (scene: Scene) =>
  scene.owner.one<Record<string, number>>(
    `select (select count(*)::integer from deliveries d where d.verification_id = v.id) as deliveries,
       (select count(*)::integer from approver_requests r where r.verification_id = v.id) as requests,
       (select count(*)::integer from approver_requests r where r.verification_id = v.id and r.answer = 'yes') as yes,
       (select count(*)::integer from audit a where a.object_id = v.id::text and a.type = 'approver.asked') as asked,
       (select count(*)::integer from audit a where a.object_id = v.id::text and a.type = 'approver.answered') as answered
     from verifications v where v.id = $1`,
    [scene.ref.verificationId],
  )

const isAt = (scene: Scene, state: string): Promise<void> =>
  until(async () => (await scene.state('verifications')) === state, 60_000)

describe.concurrent('G1, R1, R2: a worker is killed while somebody vouches', { timeout: 150_000 }, () => {
  it.for(around(['askApprover', 'acceptApproverAnswer']))(
    'at %s: asked once, answered once, one message to them',
    async (killAt, { onTestFinished }) => {
      const scene = await openScene('identity_check', thinPolicy)
      const { owner, api, keys, of, port, ref } = scene
      const approver = await makeApprovable(owner, keys, of)
      const workers = startWorkers(scene.stage, killAt)
      onTestFinished(workers.end)
      await port.open(scene.input, { requestId: randomUUID() })
      await typeCode(scene)
      await port.answersCompleted(ref, randomUUID())
      const toThem = () => scene.messages().filter(({ to }) => to === approver.bossMail)
      await until(async () => toThem().length > 0, 60_000)
      const tokenOf = (): string => /#([\w-]{43})/.exec(toThem().at(-1)?.text ?? '')?.[1] ?? ''
      const hands = createApproverHands({ owner, api, keys, verifications: port, ref, ...approver, tokenOf })
      await until(async () => (await countsOf(scene))?.['asked'] === 1, 60_000)
      const said = { answer: 'yes', digits: await hands.rightDigits() } as const
      expect(await hands.say(await hands.signedIn(), said)).toMatchObject({
        value: { accepted: true, said: 'yes' },
      })
      await isAt(scene, 'awaiting_decision')
      expect(workers.died()).toBe(true)
      expect(toThem()).toHaveLength(1)
      expect(await countsOf(scene)).toEqual({ deliveries: 2, requests: 1, yes: 1, asked: 1, answered: 1 })
      expect(await gapsOf(owner, ref.verificationId)).toEqual([])
    },
  )
})

import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { createApproverHands, makeApprovable, thinPolicy } from './testing/approver.ts'
import { gapsOf } from './testing/gaps.ts'
import { startWorkers, typeCode, useMortalScenes, type Scene } from './testing/mortal-scene.ts'
import { plainPolicy } from './testing/play.ts'
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

/** One kind of evidence more than link and match code. */
const twoKinds = (policy: Policy): Policy => {
  const plain = plainPolicy(policy)
  const { identity_check: rules } = plain.rules
  const standard = { ...rules.standard, classesNeeded: 2 }
  return { ...plain, rules: { ...plain.rules, identity_check: { ...rules, standard } } }
}

const codeCountsOf = (scene: Scene) =>
  scene.owner.one<Record<string, number>>(
    `select (select count(*)::integer from deliveries d where d.verification_id = v.id and d.kind = 'second_code') as codes,
       (select count(*)::integer from audit a where a.object_id = v.id::text and a.type = 'second_code.sent') as sent,
       (select count(*)::integer from audit a where a.object_id = v.id::text and a.type = 'second_code.tried') as tried
     from verifications v where v.id = $1`,
    [scene.ref.verificationId],
  )

describe.concurrent(
  'G1, R1, R2: a worker is killed while a code goes to a second contact',
  { timeout: 150_000 },
  () => {
    it.for(around(['deliverSecondCode', 'acceptSecondCode']))(
      'at %s: one message, one accepted code',
      async (killAt, { onTestFinished }) => {
        const scene = await openScene('identity_check', twoKinds)
        const { owner, port, portal, ref, of } = scene
        const workers = startWorkers(scene.stage, killAt)
        onTestFinished(workers.end)
        await port.open(scene.input, { requestId: randomUUID() })
        await typeCode(scene)
        await port.answersCompleted(ref, randomUUID())
        const codes = () => scene.messages().filter(({ text }) => /\b\d{6}\b/.test(text))
        await until(async () => (await codeCountsOf(scene))?.['sent'] === 1, 60_000)
        const code = /\b(\d{6})\b/.exec(codes().at(-1)?.text ?? '')?.[1] ?? ''
        expect(await port.submitSecondCode(ref, await portal.typeSecondCode(code))).toMatchObject({
          value: { accepted: true },
        })
        await isAt(scene, 'awaiting_decision')
        expect(workers.died()).toBe(true)
        expect(codes().map(({ to }) => to)).toEqual([of.email])
        expect(await codeCountsOf(scene)).toEqual({ codes: 1, sent: 1, tried: 1 })
        expect(await gapsOf(owner, ref.verificationId)).toEqual([])
      },
    )
  },
)

/** Whatever dies around a push: it is sent once, its answer is not lost, and the case goes on. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { gapsOf } from '../../testing/gaps.ts'
import { around, startWorkers, typeCode, useMortalScenes, type Scene } from '../../testing/mortal-scene.ts'
import { leaveOneContact } from '../../testing/passkeys.ts'
import { wantPush, withPush } from '../../testing/pushes.ts'
import { until } from '../../testing/until.ts'

const openScene = useMortalScenes()

const countsOf = (scene: Scene) =>
  scene.owner.one<Record<string, unknown>>(
    `select (select string_agg(p.state, ' ' order by p.asked_at) from pushes p where p.verification_id = q.verification_id) as states,
       (select count(*)::integer from audit a where a.object_id = q.verification_id::text and a.type = 'push.sent') as sent,
       (select count(*)::integer from audit a where a.object_id = q.verification_id::text and a.type = 'push.approved') as approved,
       (select count(*)::integer from audit a where a.object_id = q.verification_id::text and a.type = 'push.given_up') as "givenUp",
       q.proven_at is not null as "isProven"
     from push_requests q where q.verification_id = $1`,
    [scene.ref.verificationId],
  )
const isAt = (scene: Scene, state: string): Promise<void> =>
  until(async () => (await scene.state('verifications')) === state)
const toPhone = (scene: Scene) => scene.messages().filter(({ to }) => to.startsWith('push '))

const approved = { states: 'approved', sent: 1, approved: 1, givenUp: 0, isProven: true }
/** A sender that died leaves a push of which nobody knows; the participant wants another. */
const again = { ...approved, states: 'not_sent approved' }

const deaths = [
  ...around(['acceptPush']).map((killAt) => ({ killAt, effects: approved, orders: 1 })),
  { killAt: 'push:sending', effects: again, orders: 1 },
  { killAt: 'push:sent', effects: again, orders: 2 },
  { killAt: 'push:looked', effects: approved, orders: 1 },
  { killAt: 'push:told', effects: approved, orders: 1 },
] as const

const begin = async (killAt: string, onTestFinished: (work: () => void) => void) => {
  const scene = await openScene('identity_check', withPush, {}, true)
  const { owner, api, keys, port, ref, of } = scene
  await leaveOneContact(owner, of)
  const workers = startWorkers(scene.world, killAt)
  onTestFinished(workers.end)
  await port.open(scene.input, { requestId: randomUUID() })
  await typeCode(scene)
  await port.answersCompleted(ref, randomUUID())
  await until(async () => (await countsOf(scene))?.['isProven'] === false)
  const session = await owner.one<{ id: string }>(
    'select id from portal_sessions where verification_id = $1',
    [ref.verificationId],
  )
  const place = { api, keys, verifications: port, ref }
  const want = () => wantPush(place, { kind: 'send', sessionId: session?.id ?? '' })
  return { scene, workers, want, giveUp: () => wantPush(place, { kind: 'not_now' }) }
}

describe.concurrent('G1, R1, R2: a worker is killed around a push', { timeout: 150_000 }, () => {
  it.for(deaths)(
    'at $killAt: sent once, approved once',
    async ({ killAt, effects, orders }, { onTestFinished }) => {
      const { scene, workers, want } = await begin(killAt, onTestFinished)
      expect(await want()).toMatchObject({ value: { isOver: false } })
      if (effects === again) {
        await until(async () => (await countsOf(scene))?.['states'] === 'not_sent')
        expect(await want()).toMatchObject({ value: { isOver: false, pushesLeft: 0 } })
      }
      await isAt(scene, 'awaiting_decision')
      expect(workers.died()).toBe(true)
      expect(await countsOf(scene)).toEqual(effects)
      expect(toPhone(scene)).toHaveLength(orders)
      expect(await gapsOf(scene.owner, scene.ref.verificationId)).toEqual([])
    },
  )

  it('at acceptPush:after of a participant who cannot approve one: given up once', async ({
    onTestFinished,
  }) => {
    const { scene, workers, giveUp } = await begin('acceptPush:after', onTestFinished)
    expect(await giveUp()).toMatchObject({ value: { isOver: true } })
    await isAt(scene, 'awaiting_decision')
    expect(workers.died()).toBe(true)
    expect(await countsOf(scene)).toEqual({
      ...approved,
      states: null,
      sent: 0,
      approved: 0,
      givenUp: 1,
      isProven: false,
    })
    expect(toPhone(scene)).toEqual([])
  })
})

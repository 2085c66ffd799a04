/** Codes that come from a page or a browser that they must not come from (F15). */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openPlay } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'
import { waitingPolicy } from '../testing/waiting-policy.ts'

const world = useTestWorld()
const foreign = { reason: 'foreign_page', origin: 'https://portal-example.com' } as const
const unusable = { kind: 'answered', value: { accepted: false, reason: 'link_unusable' } }

type Play = Awaited<ReturnType<typeof openPlay>>
const breaches = async ({ rows }: Play) =>
  rows(`select payload from audit where object_id = $1::text and type = 'session.breached' order by seq`)
const submit = async (play: Play, ...typed: Parameters<Play['portal']['typeMatchCode']>) =>
  world.verifications.submitMatchCode(play.ref, await play.portal.typeMatchCode(...typed))

describe('F15: a code from a page of another address', () => {
  it.each([undefined, '000000'])(
    'voids the link, right or wrong (%s), and the case says why',
    async (code) => {
      const play = await openPlay(world)
      expect(await submit(play, play.token(), code, { breach: foreign })).toMatchObject(unusable)
      expect(await breaches(play)).toEqual([
        { payload: { breach: 'foreign_page', origin: 'https://portal-example.com' } },
      ])
      // An attacker who read the code along has nothing to spend it on.
      expect(await submit(play, play.token())).toMatchObject(unusable)
      expect(await play.rows('select id from portal_sessions where verification_id = $1')).toEqual([])
      expect(await play.row()).toMatchObject({ state: 'link_sent' })
    },
  )
})

/** Answers all that is asked; a browser without a key brings a second code as well. */
const finish = async (play: Play, isKeyless: boolean): Promise<void> => {
  await play.portal.sendReport()
  if (!isKeyless) return play.complete()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  const code = await world.messenger.codeFor(play.of.email)
  expect(await play.row()).toMatchObject({
    recommendation: 'hold',
    recommendation_reasons: ['END_NO_KEY', 'evidence_missing'],
  })
  await world.verifications.submitSecondCode(play.ref, await play.portal.typeSecondCode(code))
  return play.reaches('awaiting_decision')
}

describe('F15: a participant who comes back', () => {
  const awaited = async (isKeyless: boolean) => {
    const play = await openPlay(world, {}, { policy: waitingPolicy(0) })
    await submit(play, play.token(), undefined, isKeyless ? { deviceKey: null } : {})
    await finish(play, isKeyless)
    await world.database.owner.run(
      `update portal_sessions set ended_at = now(), end_reason = 'idle' where verification_id = $1`,
      [play.ref.verificationId],
    )
    const first = play.token()
    await play.decide()
    await play.acts('awaiting_participant')
    await until(() => Promise.resolve(play.token() !== first))
    const resetId = String((await play.row('actions'))['workflow_id'])
    const comesBack = async (more: object) =>
      world.verifications.submitReturnCode(
        resetId,
        await play.portal.typeMatchCode(play.token(), undefined, more),
      )
    return { ...play, comesBack }
  }

  it('needs a browser with a key, where the case was decided on one', async () => {
    const play = await awaited(false)
    expect(await play.comesBack({ deviceKey: null })).toMatchObject(unusable)
    expect(await breaches(play)).toEqual([{ payload: { breach: 'no_key' } }])
    expect(await play.row('actions')).toMatchObject({ state: 'awaiting_participant' })
  })

  it('needs none, where the case was decided without one', async () => {
    const play = await awaited(true)
    expect(await play.comesBack({ deviceKey: null })).toMatchObject({ value: { accepted: true } })
    expect(await breaches(play)).toEqual([])
  })
})

describe('F15: a browser that can make no key', () => {
  it('brings one more kind of proof, and the case says why', async () => {
    const play = await openPlay(world)
    await submit(play, play.token(), undefined, { deviceKey: null })
    await finish(play, true)
    expect(await play.row()).toMatchObject({
      recommendation: 'approve',
      recommendation_reasons: ['END_NO_KEY'],
    })
  })

  it('is the only one of which it is asked', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    await play.complete()
    expect(await play.row()).toMatchObject({ recommendation: 'approve' })
    expect((await play.row())['recommendation_reasons']).not.toContain('END_NO_KEY')
  })
})

import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeContact } from '#platform/database/testing/factories.ts'
import { makeCase } from '../../testing/case.ts'
import { openIn, plainPolicy } from '../../testing/play.ts'
import { useTestWorld } from '../../testing/test-world.ts'
import { until } from '../../testing/until.ts'

const world = useTestWorld()
const privileged = { tier: 'privileged' } as const
const asked = { kind: 'answered', value: { accepted: false, reason: null } }
const over = { value: { accepted: false, reason: 'step_over' } }

/** A privileged person with two more mailboxes; the code went to `first`. */
const openSent = async () => {
  const of = await makeCase(world.database.owner, world.keys, { policy: plainPolicy, person: privileged })
  const other = `${of.person.login}@other.example.org`
  const added = await makeContact(world.database.owner, world.keys.worker, of.person, other)
  const play = await openIn(world, of, privileged)
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  await until(async () => ((await play.row('plans'))['code_choices'] as string[]).length > 0)
  const mailboxes = new Map<string, string>([
    [of.emailContact.id, of.email],
    [added.id, other],
  ])
  const ids = (await play.row('plans'))['code_choices'] as string[]
  expect(ids.toSorted()).toEqual([...mailboxes.keys()].toSorted())
  const [first, second] = ids.map((id) => ({ id, address: mailboxes.get(id) ?? '' }))
  if (first === undefined || second === undefined) throw new Error('there are two')
  const say = async (said: string) =>
    world.verifications.submitSecondCode(play.ref, await play.portal.typeSecondCode(said))
  /** The message had its minute to arrive, and no limit counts what was sent. */
  const wait = async () => {
    await world.database.owner.run(
      `update code_challenges set created_at = created_at - interval '1 minute' where verification_id = $1`,
      [play.ref.verificationId],
    )
    await world.database.owner.run(
      `update deliveries set begun_at = begun_at - interval '1 hour' where verification_id = $1`,
      [play.ref.verificationId],
    )
  }
  const codes = (address: string) =>
    world.messenger.sent
      .filter(({ to }) => to === address)
      .map(({ text }) => /\b\d{6}\b/.exec(text)?.[0] ?? 'no code')
  return { ...play, first, second, say, wait, codes }
}

describe('a code that was sent and did not arrive', () => {
  it('is sent anew after a minute and not before, and only the newest counts', async () => {
    const { first, say, wait, codes, row, reaches } = await openSent()
    expect(await say('again')).toMatchObject(over)
    expect(codes(first.address)).toHaveLength(1)
    await wait()
    expect(await say('again')).toMatchObject(asked)
    const [older = '', newer = ''] = codes(first.address)
    expect(codes(first.address)).toHaveLength(2)
    expect(newer).not.toBe(older)
    expect(await row('plans')).toMatchObject({ code_asks: 1 })
    expect(await say(older)).toMatchObject({ value: { accepted: false, reason: 'code_wrong' } })
    expect(await say(newer)).toMatchObject({ value: { accepted: true } })
    await reaches('awaiting_decision')
  })

  it('goes to the contact that the participant chooses, and proves that one', async () => {
    const { first, second, say, wait, codes, rows } = await openSent()
    await wait()
    expect(await say(`again ${second.id}`)).toMatchObject(asked)
    expect(codes(first.address)).toHaveLength(1)
    expect(await say(codes(second.address)[0] ?? '')).toMatchObject({ value: { accepted: true } })
    const proven = `select contact_id from code_challenges where verification_id = $1 and kind = 'second' and accepted_at is not null`
    expect(await rows(proven)).toEqual([{ contact_id: second.id }])
  })

  it('does not go to a contact of somebody else, nor to the one that the link went to', async () => {
    const { first, say, wait, rows } = await openSent()
    const stranger = await makeCase(world.database.owner, world.keys, { person: privileged })
    const link = await rows(
      `select contact_id from deliveries where verification_id = $1 and kind = 'link' and status = 'accepted'`,
    )
    for (const id of [stranger.emailContact.id, String(link[0]?.['contact_id']), 'x'.repeat(8)]) {
      await wait()
      await say(`again ${id}`)
    }
    expect(world.messenger.sent.filter(({ to }) => to === stranger.email)).toEqual([])
    const second = `select contact_id from deliveries where verification_id = $1 and kind = 'second_code'`
    expect(await rows(second)).toEqual([{ contact_id: first.id }])
  })

  it('has no fresh tries: all codes of a link share theirs', async () => {
    const { say, wait, codes, first } = await openSent()
    const wrong = async () => {
      const newest = codes(first.address).at(-1) ?? ''
      return say(newest === '000000' ? '111111' : '000000')
    }
    for (const triesLeft of [4, 3, 2]) expect(await wrong()).toMatchObject({ value: { triesLeft } })
    await wait()
    expect(await say('again')).toMatchObject(asked)
    expect(await wrong()).toMatchObject({ value: { reason: 'code_wrong', triesLeft: 1 } })
    expect(await wrong()).toMatchObject({ value: { reason: 'code_exhausted', triesLeft: 0 } })
    await wait()
    expect(await say('again')).toMatchObject(over)
    expect(codes(first.address)).toHaveLength(2)
  })

  it('is asked for three times and no more', async () => {
    const { say, wait, codes, first } = await openSent()
    for (let time = 0; time < 3; time += 1) {
      await wait()
      expect(await say('again')).toMatchObject(asked)
    }
    await wait()
    expect(await say('again')).toMatchObject(over)
    expect(codes(first.address)).toHaveLength(4)
  })

  it('H3: still counts where a limit holds the next one back', async () => {
    const { say, codes, first, row } = await openSent()
    const rest = `update code_challenges set created_at = created_at - interval '1 minute' where verification_id = $1`
    for (let time = 0; time < 2; time += 1) {
      await world.database.owner.run(rest, [(await row())['id']])
      expect(await say('again')).toMatchObject(asked)
    }
    expect(await row('plans')).toMatchObject({ code_refusal: 'send_limit_reached', code_asks: 2 })
    expect(codes(first.address)).toHaveLength(2)
    expect(await say(codes(first.address)[1] ?? '')).toMatchObject({ value: { accepted: true } })
  })
})

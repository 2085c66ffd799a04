import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { mostWrongInARow } from '#domain/match-code.ts'
import { insertRow, makeContact, makePerson, makeStaff } from '#platform/database/testing/factories.ts'
import { openIn, openPlay, plainPolicy } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()
const owner = () => world.database.owner
type Play = Awaited<ReturnType<typeof openPlay>>

const limited = (change: Partial<Policy['limits']>) => ({
  policy: (policy: Policy) => {
    const plain = plainPolicy(policy)
    return { ...plain, limits: { ...plain.limits, ...change } }
  },
})
const unlimited = [{ max: 10_000, seconds: 3_600 }]
const resend = (play: Play, contact = play.of.emailContact) =>
  world.verifications.resend(
    play.ref,
    {
      channel: contact.kind === 'phone' ? 'sms' : 'email',
      contactId: contact.id,
      contactMasked: contact.masked,
      actor: { kind: 'agent', id: play.of.agent.id },
    },
    { requestId: randomUUID() },
  )

describe('H4: guesses of a code', () => {
  it('five end a link, and the guesses for the next link of the same case still count for the day', async () => {
    const play = await openPlay(world, {}, limited({ sendsPerParticipant: unlimited }))
    for (let n = 0; n < 5; n += 1) await play.typeCode('000000')
    expect(await play.typeCode()).toMatchObject({ value: { reason: 'code_exhausted' } })
    await resend(play, play.of.phoneContact)
    for (const triesLeft of [4, 3, 2, 1])
      expect(await play.typeCode('000000')).toMatchObject({ value: { reason: 'code_wrong', triesLeft } })
    // The tenth of the day; a third link does not begin anew.
    expect(await play.typeCode('000000')).toMatchObject({ value: { reason: 'code_exhausted' } })
    await resend(play)
    const token = world.messenger.tokenFor(play.of.email)
    const right = await play.portal.typeMatchCode(token)
    expect(await world.verifications.submitMatchCode(play.ref, right)).toMatchObject({
      value: { accepted: false, reason: 'code_exhausted' },
    })
    await owner().run(
      `update code_challenges set created_at = created_at - interval '24 hours' where person_id = $1`,
      [play.of.person.id],
    )
    expect(
      await world.verifications.submitMatchCode(play.ref, await play.portal.typeMatchCode(token)),
    ).toMatchObject({ value: { accepted: true } })
  })

  it('a hundred in a row are the end, over days and cases; a right one begins anew', async () => {
    const play = await openPlay(world)
    const row = () =>
      owner().one<{ n: number }>('select in_a_row as n from wrong_codes where person_id = $1', [
        play.of.person.id,
      ])
    await play.typeCode('000000')
    expect(await row()).toEqual({ n: 1 })
    await owner().run('update wrong_codes set in_a_row = $2 where person_id = $1', [
      play.of.person.id,
      mostWrongInARow - 1,
    ])
    await play.typeCode('000000')
    expect(await row()).toEqual({ n: mostWrongInARow })
    expect(await play.typeCode()).toMatchObject({ value: { accepted: false, reason: 'code_exhausted' } })
    await owner().run('update wrong_codes set in_a_row = $2 where person_id = $1', [
      play.of.person.id,
      mostWrongInARow - 1,
    ])
    expect(await play.typeCode()).toMatchObject({ value: { accepted: true } })
    expect(await row()).toBeUndefined()
  })

  it('nobody is locked out for ever: thirty quiet days begin anew', async () => {
    const play = await openPlay(world)
    await insertRow(owner(), 'wrong_codes', {
      tenant_id: play.of.tenantId,
      person_id: play.of.person.id,
      in_a_row: mostWrongInARow,
      last_at: new Date(Date.now() - 31 * 24 * 3_600_000),
    })
    expect(await play.typeCode('000000')).toMatchObject({ value: { reason: 'code_wrong' } })
    expect(await play.typeCode()).toMatchObject({ value: { accepted: true } })
  })
})

describe('H3: sends', () => {
  it('are counted for a number and for its range, over all participants', async () => {
    const play = await openPlay(world, {}, limited({ sendsPerPrefix: [{ max: 2, seconds: 600 }] }))
    const send = async (value: string) => {
      const person = await makePerson(owner(), play.of.tenantId)
      const contact = await makeContact(owner(), world.keys.worker, person, value)
      const change = { personId: person.id, contactId: contact.id, contactMasked: contact.masked }
      return (await openIn(world, play.of, change)).opened
    }
    const range = play.of.phone.slice(0, -4)
    const [second, third] = ['0001', '0002'].map((end) => `${range}${end}`) as [string, string]
    expect(await send(second)).toMatchObject({ value: { state: 'link_sent' } })
    expect(await send(third)).toMatchObject({ value: { refusal: 'send_limit_reached' } })
    expect(await send('+4917139200001')).toMatchObject({ value: { state: 'link_sent' } })
  })

  it('stop at the tenant’s budget; admins, audit and operator hear of it at eighty per cent and at the end', async () => {
    const play = await openPlay(
      world,
      {},
      limited({
        sendsPerTenant: [{ max: 5, seconds: 86_400 }],
        sendsPerParticipant: unlimited,
        sendsPerContact: unlimited,
      }),
    )
    const admin = await makeStaff(owner(), play.of.tenantId, { role: 'admin' })
    const told = (message: string) =>
      world.lines.filter((line) => line.includes(message) && line.includes(play.of.tenantId)).length
    await resend(play)
    await resend(play)
    expect(told('has used most of its messages')).toBe(0)
    await resend(play)
    expect(told('has used most of its messages')).toBe(1)
    await resend(play)
    expect(told('has used up its messages')).toBe(0)
    const before = world.messenger.sent.length
    const counted = { ...world.deps.budgetAlarms }
    expect(await resend(play)).toMatchObject({ value: { refusal: 'send_limit_reached' } })
    await resend(play)
    expect(world.deps.budgetAlarms.used_up - counted.used_up).toBe(1)
    expect(world.messenger.sent.length).toBe(before)
    const admins = await owner().query(
      `select kind, staff_id as id, about from staff_notices where tenant_id = $1 order by kind`,
      [play.of.tenantId],
    )
    const about = expect.stringMatching(/^5 \/ 24 h, \d{4}-\d\d-\d\d$/)
    expect(admins).toEqual([
      { kind: 'sends_nearly_used', id: admin.id, about },
      { kind: 'sends_used_up', id: admin.id, about },
    ])
    const audited = await owner().query(
      `select type, payload from audit where tenant_id = $1 and type like 'sends.%' order by seq`,
      [play.of.tenantId],
    )
    expect(audited).toEqual([
      { type: 'sends.nearly_used', payload: { max: 5, seconds: 86_400, count: 3 } },
      { type: 'sends.used_up', payload: { max: 5, seconds: 86_400, count: 5 } },
    ])
    expect([told('has used most of its messages'), told('has used up its messages')]).toEqual([1, 2])
  })

  it('hold over parallel cases: of twelve at once two links go out, as many as may live (C11)', async () => {
    const first = await openPlay(world)
    await world.verifications.cancel(
      first.ref,
      { actor: { kind: 'agent', id: first.of.agent.id }, reason: 'again' },
      { requestId: randomUUID() },
    )
    await owner().run(
      `update deliveries set begun_at = begun_at - interval '25 hours' where person_id = $1`,
      [first.of.person.id],
    )
    const before = world.messenger.sent.length
    await Promise.all(
      Array.from({ length: 12 }, () =>
        openIn(world, first.of, { channel: 'email', contactId: first.of.emailContact.id }),
      ),
    )
    expect(world.messenger.sent.length - before).toBe(2)
  })
})

import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { makeContact } from '#platform/database/testing/factories.ts'
import { makeCase } from '../testing/case.ts'
import { openIn, plainPolicy } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
const accept = world.messenger.answer
afterEach(() => {
  world.messenger.answer = accept
})

const hour = 3600
const privileged = { tier: 'privileged' } as const

/** The link alone uses a limit up, so that the code to another contact is one message too many. */
const withCap =
  (name: 'sendsPerParticipant' | 'sendsPerContact') =>
  (policy: Policy): Policy => ({
    ...plainPolicy(policy),
    limits: { ...policy.limits, [name]: [{ max: 1, seconds: hour }] },
  })

type ChangePolicy = (policy: Policy) => Policy

/** A privileged person whose one other contact is to get a code, and the limit is reached. */
const openRefused = async (policy: ChangePolicy = withCap('sendsPerParticipant')) => {
  const of = await makeCase(world.database.owner, world.keys, { policy, person: privileged })
  // The provider takes the link and refuses everything to the other contact.
  if (policy === plainPolicy)
    world.messenger.answer = (message) =>
      message.to === of.email ? { kind: 'refused', code: 'smtp_550' } : accept(message)
  const play = await openIn(world, of, privileged)
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  await until(async () => (await play.row('plans'))['code_refusal'] !== null)
  const say = async (said: string) =>
    world.verifications.submitSecondCode(play.ref, await play.portal.typeSecondCode(said))
  /** An hour goes by, and the link no longer counts. */
  const wait = () =>
    world.database.owner.run(
      `update deliveries set begun_at = begun_at - interval '1 hour' where verification_id = $1`,
      [play.ref.verificationId],
    )
  const told = async () =>
    (
      await play.rows(
        `select payload - 'ordinal' as said from audit where object_id = $1::text and type = 'second_code.sent' order by seq`,
      )
    ).map(({ said }) => said)
  const sentTo = (address: string) => world.messenger.sent.filter(({ to }) => to === address)
  return { ...play, of, say, wait, told, sentTo }
}

const refused = { delivery: 'refused', refusal: 'send_limit_reached' }
const asked = { kind: 'answered', value: { accepted: false, reason: null } }

describe('H3: a second code that a limit holds back', () => {
  it('is kept with when the next may go and what else there is; sent at that time, it completes the case', async () => {
    const { of, row, rows, say, wait, told, sentTo, reaches, decide } = await openRefused()
    const [times] = await rows(
      `select p.code_next_at - d.begun_at between interval '1 hour' and interval '1 hour 1 millisecond' as is_next from plans p join deliveries d using (verification_id)
       where verification_id = $1`,
    )
    expect(times).toEqual({ is_next: true })
    expect(await row('plans')).toMatchObject({ code_other_way: 'agent', code_asks: 0, completed_at: null })
    expect(await told()).toEqual([refused])
    expect(await row()).toMatchObject({ state: 'answering' })
    // Too early: refused again, counted, and told again.
    expect(await say('again')).toMatchObject(asked)
    expect([await told(), (await row('plans'))['code_asks']]).toEqual([[refused, refused], 1])
    expect(sentTo(of.email)).toEqual([])
    await wait()
    expect(await say('again')).toMatchObject(asked)
    expect(await row('plans')).toMatchObject({ code_refusal: null, code_next_at: null, code_asks: 2 })
    expect((await told()).at(-1)).toMatchObject({ delivery: 'accepted', channel: 'email' })
    expect(sentTo(of.email)).toHaveLength(1)
    const code = await world.messenger.codeFor(of.email)
    expect(await say(code)).toMatchObject({ value: { accepted: true } })
    await reaches('awaiting_decision')
    const missing = `select decision->'missingCount' as n from scorings where verification_id = $1 order by ordinal`
    expect(await rows(missing)).toEqual([{ n: 1 }, { n: 0 }])
    expect(await decide('refused')).toMatchObject({ value: { outcome: 'failed' } })
  })

  it('is asked for again three times and no more, and its worker asks no provider in between', async () => {
    const { of, say, row, told, sentTo } = await openRefused()
    for (let time = 0; time < 3; time += 1) expect(await say('again')).toMatchObject(asked)
    expect(await say('again')).toMatchObject({ value: { accepted: false, reason: 'step_over' } })
    expect([(await told()).length, (await row('plans'))['code_asks']]).toEqual([4, 3])
    expect(sentTo(of.email)).toEqual([])
  })

  it('may be given up: one kind of proof is missing, and the case waits for new evidence instead of for ever', async () => {
    const { say, row, rows, reaches, decide, of } = await openRefused()
    expect(await say('without')).toMatchObject({ value: { accepted: true } })
    await reaches('awaiting_decision')
    expect(await row()).toMatchObject({ recommendation: 'hold', instruction: 'new_evidence' })
    expect(await row('plans')).toMatchObject({ completed_reason: 'second_code_given_up' })
    const types = await rows(
      `select type, actor_kind from audit where object_id = $1::text and type = 'second_code.given_up'`,
    )
    expect(types).toEqual([{ type: 'second_code.given_up', actor_kind: 'participant' }])
    expect(await decide('approved', of.supervisor.id)).toMatchObject({ value: { outcome: null } })
    // Nothing follows once it is over.
    expect(await say('again')).toMatchObject({ kind: 'refused' })
  })

  it('may be given up although it was sent: nobody waits for a message that they cannot read', async () => {
    const of = await makeCase(world.database.owner, world.keys, { policy: plainPolicy, person: privileged })
    const play = await openIn(world, of, privileged)
    await play.typeCode()
    const giveUp = async () =>
      world.verifications.submitSecondCode(play.ref, await play.portal.typeSecondCode('without'))
    // No code was asked for yet: there is nothing to give up, and the questions go on.
    expect(await giveUp()).toMatchObject({ value: { accepted: false, reason: 'step_over' } })
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await until(
      async () => (await play.rows('select from code_challenges where verification_id = $1')).length > 1,
    )
    expect(await giveUp()).toMatchObject({ value: { accepted: true } })
    await play.reaches('awaiting_decision')
    expect(await play.row()).toMatchObject({ recommendation: 'hold', instruction: 'new_evidence' })
    expect(await play.row('plans')).toMatchObject({ completed_reason: 'second_code_given_up' })
  })

  it('goes to the next contact that policy takes, where the limit is the contact’s own', async () => {
    const of = await makeCase(world.database.owner, world.keys, {
      policy: withCap('sendsPerContact'),
      person: privileged,
    })
    const next = `${of.person.login}@other.example.org`
    await makeContact(world.database.owner, world.keys.worker, of.person, next)
    const play = await openIn(world, of, privileged)
    // Another message to the one that comes first.
    await world.database.owner.run(
      `insert into deliveries (tenant_id, id, verification_id, person_id, kind, ordinal, channel, contact_id, contact_masked, number_index, status)
       select tenant_id, gen_random_uuid(), gen_random_uuid(), person_id, 'link', 1, 'email', id, 'p•••', value_index, 'accepted'
       from contacts where id = $1`,
      [of.emailContact.id],
    )
    await play.typeCode()
    await world.verifications.answersCompleted(play.ref, randomUUID())
    const told = `select payload->>'delivery' as delivery from audit where object_id = $1::text and type = 'second_code.sent'`
    await until(async () => (await play.rows(told)).length > 0)
    expect(await play.rows(told)).toEqual([{ delivery: 'accepted' }])
    expect(world.messenger.sent.filter(({ to }) => to === of.email)).toEqual([])
    expect(world.messenger.sent.filter(({ to }) => to === next)).toHaveLength(1)
    expect(await play.row('plans')).toMatchObject({ code_refusal: null })
  })
})

describe('a second code that the provider refuses', () => {
  it('is kept with when another may go and what else there is; asked for again and taken, it completes the case', async () => {
    const { of, row, rows, say, wait, told, sentTo, reaches } = await openRefused(plainPolicy)
    expect(await row('plans')).toMatchObject({
      ...{ code_refusal: 'not_delivered', code_other_way: 'agent', code_asks: 0, completed_at: null },
    })
    const isNow = `select code_next_at between created_at and now() as "isNow" from plans where verification_id = $1`
    expect(await rows(isNow)).toEqual([{ isNow: true }])
    const notSent = { delivery: 'refused', channel: 'email', contact: 'p•••@mail.example.org' }
    expect(await told()).toMatchObject([notSent])
    expect(await row()).toMatchObject({ state: 'answering' })
    // Refused once more: one message more, told again, and the page still says so.
    expect(await say('again')).toMatchObject(asked)
    expect(sentTo(of.email)).toHaveLength(2)
    expect(await told()).toMatchObject([notSent, notSent])
    expect(await row('plans')).toMatchObject({ code_refusal: 'not_delivered', code_asks: 1 })

    world.messenger.answer = accept
    await wait()
    expect(await say('again')).toMatchObject(asked)
    expect(await row('plans')).toMatchObject({ code_refusal: null, code_next_at: null, code_asks: 2 })
    expect((await told()).at(-1)).toMatchObject({ delivery: 'accepted', channel: 'email' })
    expect(await say(await world.messenger.codeFor(of.email))).toMatchObject({ value: { accepted: true } })
    await reaches('awaiting_decision')
  })

  it('H3: counts for the limits as any message, so that the next one waits where one is reached', async () => {
    const policy = (from: Policy): Policy => ({
      ...plainPolicy(from),
      limits: { ...from.limits, sendsPerContact: [{ max: 1, seconds: hour }] },
    })
    const of = await makeCase(world.database.owner, world.keys, { policy, person: privileged })
    world.messenger.answer = (message) =>
      message.to === of.email ? { kind: 'refused', code: 'smtp_550' } : accept(message)
    const play = await openIn(world, of, privileged)
    await play.typeCode()
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await until(async () => (await play.row('plans'))['code_refusal'] !== null)
    const inAnHour = `select code_refusal, code_next_at > now() + interval '59 minutes' as "isLater" from plans where verification_id = $1`
    expect(await play.rows(inAnHour)).toEqual([{ code_refusal: 'not_delivered', isLater: true }])
    const said = await world.verifications.submitSecondCode(
      play.ref,
      await play.portal.typeSecondCode('again'),
    )
    expect(said).toMatchObject(asked)
    expect(world.messenger.sent.filter(({ to }) => to === of.email)).toHaveLength(1)
    expect(await play.row('plans')).toMatchObject({ code_refusal: 'send_limit_reached' })
  })

  it('goes to another contact where the one that refused is gone meanwhile, and counts as that one’s', async () => {
    const { of, say, row, rows } = await openRefused(plainPolicy)
    const next = `${of.person.login}@other.example.org`
    const other = await makeContact(world.database.owner, world.keys.worker, of.person, next)
    await world.database.owner.run('update contacts set removed_at = now() where id = $1', [
      of.emailContact.id,
    ])
    expect(await say('again')).toMatchObject(asked)
    const second = `select contact_id, contact_masked from deliveries where verification_id = $1 and kind = 'second_code'`
    expect(await rows(`${second} and status = 'accepted'`)).toEqual([
      { contact_id: other.id, contact_masked: 'p•••@other.example.org' },
    ])
    expect(await row('plans')).toMatchObject({ code_refusal: null })
    expect(await say(await world.messenger.codeFor(next))).toMatchObject({ value: { accepted: true } })
    const challenge = `select contact_id from code_challenges where verification_id = $1 and kind = 'second' and accepted_at is not null`
    expect(await rows(challenge)).toEqual([{ contact_id: other.id }])
  })
})

import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { Policy } from '#domain/policy/policy.ts'
import { listen } from '#platform/database/notify.ts'
import { insertRow, makeContact } from '#platform/database/testing/factories.ts'
import { tokenHash } from '#platform/crypto/sealing.ts'
import { makeCase } from '../testing/case.ts'
import { openIn, openPlay, plainPolicy } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
afterEach(() => {
  world.carrier.says = 'unchanged'
})

type Row = Readonly<Record<string, unknown>>

/** An organisation whose participant has one contact more, which the link goes to. */
const openTo = async (value: string, row: Row = {}, policy: (policy: Policy) => Policy = plainPolicy) => {
  const of = await makeCase(world.database.owner, world.keys, { policy })
  const contact = await makeContact(world.database.owner, world.keys.worker, of.person, value, row)
  const channel = contact.kind === 'phone' ? ('sms' as const) : ('email' as const)
  const before = world.messenger.sent.length
  const play = await openIn(world, of, { contactId: contact.id, contactMasked: contact.masked, channel })
  const sent = world.messenger.sent.slice(before).map(({ to }) => to)
  return { play, sent }
}

const withContacts = (change: Partial<Policy['contacts']>) => (policy: Policy) => {
  const plain = plainPolicy(policy)
  return { ...plain, contacts: { ...plain.contacts, ...change } }
}

describe('the contact is looked at again when the link is sent', () => {
  it.each([
    ['H3: a number of a country that is off', '+37120000001', {}],
    ['H3: a number of an island that shares a calling code', '+447911123456', {}],
    ['B17: a number that is none', '+99912345678', {}],
    ['B18: a premium number that the directory calls mobile', '+449098790000', {}],
    ['B18: an internet telephone that the directory says nothing of', '+445612345678', { line_type: null }],
    ['H3: a throw-away mailbox', 'anna@mailinator.com', {}],
  ])('%s gets nothing', async (_name, value, row) => {
    const { play, sent } = await openTo(value, row)
    expect(play.opened).toMatchObject({
      kind: 'answered',
      value: { state: 'undelivered', refusal: 'contact_not_allowed' },
    })
    expect(sent).toEqual([])
  })

  it('N2: a disabled account gets nothing, though it was not disabled when the agent looked', async () => {
    const of = await makeCase(world.database.owner, world.keys, { policy: plainPolicy })
    await world.database.owner.run(`update people set account_state = 'disabled' where id = $1`, [
      of.person.id,
    ])
    const before = world.messenger.sent.length
    const { opened } = await openIn(world, of)
    expect(opened).toMatchObject({ value: { state: 'undelivered', refusal: 'account_disabled' } })
    expect(world.messenger.sent.slice(before)).toEqual([])
  })

  it('H3: a country gets messages once the policy names it', async () => {
    const { play, sent } = await openTo('+37120000001', {}, withContacts({ smsCountries: ['LV'] }))
    expect(play.opened).toMatchObject({ value: { state: 'link_sent' } })
    expect(sent).toEqual(['+37120000001'])
  })
})

describe('B20: the carrier is asked before a link goes out by SMS', () => {
  const checked = (change: Partial<Policy['contacts']> = {}) => ({
    policy: withContacts({ checkNumbers: true, ...change }),
  })
  const recommended = async (play: Awaited<ReturnType<typeof openPlay>>) => {
    expect(await play.typeCode()).toMatchObject({ value: { accepted: true } })
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await until(async () => (await play.row())['recommendation'] !== null)
    return play.row()
  }

  it.each(['swapped', 'unknown', 'timeout'] as const)('%s: the link is no evidence alone', async (said) => {
    world.carrier.says = said
    const play = await openPlay(world, {}, checked())
    expect(world.carrier.asked.at(-1)).toBe(play.of.phone)
    expect(await play.row('deliveries')).toMatchObject({ number_check: said })
    expect(await recommended(play)).toMatchObject({ recommendation: 'hold', instruction: 'new_evidence' })
  })

  it('unchanged: the link counts', async () => {
    const play = await openPlay(world, {}, checked())
    expect(await play.row('deliveries')).toMatchObject({ number_check: 'unchanged' })
    expect(await recommended(play)).toMatchObject({ recommendation: 'approve' })
  })

  it('a policy may refuse such a number altogether', async () => {
    world.carrier.says = 'swapped'
    const before = world.messenger.sent.length
    const play = await openPlay(world, {}, checked({ numbersRefused: ['swapped'] }))
    expect(play.opened).toMatchObject({ value: { state: 'undelivered', refusal: 'contact_not_allowed' } })
    expect(world.messenger.sent.length).toBe(before)
  })

  it('nobody is asked for e-mail, nor where the policy does not want it', async () => {
    const before = world.carrier.asked.length
    const byMail = await makeCase(world.database.owner, world.keys, checked())
    await openIn(world, byMail, { channel: 'email', contactId: byMail.emailContact.id })
    await openPlay(world)
    expect(world.carrier.asked.length).toBe(before)
  })
})

describe('the second code', () => {
  const privileged = { tier: 'privileged' } as const
  const person = { person: privileged }

  it('is asked for and sent as events, in the order in which they happened, and consoles hear of each', async () => {
    const heard: string[] = []
    const listener = await listen(world.deps.db, {
      onChange: ({ channel, id }) => heard.push(`${channel} ${id}`),
    })
    const play = await openPlay(world, privileged, person)
    const { verificationId } = play.ref
    await until(async () => heard.includes(`person ${play.of.person.id}`))
    await play.typeCode()
    heard.length = 0
    await world.verifications.answersCompleted(play.ref, randomUUID())
    const types = `select type, payload, actor_id as by from audit where object_id = $1::text order by seq`
    await until(async () => (await play.rows(types)).some(({ type }) => type === 'second_code.sent'))
    const rows = await play.rows(types)
    const order = ['code.tried', 'verification.opened', 'second_contact.asked', 'second_code.sent']
    expect(rows.map(({ type }) => type).filter((type) => order.includes(String(type)))).toEqual(order)
    expect(rows.find(({ type }) => type === 'second_contact.asked')).toMatchObject({
      by: 'policy',
      payload: {},
    })
    expect(rows.at(-1)).toMatchObject({
      payload: {
        delivery: 'accepted',
        channel: 'email',
        contact: 'p•••@mail.example.org',
        contactLabel: 'private',
      },
    })
    const outbox = `select count(*)::integer as n from outbox where verification_id = $1 and type = 'second_contact.asked'`
    expect(await play.rows(outbox)).toEqual([{ n: 1 }])
    // The question, the row begun, the row finished, the event.
    await until(async () => heard.filter((told) => told === `verification ${verificationId}`).length >= 4)
    await listener.stop()
  })

  it('B21: never goes by SMS after a link by SMS, so nothing privileged completes by SMS alone', async () => {
    const of = await makeCase(world.database.owner, world.keys, { policy: plainPolicy, ...person })
    await makeContact(world.database.owner, world.keys.worker, of.person, '+447700900777')
    await world.database.owner.run('update contacts set removed_at = now() where id = $1', [
      of.emailContact.id,
    ])
    const play = await openIn(world, of, privileged)
    await play.typeCode()
    const before = world.messenger.sent.length
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await play.reaches('awaiting_decision')
    expect(await play.row()).toMatchObject({ recommendation: 'hold', instruction: 'new_evidence' })
    expect(world.messenger.sent.length).toBe(before)
    expect(await play.decide('approved', of.supervisor.id)).toMatchObject({ value: { outcome: null } })
  })

  it('B12: brings its own link to say “this was not me”, for as long as a notice’s', async () => {
    const play = await openPlay(world, privileged, person)
    await play.typeCode()
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await until(async () =>
      world.messenger.sent.some(({ to, text }) => to === play.of.email && /\d{6}/.test(text)),
    )
    const text = world.messenger.sent.findLast(
      ({ to, text: sent }) => to === play.of.email && sent.includes('code is'),
    )?.text
    const token = /not-me#([\w-]{43})/.exec(text ?? '')?.[1] ?? ''
    const kept = `select verification_id as of, used_at as used, round(extract(epoch from expires_at - created_at) / 3600)::integer as hours
       from report_links where token_hash = $1`
    expect(await world.database.owner.query(kept, [tokenHash(token)])).toEqual([
      { of: play.ref.verificationId, used: null, hours: 72 },
    ])
  })

  it('H3: counts as a send, and is refused at the cap', async () => {
    const play = await openPlay(world, privileged, person)
    await play.typeCode()
    for (const ordinal of [1, 2]) {
      await insertRow(world.database.owner, 'deliveries', {
        tenant_id: play.of.tenantId,
        id: randomUUID(),
        verification_id: randomUUID(),
        person_id: play.of.person.id,
        kind: 'link',
        ordinal,
        channel: 'email',
        contact_id: play.of.emailContact.id,
        contact_masked: 'x',
        status: 'accepted',
      })
    }
    const before = world.messenger.sent.length
    await world.verifications.answersCompleted(play.ref, randomUUID())
    const told = `select payload->>'delivery' as delivery from audit where object_id = $1::text and type = 'second_code.sent'`
    await until(async () => (await play.rows(told)).length > 0)
    expect(await play.rows(told)).toEqual([{ delivery: 'refused' }])
    expect(world.messenger.sent.length).toBe(before)
  })
})

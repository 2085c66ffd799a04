import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultPolicy } from '#domain/policy/defaults.ts'
import { freeze, reportTermsOf } from '#services/reports/freeze.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { openIn, openPlay, plainPolicy, playToGrant } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()
const accept = world.messenger.answer

afterEach(() => {
  world.messenger.answer = accept
})

describe('match code', () => {
  it('B6, H4: a code dies after five wrong tries, and the right one comes too late', async () => {
    const play = await openPlay(world)
    for (const triesLeft of [4, 3, 2, 1]) {
      expect(await play.typeCode('000000')).toMatchObject({
        kind: 'answered',
        value: { accepted: false, reason: 'code_wrong', triesLeft },
      })
    }
    expect(await play.typeCode('000000')).toMatchObject({ value: { reason: 'code_exhausted', triesLeft: 0 } })
    expect(await play.typeCode()).toMatchObject({ value: { accepted: false, reason: 'code_exhausted' } })
    expect(await play.row()).toMatchObject({ state: 'link_sent', code_tries: 5 })
    const events = await play.rows(
      `select payload from audit where object_id = $1::text and type = 'code.tried'`,
    )
    expect(events).toHaveLength(5)
  })

  it('H4: ten wrong codes a day end it for the participant, over all verifications', async () => {
    const play = await openPlay(world)
    for (let i = 0; i < 5; i += 1) await play.typeCode('000000')
    await world.verifications.cancel(
      play.ref,
      { actor: { kind: 'agent', id: play.of.agent.id }, reason: 'again' },
      { requestId: randomUUID() },
    )
    const again = await openIn(world, play.of)
    for (let i = 0; i < 5; i += 1) await again.typeCode('000000')
    await world.verifications.cancel(
      again.ref,
      { actor: { kind: 'agent', id: play.of.agent.id }, reason: 'again' },
      { requestId: randomUUID() },
    )
    const third = await openIn(world, play.of)
    expect(await third.typeCode()).toMatchObject({ value: { accepted: false, reason: 'code_exhausted' } })
  })

  it('C4: of parallel right codes exactly one begins a session', async () => {
    const play = await openPlay(world)
    const inputs = await Promise.all(Array.from({ length: 8 }, () => play.portal.typeMatchCode(play.token())))
    const replies = await Promise.all(inputs.map((id) => world.verifications.submitMatchCode(play.ref, id)))
    const accepted = replies.filter((reply) => reply.kind === 'answered' && reply.value.accepted)
    expect(accepted).toHaveLength(1)
    expect(await play.rows('select id from portal_sessions where verification_id = $1')).toHaveLength(1)
    const opened = await play.rows(
      `select seq from audit where object_id = $1::text and type = 'verification.opened'`,
    )
    expect(opened).toHaveLength(1)
  })

  it('C3: a link is refused once its time is over by the database clock', async () => {
    const play = await openPlay(world)
    await world.database.owner.run(
      `update links set expires_at = now() - interval '1 second' where verification_id = $1`,
      [play.ref.verificationId],
    )
    expect(await play.typeCode()).toMatchObject({ value: { accepted: false, reason: 'link_unusable' } })
  })

  it('C12: a link dies when its contact changes', async () => {
    const play = await openPlay(world)
    await world.database.owner.run(`update contacts set value_index = '\\x00' where id = $1`, [
      play.of.phoneContact.id,
    ])
    expect(await play.typeCode()).toMatchObject({ value: { accepted: false, reason: 'link_unusable' } })
  })

  it('C11: a fresh link kills the older one', async () => {
    const play = await openPlay(world)
    const oldToken = play.token()
    const resent = await world.verifications.resend(
      play.ref,
      {
        channel: 'email',
        contactId: play.of.emailContact.id,
        contactMasked: play.of.emailContact.masked,
        actor: { kind: 'agent', id: play.of.agent.id },
      },
      { requestId: randomUUID() },
    )
    expect(resent).toMatchObject({ kind: 'answered', value: { state: 'link_sent', linkOrdinal: 2 } })
    const dead = await world.verifications.submitMatchCode(
      play.ref,
      await play.portal.typeMatchCode(oldToken),
    )
    expect(dead).toMatchObject({ value: { accepted: false } })
    const fresh = world.messenger.tokenFor(play.of.email)
    const alive = await world.verifications.submitMatchCode(play.ref, await play.portal.typeMatchCode(fresh))
    expect(alive).toMatchObject({ value: { accepted: true } })
    const live = await play.rows(
      'select id from links where verification_id = $1 and used_at is null and superseded_at is null and voided_at is null',
    )
    expect(live).toHaveLength(0)
  })
})

describe('sending', () => {
  it('R2: an unclear answer is shown as unknown and never sent again', async () => {
    world.messenger.answer = () => ({ kind: 'unknown', code: 'http_500' })
    const before = world.messenger.sent.length
    const play = await openPlay(world)
    expect(play.opened).toMatchObject({ value: { state: 'link_sent', delivery: 'unknown' } })
    expect(world.messenger.sent.length - before).toBe(1)
    expect(await play.row('deliveries')).toMatchObject({ status: 'unknown' })
  })

  it('R2: what no provider took is sent again', async () => {
    let turned = 0
    world.messenger.answer = (message) =>
      (turned += 1) === 1 ? { kind: 'not_taken', code: 'http_429' } : accept(message)
    const play = await openPlay(world)
    expect(play.opened).toMatchObject({ value: { delivery: 'accepted' } })
    expect(turned).toBe(2)
    expect(await play.rows('select id from deliveries where verification_id = $1')).toHaveLength(1)
    expect(await play.typeCode()).toMatchObject({ value: { accepted: true } })
  })

  it('a refused message leaves the case undelivered, and a resend brings it back', async () => {
    world.messenger.answer = () => ({ kind: 'refused', code: 'twilio_21211' })
    const play = await openPlay(world)
    expect(play.opened).toMatchObject({ value: { state: 'undelivered', delivery: 'refused' } })
    world.messenger.answer = accept
    const again = await world.verifications.resend(
      play.ref,
      {
        channel: 'sms',
        contactId: play.of.phoneContact.id,
        contactMasked: play.of.phoneContact.masked,
        actor: { kind: 'agent', id: play.of.agent.id },
      },
      { requestId: randomUUID() },
    )
    expect(again).toMatchObject({ value: { state: 'link_sent', delivery: 'accepted' } })
  })

  it('H3: the fourth send within fifteen minutes is refused and nothing goes out', async () => {
    const play = await openPlay(world)
    const resend = () =>
      world.verifications.resend(
        play.ref,
        {
          channel: 'email',
          contactId: play.of.emailContact.id,
          contactMasked: play.of.emailContact.masked,
          actor: { kind: 'agent', id: play.of.agent.id },
        },
        { requestId: randomUUID() },
      )
    await resend()
    await resend()
    const before = world.messenger.sent.length
    expect(await resend()).toMatchObject({ value: { refusal: 'send_limit_reached' } })
    expect(world.messenger.sent.length).toBe(before)
    expect(await play.typeCode()).toMatchObject({ kind: 'answered' })
  })

  it('a contact of another person is not on file', async () => {
    const other = await openPlay(world)
    const play = await openPlay(world, { contactId: other.of.phoneContact.id })
    expect(play.opened).toMatchObject({ value: { state: 'undelivered', refusal: 'contact_not_on_file' } })
  })
})

describe('a session that ends before its case', () => {
  it('F3: a fresh link and code continue the same plan, in a session of their own', async () => {
    const play = await openPlay(world)
    await play.typeCode()
    const plan = async () => (await play.row('plans'))['created_at']
    const before = await plan()
    expect(before).toBeInstanceOf(Date)
    await world.database.owner.run(
      `update portal_sessions set absolute_expires_at = now() where verification_id = $1`,
      [play.ref.verificationId],
    )
    const resent = await world.verifications.resend(
      play.ref,
      {
        channel: 'email',
        contactId: play.of.emailContact.id,
        contactMasked: play.of.emailContact.masked,
        actor: { kind: 'agent', id: play.of.agent.id },
      },
      { requestId: randomUUID() },
    )
    expect(resent).toMatchObject({ value: { state: 'link_sent' } })
    const token = world.messenger.tokenFor(play.of.email)
    const typed = await play.portal.typeMatchCode(token)
    expect(await world.verifications.submitMatchCode(play.ref, typed)).toMatchObject({
      value: { accepted: true },
    })
    expect(await plan()).toEqual(before)
    const sessions = await play.rows(
      `select absolute_expires_at > now() and ended_at is null as live from portal_sessions where verification_id = $1
       order by absolute_expires_at`,
    )
    expect(sessions).toEqual([{ live: false }, { live: true }])
    await play.complete()
    expect(await play.decide()).toMatchObject({ value: { outcome: 'passed' } })
    await play.acts('granted')
  })
})

describe('ending', () => {
  it('expires by itself, and the link with it', async () => {
    const play = await openPlay(world, {
      lifetimes: { linkSeconds: 600, codeSeconds: 600, verificationSeconds: 1, grantSeconds: 600 },
    })
    await play.reaches('closed')
    expect(await play.row()).toMatchObject({ outcome: 'timed_out' })
    await play.ends()
    expect(await play.typeCode()).toMatchObject({ kind: 'gone' })
  })

  it('an opening that is repeated gives the first answer again and sends nothing', async () => {
    const play = await openPlay(world)
    const sent = world.messenger.sent.length
    const again = await world.verifications.open(play.input, { requestId: play.requestId })
    expect(again).toEqual(play.opened)
    const other = await world.verifications.open(play.input, { requestId: randomUUID() })
    expect(other).toEqual({ kind: 'refused', code: 'open_verification_exists' })
    expect(world.messenger.sent.length).toBe(sent)
  })

  it('B9, B13, R3: a report holds with every worker dead', async () => {
    const play = await playToGrant(world)
    const other = await openIn(world, play.of)
    await world.stopWorkers()
    const reportId = randomUUID()
    const frozen = await inTenant(world.database.api, play.of.tenantId, (tx) =>
      freeze(tx, {
        reportId,
        verificationId: play.ref.verificationId,
        personId: play.of.person.id,
        source: 'message',
        ...reportTermsOf(defaultPolicy()),
      }),
    )
    expect(frozen).toMatchObject({
      isNew: true,
      openVerificationIds: [other.ref.verificationId],
      resetIds: [play.resetId],
    })
    expect(await world.verifications.reported(other.ref, reportId)).toMatchObject({ kind: 'answered' })
    expect(await world.verifications.revoke(play.resetId, { reportId })).toMatchObject({ kind: 'answered' })
    expect(await play.row('grants')).toMatchObject({ void_reason: 'reported' })
    expect(await play.row('portal_sessions')).toMatchObject({ end_reason: 'reported' })
    await world.startWorkers()
    await other.reaches('closed')
    expect(await other.row()).toMatchObject({ outcome: 'reported' })
    await play.acts('failed')
    const blocked = await openIn(world, play.of)
    expect(blocked.opened).toMatchObject({ value: { refusal: 'participant_blocked' } })
    expect((await play.account()).version).toBe(1)
  })

  it('a case of another policy may close by itself', async () => {
    const auto = (policy: Parameters<typeof plainPolicy>[0]) => {
      const plain = plainPolicy(policy)
      const rule = { ...plain.rules.identity_check.standard, deciders: 'auto' as const }
      const rules = { ...plain.rules, identity_check: { ...plain.rules.identity_check, standard: rule } }
      return { ...plain, rules }
    }
    const play = await openPlay(world, { purpose: 'identity_check' }, { policy: auto })
    await play.typeCode()
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await play.reaches('closed')
    expect(await play.row()).toMatchObject({
      outcome: 'passed',
      decision: 'approved',
      decided_by_kind: 'system',
    })
  })
})

/** Pushes to an authenticator: what is proof, what is not, and what an attacker on the page could make of them. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { phraseOf } from '#domain/phrase.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { ActingPurpose } from '#domain/verification/verification.ts'
import { watchPushes } from '../maintenance/watch-pushes.ts'
import type { PushOrdered } from '../push/port.ts'
import { leaveOneContact } from '../testing/passkeys.ts'
import { openIn, openPlay } from '../testing/play.ts'
import { createFakePushService, wantPush, withPush } from '../testing/pushes.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
type Play = Awaited<ReturnType<typeof openPlay>>
type Change = { readonly purpose?: ActingPurpose; readonly tier?: 'privileged' }

/** A participant with one contact, whose organisation has a service for pushes. */
const begin = async (change: Change = {}, policy: (policy: Policy) => Policy = withPush) => {
  const play = await openPlay(world, change, { policy })
  await leaveOneContact(world.database.owner, play.of)
  const service = createFakePushService()
  world.pushes.set(play.of.tenantId, service)
  return { ...play, service }
}
const ask = async (play: Play): Promise<void> => {
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  await until(async () => (await play.row('push_requests'))['asked_at'] !== undefined)
}
const send = ({ ref }: Play, said: Parameters<typeof wantPush>[1]) => {
  const { database, keys, verifications } = world
  return wantPush({ api: database.api, keys, verifications, ref }, said)
}
const want = async (play: Play) => send(play, { kind: 'send', sessionId: await play.session() })
/** The worker's loop, one round: what is wanted is sent, and what was sent is looked at. */
const watch = ({ of }: Play, more = {}) =>
  watchPushes({ ...world.deps, workflows: world.verifications }, of.tenantId, { rest: 0, ...more })
/** A participant whose push is on its way. */
const beginPushed = async () => {
  const play = await begin()
  await ask(play)
  await want(play)
  await watch(play)
  return play
}
const decisionOf = async (play: Play) => {
  const [newest] = await play.rows(
    'select decision from scorings where verification_id::text = $1::text order by ordinal desc limit 1',
  )
  return newest?.['decision']
}
const eventsOf = async (play: Play) =>
  (await play.rows(`select type from audit where object_id = $1 and type like 'push.%' order by seq`)).map(
    ({ type }) => String(type),
  )
const statesOf = async (play: Play) =>
  (await play.rows('select state from pushes where verification_id = $1 order by asked_at')).map(
    ({ state }) => state,
  )
const wanted = { kind: 'answered', value: { isOver: false, pushesLeft: 1 } }
const over = { kind: 'answered', value: { isOver: true } }
const sent = (transaction: string): PushOrdered => ({
  ...{ kind: 'sent', transaction, devices: ['PUSH01'], number: null },
})

describe('a push to the authenticator as evidence', () => {
  it('B5: is asked for where one more kind is needed, says what it is for, and counts once it is approved', async () => {
    const play = await begin()
    await ask(play)
    expect(await decisionOf(play)).toMatchObject({
      ...{ answer: 'hold', next: 'push', evidence: ['possession'] },
    })
    expect(await want(play)).toMatchObject(wanted)
    await watch(play)
    const [order] = play.service.orders
    expect(order?.login).toBe(play.of.person.login)
    expect(order?.text).toContain(`: Password reset (${phraseOf(play.ref.verificationId)})`)
    expect(await watch(play)).toBe(0)
    play.service.says = 'approved'
    expect(await watch(play)).toBe(1)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({
      ...{ answer: 'approve', evidence: ['possession', 'push'] },
    })
    expect(await eventsOf(play)).toEqual(['push.asked', 'push.sent', 'push.approved'])
    expect(await watch(play)).toBe(0)
    expect(play.service.orders).toHaveLength(1)
    expect(await play.decide()).toMatchObject({ value: { refusal: null, outcome: 'passed' } })
  })

  it('is not asked for without a service, nor where the policy does not say so, nor for a lost second factor', async () => {
    const without = await openPlay(world, {}, { policy: withPush })
    const quiet = await begin({}, (policy) => {
      const asking = withPush(policy)
      const { standard, privileged } = asking.rules.password_reset
      const off = { standard: { ...standard, asksPush: false }, privileged }
      return { ...asking, rules: { ...asking.rules, password_reset: off } }
    })
    const lost = await begin({ purpose: 'mfa_reset' })
    await leaveOneContact(world.database.owner, without.of)
    for (const play of [without, quiet, lost]) {
      await play.typeCode()
      await world.verifications.answersCompleted(play.ref, randomUUID())
      await play.reaches('awaiting_decision')
      expect(await decisionOf(play)).toMatchObject({ next: 'new_evidence' })
      expect(await send(play, { kind: 'send', sessionId: await play.session() })).toMatchObject({
        kind: 'refused',
      })
    }
  })

  it('D2: is never enough beside link and code where a privileged account needs a second approval', async () => {
    const play = await begin({ tier: 'privileged' })
    await ask(play)
    await want(play)
    await watch(play)
    play.service.says = 'approved'
    await watch(play)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'second_approval' })
  })

  it('takes its evidence along when the person gets another account before the approval', async () => {
    const play = await beginPushed()
    play.service.says = 'approved'
    await watch(play)
    await play.reaches('awaiting_decision')
    await world.database.owner.run(`update people set login = 'another' where id = $1`, [play.of.person.id])
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing' } })
  })
})

describe('a push as an attacker uses it', () => {
  it('goes to no other account, and an answer for an account that the person lost meanwhile is no proof', async () => {
    const play = await beginPushed()
    await world.database.owner.run(`update people set login = 'another' where id = $1`, [play.of.person.id])
    play.service.says = 'approved'
    await watch(play)
    expect(await play.row('push_requests')).toMatchObject({ proven_at: null })
    expect(await statesOf(play)).toEqual(['approved'])
  })

  it('that another session, another case or a session that has ended wants is not sent', async () => {
    const play = await begin()
    await ask(play)
    const other = await openIn(world, play.of, { purpose: 'identity_check' })
    await other.typeCode()
    for (const sessionId of [randomUUID(), await other.session()])
      expect(await send(play, { kind: 'send', sessionId })).toMatchObject({ value: { isOver: false } })
    await world.database.owner.run('update portal_sessions set ended_at = now() where verification_id = $1', [
      play.ref.verificationId,
    ])
    await want(play)
    await watch(play)
    expect([await statesOf(play), play.service.orders]).toEqual([[], []])
  })

  it('whose transaction is that of another case is none, and its answer counts for neither', async () => {
    const first = await begin()
    await ask(first)
    first.service.orderedAs = () => Promise.resolve(sent('T1'))
    await want(first)
    await watch(first)
    const second = {
      ...(await openIn(world, first.of, { purpose: 'identity_check' })),
      service: first.service,
    }
    await ask(second)
    await want(second)
    await watch(second)
    expect([await statesOf(first), await statesOf(second)]).toEqual([['sent'], ['not_sent']])
    first.service.says = 'approved'
    await watch(first)
    expect(await first.row('push_requests')).toMatchObject({ account: first.of.person.login })
    expect(await second.row('push_requests')).toMatchObject({ proven_at: null })
  })

  it('is sent twice in a case and three times to a person within an hour, however often it is wanted', async () => {
    const play = await begin()
    const outlast = async () => {
      await world.database.owner.run(
        `update pushes set asked_at = asked_at - interval '3 minutes' where person_id = $1`,
        [play.of.person.id],
      )
      await watch(play)
    }
    await ask(play)
    expect(await want(play)).toMatchObject({ value: { isOver: false, pushesLeft: 1 } })
    await watch(play)
    // A second wish comes while the first push is under way, and changes nothing.
    expect(await want(play)).toMatchObject({ value: { isOver: false, pushesLeft: 1 } })
    await outlast()
    expect(await statesOf(play)).toEqual(['unanswered'])
    expect(await want(play)).toMatchObject({ value: { isOver: false, pushesLeft: 0 } })
    await watch(play)
    await outlast()
    await play.reaches('awaiting_decision')
    expect(await statesOf(play)).toEqual(['unanswered', 'unanswered'])
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'new_evidence' })
    const again = await openIn(world, play.of, { purpose: 'identity_check' })
    await ask(again)
    expect(await want(again)).toMatchObject({ value: { isOver: false, pushesLeft: 0 } })
    await watch(again)
    expect(play.service.orders).toHaveLength(3)
    const fourth = await openIn(world, play.of, { purpose: 'identity_check' })
    await fourth.typeCode()
    await world.verifications.answersCompleted(fourth.ref, randomUUID())
    await fourth.reaches('awaiting_decision')
    expect(await decisionOf(fourth)).toMatchObject({ next: 'new_evidence' })
  })

  it('that comes back after the case has ended moves nothing', async () => {
    const play = await beginPushed()
    await world.verifications.cancel(
      play.ref,
      { reason: 'over', actor: { kind: 'agent', id: play.of.agent.id } },
      { requestId: randomUUID() },
    )
    await play.reaches('closed')
    play.service.says = 'approved'
    await watch(play)
    expect(await play.row('push_requests')).toMatchObject({ proven_at: null })
    expect(await play.row()).toMatchObject({ outcome: 'cancelled' })
  })

  it('that is approved after the session that wanted it has ended is no proof', async () => {
    const play = await beginPushed()
    await world.database.owner.run('update portal_sessions set ended_at = now() where verification_id = $1', [
      play.ref.verificationId,
    ])
    play.service.says = 'approved'
    await watch(play)
    expect(await play.row('push_requests')).toMatchObject({ proven_at: null })
    expect(await play.row()).toMatchObject({ state: 'answering' })
  })

  it('that is answered after the participant went another way is no proof', async () => {
    const play = await beginPushed()
    expect(await send(play, { kind: 'not_now' })).toMatchObject(over)
    play.service.says = 'approved'
    await watch(play)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', evidence: ['possession'] })
  })
})

describe('a push that is denied', () => {
  const watchers = (play: Play) =>
    play.rows(
      `select s.role, n.kind from staff_notices n join staff s on s.id = n.staff_id where n.about = $1::uuid::text`,
    )

  it('speaks against the case, asks for a supervisor, and those who watch are told', async () => {
    const play = await beginPushed()
    play.service.says = 'denied'
    await watch(play)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'supervisor' })
    expect(await watchers(play)).toEqual([{ role: 'supervisor', kind: 'push_denied' }])
    expect(await eventsOf(play)).toEqual(['push.asked', 'push.sent', 'push.denied'])
    expect(await want(play)).toMatchObject({ kind: 'refused' })
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing' } })
  })

  it('after its page went another way still stops an approval that does not know of it', async () => {
    const play = await begin({}, (policy) => {
      const asking = withPush(policy)
      const { standard, privileged } = asking.rules.password_reset
      const rule = { standard: { ...standard, classesNeeded: 1, classesRequired: [] }, privileged }
      return { ...asking, rules: { ...asking.rules, password_reset: rule } }
    })
    // One kind is enough here; the request is one of an earlier, stricter moment.
    await play.typeCode()
    await play.complete()
    const { tenantId, verificationId } = play.ref
    await world.database.owner.run(
      `insert into push_requests (tenant_id, verification_id, person_id, given_up_at) values ($1, $2, $3, now())`,
      [tenantId, verificationId, play.of.person.id],
    )
    await world.database.owner.run(
      `insert into pushes (tenant_id, id, verification_id, person_id, portal_session_id, account, state, transaction, looked_at)
       values ($1, $2, $3, $4, $5, $6, 'sent', 'T9', now() - interval '5 seconds')`,
      [tenantId, randomUUID(), verificationId, play.of.person.id, await play.session(), play.of.person.login],
    )
    play.service.says = 'denied'
    await watch(play)
    expect(await watchers(play)).toEqual([{ role: 'supervisor', kind: 'push_denied' }])
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing' } })
  })
})

describe('a service that does not do what it should', () => {
  it.each<[string, () => Promise<PushOrdered>]>([
    ['is down', () => Promise.reject(new Error('unreachable'))],
    [
      'has no authenticator for the account',
      () => Promise.resolve({ kind: 'not_sent', reason: 'no_authenticator' }),
    ],
  ])('that %s says nothing against the participant, who goes another way', async (_name, orderedAs) => {
    const play = await begin()
    await ask(play)
    play.service.orderedAs = orderedAs
    await want(play)
    expect(await watch(play)).toBe(1)
    expect(await statesOf(play)).toEqual(['not_sent'])
    expect(await play.row()).toMatchObject({ state: 'answering' })
    expect(await send(play, { kind: 'not_now' })).toMatchObject(over)
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'new_evidence' })
  })

  it('that stops answering is asked until the time is over, and a late answer counts for nothing', async () => {
    const play = await beginPushed()
    play.service.look = () => Promise.reject(new Error('unreachable'))
    expect(await watch(play)).toBe(0)
    expect(await statesOf(play)).toEqual(['sent'])
    await world.database.owner.run(
      `update pushes set asked_at = asked_at - interval '11 minutes' where verification_id = $1`,
      [play.ref.verificationId],
    )
    play.service.look = () => Promise.resolve('approved')
    expect(await watch(play)).toBe(1)
    expect(await statesOf(play)).toEqual(['unanswered'])
  })

  it('R2: a push whose sender died is not sent again, and counts as one that was', async () => {
    const play = await begin()
    await ask(play)
    await want(play)
    // A worker that is killed has taken the row, and nobody knows whether the service heard of it.
    await world.database.owner.run(
      `update pushes set state = 'sending', looked_at = now() - interval '1 minute' where verification_id = $1`,
      [play.ref.verificationId],
    )
    expect(await watch(play)).toBe(1)
    expect([await statesOf(play), play.service.orders]).toEqual([['not_sent'], []])
    expect(await want(play)).toMatchObject({ value: { isOver: false, pushesLeft: 0 } })
  })

  it('R2: of two workers that look at once, one sends', async () => {
    const play = await begin()
    await ask(play)
    await want(play)
    await Promise.all([watch(play), watch(play), watch(play)])
    expect(play.service.orders).toHaveLength(1)
  })
})

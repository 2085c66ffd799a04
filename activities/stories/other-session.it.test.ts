/**
 * An older session of the same case, revived by an attacker who writes the database. It is genuine, since its code was typed,
 * and still the decision does not rest on it (F2, G8, T11).
 */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { oneKind, openPlay } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'
import { waitingPolicy } from '../testing/waiting-policy.ts'

const world = useTestWorld()
const password = 'an entirely new passphrase 42'

/** A code was typed, a fresh link went out, its code was typed too: two sessions, the first of which has ended. */
const openTwice = async (
  purpose: 'password_reset' | 'mfa_reset',
  options: Parameters<typeof openPlay>[2] = {},
) => {
  const play = await openPlay(world, { purpose }, options)
  await play.typeCode()
  const older = await play.session()
  await world.database.owner.run(
    `update portal_sessions set absolute_expires_at = now() where verification_id = $1`,
    [play.ref.verificationId],
  )
  const { id: contactId, masked: contactMasked } = play.of.phoneContact
  const actor = { kind: 'agent', id: play.of.agent.id } as const
  await world.verifications.resend(
    play.ref,
    { channel: 'sms', contactId, contactMasked, actor },
    { requestId: randomUUID() },
  )
  await play.typeCode()
  await play.complete()
  const version = async () =>
    Number(
      (
        await play.rows(
          `select d.version from directory_accounts d join people p on p.tenant_id = d.tenant_id and p.directory_id = d.directory_id
       join verifications v on v.tenant_id = p.tenant_id and v.person_id = p.id where v.id = $1`,
        )
      )[0]?.['version'],
    )
  const resetId = async () => String((await play.row('actions'))['workflow_id'])
  /** An attacker who writes the database revives the older session, and no other. */
  const revive = () =>
    world.database.owner.run(
      `update portal_sessions set ended_at = case when id = $2 then null else now() end,
         end_reason = case when id = $2 then null else 'superseded' end,
         absolute_expires_at = now() + interval '1 hour', last_used_at = now() where verification_id = $1`,
      [play.ref.verificationId, older],
    )
  return { ...play, older, version, resetId, revive }
}

describe('G8, T11: an older session of the case', () => {
  it('sets no password, whatever the database says of it', async () => {
    const play = await openTwice('password_reset')
    await play.decide()
    await play.acts('granted')
    await play.revive()
    const inputId = await play.portal.typePassword(password, play.older)
    expect(await world.verifications.submitPassword(await play.resetId(), inputId)).toMatchObject({
      value: { action: 'failed', refusal: 'grant_unusable' },
    })
    expect(await play.version()).toBe(1)
  })

  it('removes no second factor', async () => {
    const play = await openTwice('mfa_reset', { policy: oneKind })
    await play.decide()
    await play.acts('granted')
    await play.revive()
    expect(await world.verifications.resetMfa(await play.resetId(), play.older)).toMatchObject({
      value: { action: 'failed', refusal: 'grant_unusable' },
    })
    expect(await play.version()).toBe(1)
  })

  it.each(['decision_session_id', 'no session'])(
    'gets no grant by a decision that was changed to name it (%s)',
    async (change) => {
      const play = await openTwice('password_reset', { policy: waitingPolicy(3) })
      await play.decide()
      await play.acts('scheduled')
      const sets = change === 'no session' ? 'null' : '$2::uuid'
      const values = [play.ref.verificationId, ...(change === 'no session' ? [] : [play.older])]
      await world.database.owner.run(
        `update verifications set decision_session_id = ${sets} where id = $1`,
        values,
      )
      await play.acts('failed')
      expect(await play.rows('select id from grants where verification_id = $1')).toEqual([])
    },
  )

  it('writes nothing under a grant that was changed to name it', async () => {
    const play = await openTwice('password_reset')
    await play.decide()
    await play.acts('granted')
    await play.revive()
    await world.database.owner.run('update grants set session_id = $2 where verification_id = $1', [
      play.ref.verificationId,
      play.older,
    ])
    const inputId = await play.portal.typePassword(password, play.older)
    expect(await world.verifications.submitPassword(await play.resetId(), inputId)).toMatchObject({
      value: { refusal: 'grant_unusable' },
    })
    expect(await play.version()).toBe(1)
  })
})

it('F3: a participant who comes back after the approval acts in that session, and in no earlier one', async () => {
  const play = await openTwice('password_reset', { policy: waitingPolicy(2) })
  const before = await play.session()
  await play.decide()
  await world.database.owner.run(
    `update portal_sessions set ended_at = now(), end_reason = 'idle' where verification_id = $1`,
    [play.ref.verificationId],
  )
  await play.acts('awaiting_participant')
  const sent = () =>
    world.messenger.sent.filter(({ to, text }) => to === play.of.phone && /\/v#/.test(text)).length
  await until(() => Promise.resolve(sent() > 2))
  const resetId = await play.resetId()
  const typed = await play.portal.typeMatchCode(play.token())
  expect(await world.verifications.submitReturnCode(resetId, typed)).toMatchObject({
    value: { accepted: true },
  })
  await play.acts('granted')
  expect(await play.row('grants')).toMatchObject({ session_id: typed })
  expect(typed).not.toBe(before)
  const inputId = await play.portal.typePassword(password, typed)
  expect(await world.verifications.submitPassword(resetId, inputId)).toMatchObject({
    value: { action: 'completed', refusal: null },
  })
  expect(await play.version()).toBe(2)
})

import { verify } from '@node-rs/argon2'
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { oldPassword } from '../testing/case.ts'
import { openIn, openPlay, playToGrant } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'

const world = useTestWorld()
const owner = () => world.database.owner

describe('password reset', () => {
  it('N4: the directory refuses a password, the grant stays, and a better one is taken', async () => {
    const play = await playToGrant(world)
    expect(await play.submit(oldPassword)).toMatchObject({
      value: { action: 'granted', refusal: 'password_refused', triesLeft: 3 },
    })
    expect((await play.account()).version).toBe(1)
    expect(await play.submit('a better passphrase 77')).toMatchObject({ value: { action: 'completed' } })
    expect((await play.account()).version).toBe(2)
  })

  it('N4: after four refused passwords the grant is void', async () => {
    const play = await playToGrant(world)
    for (const triesLeft of [3, 2, 1, 0]) {
      expect(await play.submit(oldPassword)).toMatchObject({
        value: { refusal: 'password_refused', triesLeft },
      })
    }
    expect(await play.row('actions')).toMatchObject({ state: 'failed', tries: 4 })
    await play.ends(play.resetId)
    expect((await play.submit('too late for this one 1')).kind).toBe('gone')
    expect((await play.account()).version).toBe(1)
  })

  it('G8: a grant that was changed in the database writes nothing', async () => {
    const play = await playToGrant(world)
    await owner().run(`update grants set approvers = array['somebody-else'] where verification_id = $1`, [
      play.ref.verificationId,
    ])
    expect(await play.submit('an unwanted passphrase 1')).toMatchObject({
      value: { action: 'failed', refusal: 'grant_unusable' },
    })
    expect((await play.account()).version).toBe(1)
  })

  it('G8: a grant whose life was prolonged in the database writes nothing', async () => {
    const play = await playToGrant(world)
    await owner().run(
      `update grants set expires_at = expires_at + interval '5 minutes' where verification_id = $1`,
      [play.ref.verificationId],
    )
    expect(await play.submit('an unwanted passphrase 1')).toMatchObject({
      value: { refusal: 'grant_unusable' },
    })
    expect((await play.account()).version).toBe(1)
  })

  it('R5: an account that became protected in between is not written', async () => {
    const play = await playToGrant(world)
    await owner().run('update people set never_via_help_desk = true where id = $1', [play.of.person.id])
    expect(await play.submit('an unwanted passphrase 1')).toMatchObject({
      value: { refusal: 'grant_unusable' },
    })
    expect((await play.account()).version).toBe(1)
  })

  it('N2: a privileged account is not written under one approval', async () => {
    const play = await playToGrant(world)
    await owner().run(`update people set tier = 'privileged' where id = $1`, [play.of.person.id])
    expect(await play.submit('an unwanted passphrase 1')).toMatchObject({
      value: { refusal: 'privilege_differs' },
    })
    expect((await play.account()).version).toBe(1)
  })

  it('B1: a verification set to passed by hand leads to no reset', async () => {
    const play = await openPlay(world)
    await owner().run(
      `update verifications set state = 'closed', outcome = 'passed', decision = 'approved', decided_at = now() where id = $1`,
      [play.ref.verificationId],
    )
    const forged = `${play.of.tenantId}/password-reset/${'0'.repeat(32)}`
    expect((await world.verifications.submitPassword(forged, randomUUID())).kind).toBe('gone')
    expect(await play.rows('select id from grants where verification_id = $1')).toHaveLength(0)
  })

  it('the grant runs out by itself', async () => {
    const play = await openPlay(world, {
      lifetimes: { linkSeconds: 600, codeSeconds: 600, verificationSeconds: 3600, grantSeconds: 1 },
    })
    await play.typeCode()
    await play.complete()
    await play.decide()
    await play.acts('expired')
    expect(await play.row('grants')).toMatchObject({ void_reason: 'time_over' })
  })

  it('a locked account is open again, other sessions are over, the card is current, and every contact gets a notice', async () => {
    const play = await playToGrant(world)
    await owner().run(
      `update directory_accounts set state = 'locked', failed_tries = 5 where directory_id = $1`,
      [play.of.person.directory_id],
    )
    const onCard = () =>
      owner().one(
        'select extract(epoch from now() - password_changed_at)::integer as age from people where id = $1',
        [play.of.person.id],
      )
    await owner().run(`update people set password_changed_at = now() - interval '80 days' where id = $1`, [
      play.of.person.id,
    ])
    await play.submit('an entirely new passphrase 42')
    await until(async () => (await play.row('actions'))['sessions_ended'] === 'done')
    const account = await owner().one(
      'select state, failed_tries, sessions_ended_at is not null as ended from directory_accounts where directory_id = $1',
      [play.of.person.directory_id],
    )
    expect(account).toEqual({ state: 'active', failed_tries: 0, ended: true })
    expect(Number((await onCard())?.['age']), 'the person card, seconds').toBeLessThan(24 * 3600)
    const told = await play.rows(
      `select contact_id from notices where verification_id = $1 and kind = 'password_changed'`,
    )
    expect(told).toHaveLength(2)
  })

  it('a second decision for the same account ends the reset that still waits', async () => {
    const first = await playToGrant(world)
    const second = await openIn(world, first.of)
    await second.typeCode()
    await second.complete()
    await second.decide()
    await second.acts('granted')
    expect(await first.row('actions')).toMatchObject({ state: 'failed', reason: 'superseded' })
    expect(await first.row('grants')).toMatchObject({ void_reason: 'superseded' })
    const inputId = await second.portal.typePassword('the one that counts 99')
    expect(await world.verifications.submitPassword(first.resetId, inputId)).toMatchObject({
      value: { action: 'completed' },
    })
    expect(await verify((await first.account()).password_hash, 'the one that counts 99')).toBe(true)
    expect((await first.account()).version).toBe(2)
  })

  it('M3: the sealed password is gone after the write', async () => {
    const play = await playToGrant(world)
    await play.submit('an entirely new passphrase 43')
    expect(await play.rows('select id from sealed_inputs where verification_id = $1')).toHaveLength(0)
  })
})

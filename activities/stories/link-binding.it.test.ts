import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeContact } from '#platform/database/testing/factories.ts'
import { openIn, openPlay } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'

const world = useTestWorld()
const owner = () => world.database.owner
type Play = Awaited<ReturnType<typeof openPlay>>

const denials = (play: Play) =>
  play.rows(`select payload from audit where object_id = $1::text and type = 'access.denied'`)
const unusable = { kind: 'answered', value: { accepted: false, reason: 'link_unusable' } }

describe('C10: a link is good for what it was sent for and for nothing else', () => {
  it.each([
    ['purpose', `purpose = 'identity_check'`, 'purpose'],
    ['policy', 'policy_version = 7', 'policyVersion'],
    ['channel', `channel = 'email'`, 'channel'],
    ['contact', `contact_value_index = '\\x00'`, 'contactIndex'],
  ])(
    'of another %s it is refused like an unknown one, and the audit alone says why',
    async (_name, change, part) => {
      const play = await openPlay(world)
      await owner().run(`update links set ${change} where verification_id = $1`, [play.ref.verificationId])
      expect(await play.typeCode()).toMatchObject(unusable)
      expect(await denials(play)).toEqual([
        { payload: { route: 'public.submitCode', reason: 'binding_mismatch', part } },
      ])
      expect(await play.rows('select id from portal_sessions where verification_id = $1')).toEqual([])
    },
  )

  it('of another person and another verification', async () => {
    const [mine, other] = [await openPlay(world), await openPlay(world)]
    await owner().run('update links set person_id = $2 where verification_id = $1', [
      mine.ref.verificationId,
      other.of.person.id,
    ])
    expect(await mine.typeCode()).toMatchObject(unusable)
    expect(await denials(mine)).toMatchObject([{ payload: { part: 'personId' } }])
    const token = other.token()
    const second = await openIn(world, other.of)
    // The token of one case, typed with the right code of another one.
    const inputId = await second.portal.typeMatchCode(token)
    expect(await world.verifications.submitMatchCode(second.ref, inputId)).toMatchObject({
      value: { accepted: false },
    })
  })

  it('a link that is merely old is no mismatch', async () => {
    const play = await openPlay(world)
    await owner().run(`update links set expires_at = now() where verification_id = $1`, [
      play.ref.verificationId,
    ])
    expect(await play.typeCode()).toMatchObject(unusable)
    expect(await denials(play)).toEqual([])
  })
})

describe('C11: live links of one participant', () => {
  it('are two at most, over all verifications', async () => {
    const first = await openPlay(world)
    const second = await openIn(world, first.of, { channel: 'email', contactId: first.of.emailContact.id })
    const third = await openIn(world, first.of, { channel: 'email', contactId: first.of.emailContact.id })
    expect(third.opened).toMatchObject({ value: { state: 'undelivered', refusal: 'send_limit_reached' } })
    const live = await owner().one<{ n: number }>(
      `select count(*)::integer as n from links where person_id = $1 and used_at is null and superseded_at is null
         and voided_at is null and expires_at > now()`,
      [first.of.person.id],
    )
    expect(live).toEqual({ n: 2 })
    await world.verifications.cancel(
      second.ref,
      { actor: { kind: 'agent', id: first.of.agent.id }, reason: 'again' },
      { requestId: randomUUID() },
    )
    const fourth = await openIn(world, first.of, { channel: 'email', contactId: first.of.emailContact.id })
    expect(fourth.opened).toMatchObject({ value: { state: 'link_sent' } })
  })
})

describe('C12: the contact is read when it is used', () => {
  const resend = (play: Play, contact: { id: string; masked: string }) =>
    world.verifications.resend(
      play.ref,
      {
        channel: 'sms',
        contactId: contact.id,
        contactMasked: contact.masked,
        actor: { kind: 'agent', id: play.of.agent.id },
      },
      { requestId: randomUUID() },
    )

  it('goes to the value of the moment of sending, and to nobody once it is off file', async () => {
    const play = await openPlay(world)
    const other = await makeContact(owner(), world.keys.worker, play.of.person, '+447700900555')
    // The directory brings another number under the same id.
    const changed = await makeContact(owner(), world.keys.worker, play.of.person, '+447700900666')
    await owner().run('update contacts set removed_at = now() where id = $1', [other.id])
    const before = world.messenger.sent.length
    expect(await resend(play, other)).toMatchObject({ value: { refusal: 'contact_not_on_file' } })
    expect(world.messenger.sent.length).toBe(before)
    expect(await resend(play, changed)).toMatchObject({ value: { state: 'link_sent' } })
    expect(world.messenger.sent.at(-1)?.to).toBe('+447700900666')
  })

  it('a contact that changed, went off file or went to another person between send and use ends the link', async () => {
    for (const change of [
      `value_index = '\\x01'`,
      'removed_at = now()',
      'person_id = (select manager_id from people p where p.id = contacts.person_id)',
    ]) {
      const play = await openPlay(world)
      await owner().run(`update contacts set ${change} where id = $1`, [play.of.phoneContact.id])
      expect(await play.typeCode(), change).toMatchObject(unusable)
      expect(await denials(play), change).toHaveLength(1)
    }
  })
})

import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeTenant } from '#platform/database/testing/factories.ts'
import { newToken } from '#platform/crypto/sealing.ts'
import { createAuthenticator, type Authenticator, type Twist } from '#platform/testing/authenticator.ts'
import type { CaseRef } from '#workflows/verification/activity-types.ts'
import type { TestCase } from '../testing/case.ts'
import {
  createPasskeyHands,
  enrolPasskey,
  leaveOneContact,
  party,
  twoKinds,
  type Sending,
} from '../testing/passkeys.ts'
import { openIn, openPlay } from '../testing/play.ts'
import { useTestWorld } from '../testing/test-world.ts'
import { until } from '../testing/until.ts'
import { createAcceptPasskey } from '../verification/evidence/accept-passkey.ts'

const world = useTestWorld()
type Play = Awaited<ReturnType<typeof openPlay>>

const enrol = (of: TestCase, row: Parameters<typeof enrolPasskey>[3] = {}) =>
  enrolPasskey(world.database.owner, world.keys, of, row)

/** A purpose for which two kinds are needed, and a participant who has but one contact: the passkey is the other kind. */
const options = { policy: twoKinds('password_reset') }
const begin = async (): Promise<Play> => {
  const play = await openPlay(world, {}, options)
  await leaveOneContact(world.database.owner, play.of)
  return play
}

/** The case asks for the passkey: the code was right, and the score was not enough. */
const ask = async (play: Play): Promise<void> => {
  await play.typeCode()
  await world.verifications.answersCompleted(play.ref, randomUUID())
  await until(async () => (await play.row('passkey_requests'))['tries'] === 0)
}

const handsOf = ({ ref }: Play) => {
  const { database, keys, verifications } = world
  return createPasskeyHands({ api: database.api, keys, verifications, ref })
}
const challengeFor = (play: Play, sessionId: string) => handsOf(play).challengeFor(sessionId)
const send = (play: Play, said: object) => handsOf(play).send(said)
const prove = (play: Play, key: Authenticator, sending: Sending = {}) => handsOf(play).prove(key, sending)
const refused = { value: { isOver: false, refusal: 'passkey_refused' } }
const decisionOf = async (play: Play) => {
  const [newest] = await play.rows(
    'select decision, evidence_digest from scorings where verification_id::text = $1::text order by ordinal desc limit 1',
  )
  return newest?.['decision']
}

describe('a passkey as evidence', () => {
  it('B5, G8: is asked for where one more kind is needed, gives it, and is part of what a grant is bound to', async () => {
    const play = await begin()
    const { key, id } = await enrol(play.of)
    await ask(play)
    expect(await decisionOf(play)).toMatchObject({
      answer: 'hold',
      next: 'passkey',
      evidence: ['possession'],
    })
    const [before] = await play.rows(
      'select evidence_digest from scorings where verification_id::text = $1::text',
    )
    expect(await prove(play, key)).toMatchObject({ value: { isOver: true, refusal: null } })
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({
      answer: 'approve',
      evidence: ['possession', 'phishing_resistant'],
    })
    const digests = await play.rows(
      'select evidence_digest from scorings where verification_id::text = $1::text order by ordinal',
    )
    expect(digests).toHaveLength(2)
    expect(digests[1]).not.toEqual(before)
    expect(await play.row('passkey_requests')).toMatchObject({ passkey_id: id, tries: 1 })
    expect(await play.decide()).toMatchObject({ value: { refusal: null, outcome: 'passed' } })
    await play.acts('granted')
    expect((await play.row('grants'))['evidence_digest']).toEqual(digests[1]?.['evidence_digest'])
    const audit = JSON.stringify(await play.rows('select type, payload from audit where object_id = $1'))
    for (const type of ['passkey.asked', 'passkey.tried']) expect(audit).toContain(type)
    expect(audit).not.toContain(key.id)
  })

  it.each<[string, Twist]>([
    ['another origin', { origin: 'https://portal.localhost.evil.example' }],
    ['another relying party', { rpId: 'localhost' }],
    ['no user verification', { isVerified: false }],
    ['another type', { type: 'webauthn.create' }],
  ])('fails closed for %s, and counts the try', async (_name, twist) => {
    const play = await begin()
    const { key } = await enrol(play.of)
    await ask(play)
    expect(await prove(play, key, { twist })).toMatchObject(refused)
    expect(await play.row('passkey_requests')).toMatchObject({ tries: 1, proven_at: null })
    expect(await play.decide()).toMatchObject({ kind: 'refused' })
  })

  it('fails closed for a replay, another session, another case and a challenge that is none', async () => {
    const play = await begin()
    const { key } = await enrol(play.of)
    await ask(play)
    const sessionId = randomUUID()
    const challenge = await challengeFor(play, sessionId)
    const answer = { kind: 'assertion', sessionId, ...key.assert(challenge, { isVerified: false }) }
    expect(await send(play, answer)).toMatchObject(refused)
    // The challenge was used up by that answer, although it was refused.
    expect(await prove(play, key, { sessionId, challenge })).toMatchObject(refused)
    const other = await challengeFor(play, randomUUID())
    expect(await prove(play, key, { sessionId, challenge: other })).toMatchObject(refused)
    expect(await prove(play, key, { challenge: newToken() })).toMatchObject(refused)
    // A case that was never asked takes none.
    const foreign = await openIn(world, play.of, { purpose: 'identity_check' })
    await foreign.typeCode()
    expect(await prove(foreign, key)).toMatchObject({ value: { isOver: false, refusal: 'step_over' } })
  })

  it('fails closed for the passkey of another person and of another tenant', async () => {
    const play = await begin()
    await enrol(play.of)
    await ask(play)
    const elsewhere = await openPlay(world, {}, options)
    const { key } = await enrol(elsewhere.of)
    expect(await prove(play, key)).toMatchObject(refused)
    await makeTenant(world.database.owner)
    const stranger = createAuthenticator(party)
    expect(await prove(play, stranger)).toMatchObject(refused)
  })

  it('lets the case continue without it, at once or when the tries are used up, and asks no second time', async () => {
    const play = await begin()
    await enrol(play.of)
    await ask(play)
    expect(await send(play, { kind: 'not_at_hand' })).toMatchObject({
      value: { isOver: true, refusal: null },
    })
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ answer: 'hold', next: 'new_evidence' })
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing' } })

    const tired = await begin()
    const { key } = await enrol(tired.of)
    await ask(tired)
    for (let left = 4; left > 0; left -= 1)
      expect(await prove(tired, key, { twist: { isVerified: false } })).toMatchObject({
        value: { triesLeft: left },
      })
    expect(await prove(tired, key, { twist: { isVerified: false } })).toMatchObject({
      value: { isOver: true, refusal: 'passkey_refused' },
    })
    await tired.reaches('awaiting_decision')
  })

  it('R1: says the same again where a worker died after the last try, or after the participant gave up', async () => {
    const again = async (play: Play) => {
      const { database, keys, deps } = world
      const accept = createAcceptPasskey({ ...deps, db: database.worker, keys: keys.worker })
      const { tenantId, verificationId } = play.ref
      const of = { tenantId, verificationId, personId: play.of.person.id } as CaseRef
      return accept({ case: of, inputId: randomUUID(), at: new Date().toISOString() })
    }
    const tired = await begin()
    const { key } = await enrol(tired.of)
    await ask(tired)
    for (let tries = 0; tries < 5; tries += 1) await prove(tired, key, { twist: { isVerified: false } })
    expect(await again(tired)).toEqual({ isOver: true, refusal: 'passkey_refused', triesLeft: 0 })

    const without = await begin()
    await enrol(without.of)
    await ask(without)
    await send(without, { kind: 'not_at_hand' })
    expect(await again(without)).toEqual({ isOver: true, refusal: null, triesLeft: 5 })
  })

  it('takes a copied key away', async () => {
    const play = await begin()
    const { key, id } = await enrol(play.of)
    await world.database.owner.run('update passkeys set sign_count = 9 where id = $1', [id])
    await ask(play)
    expect(await prove(play, key, { twist: { counter: 9 } })).toMatchObject(refused)
    expect(await world.database.owner.one('select remove_reason from passkeys where id = $1', [id])).toEqual({
      remove_reason: 'counter_went_back',
    })
    expect(await prove(play, key, { twist: { counter: 10 } })).toMatchObject(refused)
  })
})

describe('a passkey that does not count', () => {
  const closes = async (play: Play): Promise<void> => {
    await play.typeCode()
    await world.verifications.answersCompleted(play.ref, randomUUID())
    await play.reaches('awaiting_decision')
    expect(await decisionOf(play)).toMatchObject({ next: 'new_evidence', evidence: ['possession'] })
    expect(await play.row('passkey_requests')).toEqual({})
  }
  const owner = () => world.database.owner

  it('is not asked for before 72 hours, by the clock of the database', async () => {
    const play = await begin()
    const { id } = await enrol(play.of, { hours: 0 })
    await owner().run(
      `update passkeys set created_at = now() - interval '71 hours 59 minutes' where id = $1`,
      [id],
    )
    await closes(play)
  })

  it('is not asked for once it was removed', async () => {
    const play = await begin()
    const { id } = await enrol(play.of)
    await owner().run('update passkeys set removed_at = now() where id = $1', [id])
    await closes(play)
  })

  it('B13: is dead when its case was reported, or anything was while it waited', async () => {
    for (const [isOwnCase, hours] of [
      [true, 100],
      [false, 73],
    ] as const) {
      const play = await begin()
      const caseId = randomUUID()
      await enrol(play.of, { hours, caseId })
      await owner().run(
        `insert into reports (tenant_id, id, verification_id, person_id, source, at)
         values ($1, $2, $3, $4, 'message', now() - interval '10 hours')`,
        [play.of.tenantId, randomUUID(), isOwnCase ? caseId : randomUUID(), play.of.person.id],
      )
      // The report itself refuses a new case; what matters here is that the passkey does not count any more.
      const { n } = (await owner().one<{ n: number }>(
        `select count(*)::integer as n from passkeys where person_id = $1`,
        [play.of.person.id],
      )) ?? { n: 0 }
      expect(n).toBe(1)
      await play.typeCode()
      await world.verifications.answersCompleted(play.ref, randomUUID())
      await until(async () => (await decisionOf(play)) !== undefined)
      expect(await play.row('passkey_requests')).toEqual({})
    }
  })

  it('B1: takes its evidence with it when it is removed between the proof and the decision', async () => {
    const play = await begin()
    const { key, id } = await enrol(play.of)
    await ask(play)
    await prove(play, key)
    await play.reaches('awaiting_decision')
    await owner().run('update passkeys set removed_at = now() where id = $1', [id])
    expect(await play.decide()).toMatchObject({ value: { refusal: 'evidence_missing', outcome: null } })
  })
})

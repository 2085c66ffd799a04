import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openForWorker } from '#platform/crypto/sealed-inputs.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { createAuthenticator } from '#platform/testing/authenticator.ts'
import { events, type Visit } from '../../testing/visit.ts'
import { usePortal } from '../../testing/use-test-api.ts'

const portal = usePortal()
const { api, enter } = portal
const party = () => ({ id: 'portal.localhost', origin: api.portalUrl })

/** A case whose new password is set. */
const finish = async (state = 'completed', purpose = 'password_reset'): Promise<Visit> => {
  const visit = await enter({ purpose })
  await api.owner.run(
    `update verifications set state = 'closed', outcome = 'passed', decision = 'approved', closed_at = now() where id = $1`,
    [visit.verificationId],
  )
  await insertRow(api.owner, 'actions', {
    tenant_id: portal.tenantId,
    verification_id: visit.verificationId,
    kind: 'password_reset',
    person_id: visit.person.id,
    state,
    expires_at: new Date(Date.now() + 900_000),
    run_id: randomUUID(),
    run_started_at: new Date(),
    seq: 1,
    workflow_id: `${portal.tenantId}/password-reset/${randomUUID()}`,
  })
  return visit
}
const begin = async (visit: Visit) => (await visit.post('passkey/enrolment/begin', {})).json
const kept = (visit: Visit) =>
  api.owner.query<Record<string, unknown>>('select * from passkeys where person_id = $1', [visit.person.id])
const enrol = async (visit: Visit) => {
  const creation = await begin(visit)
  const key = createAuthenticator(party())
  return { key, creation, answer: await visit.post('passkey/enrolment', key.register(creation.challenge)) }
}

describe('the offer at the end of a case that passed', () => {
  it('is made once the new password is set, kept sealed, told to every contact, and not made again', async () => {
    const visit = await finish()
    expect((await visit.step()).json.step).toEqual({
      kind: 'ended',
      ending: 'password_changed',
      feedbackGiven: false,
      passkey: 'offered',
    })
    const { key, creation, answer } = await enrol(visit)
    expect(creation).toMatchObject({
      rp: { id: 'portal.localhost', name: 'Northwind' },
      user: { displayName: 'Ada Lindt' },
      exclude: [],
    })
    expect(answer.json.step).toMatchObject({ ending: 'password_changed', passkey: 'enrolled' })
    const [row] = await kept(visit)
    expect(row).toMatchObject({ verification_id: visit.verificationId, removed_at: null })
    expect(JSON.stringify(row)).not.toContain(key.id)
    const notices = await api.owner.query(
      `select contact_id from notices where verification_id = $1 and kind = 'passkey_added'`,
      [visit.verificationId],
    )
    expect(notices).toHaveLength(2)
    expect(await events(api, visit.verificationId)).toContain('passkey.enrolled')
    expect((await visit.post('passkey/enrolment/begin', {})).status).toBe(409)
  })

  it('tells the authenticator which passkeys it must not make again', async () => {
    const visit = await finish()
    const { key } = await enrol(visit)
    // The same person, a later case.
    await api.owner.run('update passkeys set verification_id = $2 where person_id = $1', [
      visit.person.id,
      randomUUID(),
    ])
    expect((await begin(visit)).exclude).toEqual([{ id: key.id, transports: ['internal'] }])
  })

  it.each([
    ['the password is not set yet', 'granted', 'password_reset'],
    ['the change is not known', 'unknown', 'password_reset'],
    ['the purpose sets none', 'completed', 'identity_check'],
  ])('is not made while %s', async (_name, state, purpose) => {
    const visit = await finish(state, purpose)
    expect((await visit.step()).json.step).not.toHaveProperty('passkey')
    expect((await visit.post('passkey/enrolment/begin', {})).status).toBe(409)
    const key = createAuthenticator(party())
    expect((await visit.post('passkey/enrolment', key.register('A'.repeat(43)))).status).toBe(409)
    expect(await kept(visit)).toEqual([])
  })

  it('F3, B13: is not made to a session that is over, nor in a case that was reported', async () => {
    const over = await finish()
    await api.owner.run(
      `update portal_sessions set ended_at = now(), end_reason = 'completed' where verification_id = $1`,
      [over.verificationId],
    )
    expect((await over.post('passkey/enrolment/begin', {})).status).toBe(401)
    const disputed = await finish()
    await insertRow(api.owner, 'reports', {
      tenant_id: portal.tenantId,
      id: randomUUID(),
      verification_id: disputed.verificationId,
      person_id: disputed.person.id,
      source: 'message',
    })
    expect((await disputed.step()).json.step).not.toHaveProperty('passkey')
    expect((await disputed.post('passkey/enrolment/begin', {})).status).toBe(409)
  })

  it('ends with five live passkeys of one person', async () => {
    const visit = await finish()
    for (let n = 0; n < 5; n += 1) {
      expect((await enrol(visit)).answer.status).toBe(200)
      await api.owner.run('update passkeys set verification_id = $2 where person_id = $1', [
        visit.person.id,
        randomUUID(),
      ])
    }
    expect((await visit.step()).json.step).not.toHaveProperty('passkey')
    expect((await visit.post('passkey/enrolment/begin', {})).status).toBe(409)
  })
})

describe('what an authenticator made', () => {
  it('is refused for another origin, relying party or type, without user verification, and when replayed', async () => {
    const visit = await finish()
    const twists = [
      { origin: 'https://portal.example.org' },
      { rpId: 'localhost' },
      { type: 'webauthn.get' },
      { isVerified: false },
    ]
    for (const twist of twists) {
      const { challenge } = await begin(visit)
      const key = createAuthenticator(party())
      const refused = await visit.post('passkey/enrolment', key.register(challenge, twist))
      expect([refused.status, refused.json.code]).toEqual([409, 'passkey_refused'])
      // Used up by the first answer, right or wrong.
      expect((await visit.post('passkey/enrolment', key.register(challenge))).status).toBe(409)
    }
    expect(await kept(visit)).toEqual([])
  })

  it('is bound to its session, to the newest challenge, and to time', async () => {
    const [one, other] = [await finish(), await finish()]
    const key = createAuthenticator(party())
    const { challenge } = await begin(one)
    expect((await other.post('passkey/enrolment', key.register(challenge))).status).toBe(409)
    await begin(one)
    expect((await one.post('passkey/enrolment', key.register(challenge))).status).toBe(409)
    const late = await begin(one)
    await api.owner.run(`update passkey_challenges set expires_at = now() - interval '1 second'`)
    expect((await one.post('passkey/enrolment', key.register(late.challenge))).status).toBe(409)
    const hashes = await api.owner.query<{ challenge_hash: Buffer }>(
      'select challenge_hash from passkey_challenges',
    )
    expect(JSON.stringify(hashes)).not.toContain(late.challenge)
  })

  it('is not kept twice, and never under a second person', async () => {
    const [one, other] = [await finish(), await finish()]
    const { key } = await enrol(one)
    const { challenge } = await begin(other)
    expect((await other.post('passkey/enrolment', key.register(challenge))).status).toBe(409)
    expect(await kept(other)).toEqual([])
  })

  it('cannot be made older than it is by the process that takes it', async () => {
    const visit = await finish()
    await enrol(visit)
    await expect(
      api.deps.db.pool.query(`update passkeys set created_at = now() - interval '80 hours'`),
    ).rejects.toThrow(/permission denied/)
    await expect(
      api.deps.db.pool.query(`insert into passkey_requests (tenant_id, verification_id) values ($1, $2)`, [
        portal.tenantId,
        visit.verificationId,
      ]),
    ).rejects.toThrow(/permission denied/)
  })
})

describe('a case that asks for the passkey', () => {
  const asked = async () => {
    const visit = await finish()
    const { key } = await enrol(visit)
    await api.owner.run(`update passkeys set created_at = now() - interval '73 hours' where person_id = $1`, [
      visit.person.id,
    ])
    const next = await enter()
    // The same person in a later case.
    await api.owner.run('update verifications set person_id = $2 where id = $1', [
      next.verificationId,
      visit.person.id,
    ])
    await api.owner.run(
      `update plans set route = 'passkey', gate = 'open', completed_at = null, completed_reason = null where verification_id = $1`,
      [next.verificationId],
    )
    await insertRow(api.owner, 'passkey_requests', {
      tenant_id: portal.tenantId,
      verification_id: next.verificationId,
    })
    return { visit: next, key }
  }

  it('shows the step, gives a challenge for the passkeys that count, and seals the answer to the worker', async () => {
    const { visit, key } = await asked()
    expect((await visit.step()).json.step).toMatchObject({ kind: 'passkey', refused: false, triesLeft: 5 })
    const request = (await visit.post('passkey/begin', {})).json
    expect(request).toMatchObject({
      rpId: 'portal.localhost',
      allow: [{ id: key.id, transports: ['internal'] }],
    })
    const answer = key.assert(request.challenge)
    await visit.post('passkey', answer)
    const call = api.verifications.calls.at(-1)
    expect(call?.name).toBe('submitPasskey')
    const inputId = String(call?.args[1])
    const row = await api.owner.one<{ sealed: Buffer }>('select sealed from sealed_inputs where id = $1', [
      inputId,
    ])
    const place = {
      tenantId: portal.tenantId,
      verificationId: visit.verificationId,
      kind: 'passkey',
      row: inputId,
    } as const
    const opened = JSON.parse(
      openForWorker(api.keys.worker, place, row?.sealed ?? Buffer.alloc(0)).toString(),
    )
    expect(opened).toMatchObject({ kind: 'assertion', ...answer })
    expect(api.lines.join('')).not.toContain(answer.signature)
  })

  it('says that it was refused, and continues without it', async () => {
    const { visit, key } = await asked()
    api.verifications.answers.submitPasskey = () => ({
      kind: 'answered',
      value: { isOver: false, refusal: 'passkey_refused', triesLeft: 4 } as never,
    })
    expect((await visit.post('passkey', key.assert('A'.repeat(43)))).json.step).toMatchObject({
      kind: 'passkey',
      refused: true,
    })
    api.verifications.answers = {}
    expect((await visit.post('passkey/none', {})).status).toBe(200)
    expect(api.verifications.calls.at(-1)?.name).toBe('submitPasskey')
  })

  it('offers none of it at any other step', async () => {
    const visit = await enter()
    const key = createAuthenticator(party())
    for (const [path, body] of [
      ['passkey/begin', {}],
      ['passkey', key.assert('A'.repeat(43))],
      ['passkey/none', {}],
    ] as const)
      expect((await visit.post(path, body)).status).toBe(409)
    expect(
      (await visit.post('passkey', { ...key.assert('A'.repeat(43)), sessionId: randomUUID() })).status,
    ).toBe(400)
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePerson } from '#platform/database/testing/factories.ts'
import { createAuthenticator, type Authenticator, type Twist } from '#platform/testing/authenticator.ts'
import { consoleCookie } from '../../http/cookies.ts'
import { cookieOf } from '../../testing/http.ts'
import {
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../../testing/test-api.ts'

let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi()
  tenantId = (await addTenant(api)).id
})
afterAll(() => api.stop())
const party = () => ({ id: 'localhost', origin: api.consoleUrl })
const post = (as: SignedIn, path: string, body: unknown = {}) =>
  callConsole(api, as, `/api/console/${path}`, { body })

/** The identity provider saw them just now. */
const signedInAnew = async (as: SignedIn, minutes = 0): Promise<SignedIn> => {
  await api.owner.run(
    `update staff_sessions set authenticated_at = now() - make_interval(mins => $2) where staff_id = $1`,
    [as.staffId, minutes],
  )
  return as
}
const enrol = async (as: SignedIn) => {
  const begun = await post(as, 'passkeys/begin')
  const key = createAuthenticator(party())
  const answer = await post(as, 'passkeys', { ...key.register(begun.json.challenge ?? ''), name: 'Laptop' })
  return { key, begun, answer }
}
const withPasskey = async (role: Parameters<typeof signIn>[2] = 'supervisor') => {
  const as = await signedInAnew(await signIn(api, tenantId, role))
  const { key } = await enrol(as)
  return { as, key }
}
const confirm = async (as: SignedIn, key: Authenticator, twist: Twist = {}) => {
  const { challenge } = (await post(as, 'session/step-up/begin')).json
  const answer = await post(as, 'session/step-up', key.assert(challenge, twist))
  return { answer, as: { ...as, token: cookieOf(answer, consoleCookie) ?? as.token } }
}
const exported = (as: SignedIn) => callConsole(api, as, '/api/console/verifications.csv')

describe('setting up a passkey', () => {
  it('F6: a stolen session cannot: the first asks for a sign-in of the last five minutes, a further one for a step-up', async () => {
    const as = await signIn(api, tenantId)
    expect((await post(as, 'passkeys/begin')).json.code).toBe('sign_in_again_required')
    await signedInAnew(as, 6)
    expect((await post(as, 'passkeys/begin')).json.code).toBe('sign_in_again_required')
    expect((await callConsole(api, as, '/api/console/passkeys')).json.needs).toBe('sign_in_again')
    await signedInAnew(as)
    const { key, begun, answer } = await enrol(as)
    expect(begun.json).toMatchObject({ rp: { id: 'localhost' }, exclude: [] })
    expect(answer.status).toBe(200)
    expect((await post(as, 'passkeys/begin')).json.code).toBe('step_up_required')
    const confirmed = await confirm(as, key)
    expect((await post(confirmed.as, 'passkeys/begin')).json.exclude).toMatchObject([{ id: key.id }])
  })

  it('is reported by mail and recorded, as is taking one away, and the row holds no credential in clear', async () => {
    const { as, key } = await withPasskey('agent')
    const [row] = (await callConsole(api, as, '/api/console/passkeys')).json.passkeys
    expect(row).toMatchObject({ name: 'Laptop', lastUsedAt: null })
    expect((await post(as, `passkeys/${row.id}/name`, { name: 'Blue key' })).status).toBe(200)
    expect((await post(as, `passkeys/${row.id}/remove`)).status).toBe(200)
    const notices = await api.owner.query(
      'select kind from staff_notices where staff_id = $1 order by kind',
      [as.staffId],
    )
    expect(notices).toEqual([{ kind: 'passkey_added' }, { kind: 'passkey_removed' }])
    const stored = await api.owner.one('select * from staff_passkeys where staff_id = $1', [as.staffId])
    expect(stored).toMatchObject({ name: 'Blue key', remove_reason: 'own' })
    expect(JSON.stringify(stored)).not.toContain(key.id)
    const types = await api.owner.query<{ type: string }>('select type from audit where object_id = $1', [
      as.staffId,
    ])
    expect(types.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['staff.passkey_added', 'staff.passkey_removed']),
    )
  })

  it('is refused for another origin, without user verification, and to a challenge that was used', async () => {
    const as = await signedInAnew(await signIn(api, tenantId))
    for (const twist of [
      { origin: 'http://localhost:1' },
      { isVerified: false },
      { rpId: 'portal.localhost' },
    ]) {
      const { challenge } = (await post(as, 'passkeys/begin')).json
      const key = createAuthenticator(party())
      const body = { ...key.register(challenge, twist), name: 'x' }
      expect((await post(as, 'passkeys', body)).json.code).toBe('passkey_refused')
      expect((await post(as, 'passkeys', { ...key.register(challenge), name: 'x' })).json.code).toBe(
        'passkey_refused',
      )
    }
  })

  it('I7: nobody sees, names or takes away those of others', async () => {
    const { as } = await withPasskey()
    const [row] = (await callConsole(api, as, '/api/console/passkeys')).json.passkeys
    const other = await signedInAnew(await signIn(api, tenantId, 'admin'))
    expect((await callConsole(api, other, '/api/console/passkeys')).json.passkeys).toEqual([])
    expect((await post(other, `passkeys/${row.id}/name`, { name: 'mine' })).status).toBe(404)
    expect((await post(other, `passkeys/${row.id}/remove`)).status).toBe(404)
  })
})

describe('F6: step-up', () => {
  it('is demanded from staff who have a passkey, counts for five minutes, and never ends by taking the passkey away', async () => {
    const { as, key } = await withPasskey()
    const denied = await exported(as)
    expect([denied.status, denied.json.code]).toEqual([403, 'step_up_required'])
    const confirmed = (await confirm(as, key)).as
    expect((await exported(confirmed)).status).toBe(200)
    await api.owner.run(
      `update staff_sessions set stepped_up_at = now() - interval '301 seconds' where staff_id = $1`,
      [as.staffId],
    )
    expect((await exported(confirmed)).json.code).toBe('step_up_required')
    await signedInAnew(confirmed)
    const [row] = (await callConsole(api, confirmed, '/api/console/passkeys')).json.passkeys
    expect((await post(confirmed, `passkeys/${row.id}/remove`)).status).toBe(200)
    expect((await exported(confirmed)).json.code).toBe('step_up_required')
    expect((await post(confirmed, 'session/step-up/begin')).json.code).toBe('sign_in_again_required')
  })

  it('F5: is not demanded from who never had one, and the banner says that this is below the bar', async () => {
    const as = await signIn(api, tenantId, 'supervisor')
    expect((await exported(as)).status).toBe(200)
    await api.owner.run(`update staff_sessions set amr = '{pwd}' where staff_id = $1`, [as.staffId])
    expect((await callConsole(api, as, '/api/console/session')).json.banners).toContain(
      'password_only_sign_in',
    )
  })

  it('F2: gives the session a new id and token, and the old one dies', async () => {
    const { as, key } = await withPasskey()
    const { answer, as: next } = await confirm(as, key)
    expect(answer.status).toBe(200)
    expect(next.token).not.toBe(as.token)
    expect((await callConsole(api, as, '/api/console/session')).status).toBe(401)
    const session = await callConsole(api, next, '/api/console/session')
    expect(session.json.csrfToken).toBe(answer.json.csrfToken)
  })

  it('fails closed: no user verification, another origin, a replay, another session, another member of staff', async () => {
    const { as, key } = await withPasskey()
    for (const twist of [{ isVerified: false }, { origin: api.portalUrl }, { type: 'webauthn.create' }]) {
      const { answer } = await confirm(as, key, twist)
      expect([answer.status, answer.json.code]).toEqual([409, 'passkey_refused'])
    }
    const { challenge } = (await post(as, 'session/step-up/begin')).json
    const said = key.assert(challenge)
    const other = await withPasskey()
    expect((await post(other.as, 'session/step-up', said)).json.code).toBe('passkey_refused')
    const foreign = await confirm(other.as, key)
    expect(foreign.answer.json.code).toBe('passkey_refused')
    const mine = await post(as, 'session/step-up', said)
    expect(mine.status).toBe(200)
    const next = { ...as, token: cookieOf(mine, consoleCookie) ?? '' }
    expect((await post(next, 'session/step-up', said)).json.code).toBe('passkey_refused')
  })

  it('takes a copied key away and tells its owner', async () => {
    const { as, key } = await withPasskey()
    await api.owner.run('update staff_passkeys set sign_count = 50 where staff_id = $1', [as.staffId])
    expect((await confirm(as, key, { counter: 50 })).answer.json.code).toBe('passkey_refused')
    expect(
      await api.owner.one('select remove_reason from staff_passkeys where staff_id = $1', [as.staffId]),
    ).toEqual({
      remove_reason: 'counter_went_back',
    })
  })

  it('is asked for where something is let happen, not where it is turned down', async () => {
    const { as } = await withPasskey()
    const decide = (decision: string) =>
      callConsole(api, as, `/api/console/verifications/${randomUUID()}/decision`, {
        body: { decision, reason: 'a reason', screenHash: '0'.repeat(64) },
        key: randomUUID(),
      })
    expect((await decide('approved')).json.code).toBe('step_up_required')
    expect((await decide('refused')).json.code).toBe('not_found')
  })
})

describe('passkeys of participants', () => {
  it('are on the person card, and a supervisor takes one away with a reason', async () => {
    const person = await makePerson(api.owner, tenantId)
    const passkeyId = randomUUID()
    await api.owner.run(
      `insert into passkeys (tenant_id, id, person_id, verification_id, credential_index, credential_sealed, name)
       values ($1, $2, $3, $4, '\\x01', '\\x02', 'Chrome, Android')`,
      [tenantId, passkeyId, person.id, randomUUID()],
    )
    const agent = await signIn(api, tenantId)
    const card = await callConsole(api, agent, `/api/console/people/${person.id}`)
    expect(card.json.passkeys).toMatchObject([{ id: passkeyId, name: 'Chrome, Android', state: 'waiting' }])
    const path = `people/${person.id}/passkeys/${passkeyId}/revoke`
    expect((await post(agent, path, { reason: 'lost' })).status).toBe(403)
    const supervisor = await signIn(api, tenantId, 'supervisor')
    expect((await post(supervisor, path, { reason: 'Phone was lost' })).status).toBe(200)
    expect((await post(supervisor, path, { reason: 'Phone was lost' })).status).toBe(404)
    expect(
      await api.owner.one('select removed_by, remove_reason from passkeys where id = $1', [passkeyId]),
    ).toEqual({
      removed_by: supervisor.staffId,
      remove_reason: 'Phone was lost',
    })
    const audit = await api.owner.query(
      `select type from audit where object_id = $1 and type = 'passkey.removed'`,
      [person.id],
    )
    expect(audit).toHaveLength(1)
  })
})

/** People who set up a passkey while they can still sign in. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readLockBasis } from '#services/actions/account-locks.ts'
import { addReportLink } from '#services/sending/notices.ts'
import { usablePasskeys } from '#services/passkeys/passkeys.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { createAuthenticator } from '#platform/testing/authenticator.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { enrolmentCookie } from '../http/cookies.ts'
import { callPortal } from '../testing/test-api.ts'
import { useEnrolment, type Enrolling } from '../testing/use-enrolment.ts'

const page = useEnrolment()
const { api, provider, setPolicy, addAda, identityOf, call, own, begin, back, enter, party, add } = page
const { passkeysOf, eventsOf } = page
const setLocking = (when: string) =>
  api.owner.run(
    `update policies set document = jsonb_set(document, '{reports,lockAccount}', $2) where tenant_id = $1`,
    [page.tenantId, JSON.stringify(when)],
  )
const noticesOf = ({ id }: Enrolling) =>
  api.owner.query<{ verification_id: string; kind: string; channel: string }>(
    'select verification_id, kind, channel from notices where person_id = $1 order by kind, channel',
    [id],
  )
/** The token of a link in a notice, as the worker makes one. */
const reportLink = async (person: Enrolling): Promise<string> => {
  const token = newToken()
  const verificationId = (await noticesOf(person))[0]?.verification_id ?? ''
  const about = { verificationId, personId: person.id, tokenHash: tokenHash(token) }
  const mark = tokenMark(api.keys.worker, 'report_links', { ...about, tenantId: page.tenantId })
  await inTenant(api.worker, page.tenantId, (tx) =>
    addReportLink(tx, { ...about, tokenMark: mark, seconds: 3600 }),
  )
  return token
}
const usable = (person: Enrolling) =>
  inTenant(api.worker, page.tenantId, (tx) => usablePasskeys(tx, api.keys.worker, person.id))

describe('B23: the way in', () => {
  it('is closed where no organisation opened it, and then asks no provider', async () => {
    await setPolicy(page.tenantId, { enrolPasskeys: false })
    expect((await call('read')).json).toEqual({
      ...{ kind: 'start', isOffered: false, host: 'sign-in.example.org' },
    })
    expect((await begin()).answer.json.code).toBe('link_unusable')
    expect(provider.begun).toEqual([])
  })

  it('asks for a sign-in of this moment, at the levels that organisations ask for, and says where it leads', async () => {
    await setPolicy(page.tenantId, { acrValues: ['gold'] })
    expect((await call('read')).json).toMatchObject({ isOffered: true })
    const { answer, cookie } = await begin()
    expect(answer.json).toEqual({ url: 'https://sign-in.example.org/auth' })
    expect(cookie).toHaveLength(43)
    expect(provider.begun[0]?.how).toEqual({ now: true, acrValues: ['gold'] })
  })

  it('a provider that is down is said, and so is a sign-in that did not finish', async () => {
    provider.isDown = true
    expect((await begin()).answer.json).toEqual({ url: null })
    provider.isDown = false
    const { cookie, state } = await begin()
    provider.isDown = true
    expect((await back(cookie, state)).text).toContain('url=/enrol?said=unanswered"')
    provider.isDown = false
    expect((await enter(null)).said).toBe('unanswered')
  })

  it('H5: begins no more sign-ins from one address than a minute allows', async () => {
    const answers = await Promise.all(Array.from({ length: 32 }, () => call('sign-in')))
    expect(answers.map(({ status }) => status)).toContain(429)
  })
})

describe('a passkey set up in advance', () => {
  it('is kept for the person who signed in; it rests, every contact is told, and the session is over with it', async () => {
    const ada = await addAda()
    const { session, answer } = await enter(identityOf(ada.account))
    expect(answer.text).toContain('url=/enrol"')
    expect(answer.cookies.join()).toMatch(
      /enrolment=[\w-]{43}; Path=\/; Max-Age=600; Secure; HttpOnly; SameSite=Strict/,
    )
    expect((await call('read', {}, own(session))).json).toMatchObject({
      ...{ kind: 'signed_in', name: 'Ada Lindt', passkeys: [], isFull: false, brand: { name: 'Northwind' } },
    })
    const { answer: added, key } = await add(session)
    expect(added.json).toMatchObject({ kind: 'done', passkeys: [{ state: 'waiting' }] })
    expect(added.cookies.join()).toContain(`${enrolmentCookie}=; Path=/; Max-Age=0`)
    const [row] = await passkeysOf(ada)
    expect(JSON.stringify(row)).not.toContain(key.id)
    expect(await usable(ada)).toEqual([])
    expect((await call('read', {}, own(session))).json.kind).toBe('start')
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
    expect(await eventsOf(ada)).toEqual(['enrolment.begun', 'passkey.enrolled'])
    expect(await noticesOf(ada)).toMatchObject([
      { kind: 'passkey_added', channel: 'email' },
      { kind: 'passkey_added', channel: 'sms' },
    ])
    await api.owner.run(`update passkeys set created_at = now() - interval '73 hours' where person_id = $1`, [
      ada.id,
    ])
    expect(await usable(ada)).toHaveLength(1)
  })

  it('B12, B13: "this was not me" from its notice voids it for good, freezes the person, and asks for the lock', async () => {
    await setLocking('if_used')
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    await add(session)
    const token = await reportLink(ada)
    const asked = await callPortal(api, null, '/api/public/reports/open', { body: { token } })
    expect(asked.json).toMatchObject({ kind: 'passkey_added', purpose: null })
    const digits = asked.json.digits as string
    const done = await callPortal(api, null, '/api/public/reports/confirm', { body: { token, digits } })
    expect(done.status).toBe(200)
    await api.owner.run(`update passkeys set created_at = now() - interval '73 hours' where person_id = $1`, [
      ada.id,
    ])
    expect(await usable(ada)).toEqual([])
    expect(await eventsOf(ada)).toEqual(
      expect.arrayContaining(['participant.reported', 'account.lock_asked']),
    )
    expect((await noticesOf(ada)).filter(({ kind }) => kind === 'frozen')).toHaveLength(2)
    expect((await enter(identityOf(ada.account))).said).toBe('not_possible')
    const { id } = (await api.owner.one<{ id: string }>('select id from reports where person_id = $1', [
      ada.id,
    ])) ?? { id: '' }
    const basis = await inTenant(api.worker, page.tenantId, (tx) => readLockBasis(tx, id))
    expect(basis).toEqual({ personId: ada.id, policyVersion: 1 })
    await setLocking('never')
  })

  it('a report ends a session that is open, and the person’s sessions of cases end as ever', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    await insertRow(api.owner, 'reports', {
      ...{ tenant_id: page.tenantId, id: randomUUID(), verification_id: randomUUID() },
      ...{ person_id: ada.id, source: 'message' },
    })
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
  })

  it('ends with five of one person, and tells the authenticator which it must not make again', async () => {
    const ada = await addAda()
    for (let n = 0; n < 5; n += 1) {
      const { session } = await enter(identityOf(ada.account))
      const { creation, answer } = await add(session)
      expect([creation.exclude.length, answer.status]).toEqual([n, 200])
    }
    const { session } = await enter(identityOf(ada.account))
    expect((await call('read', {}, own(session))).json).toMatchObject({ isFull: true })
    expect((await call('passkey/begin', {}, own(session))).json.code).toBe('link_unusable')
  })

  it('R1: of two tabs with one session one keeps its passkey', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    const creation = (await call('passkey/begin', {}, own(session))).json
    const made = [1, 2].map(() => createAuthenticator(party()).register(creation.challenge))
    const answers = await Promise.all(made.map((body) => call('passkey', body, own(session))))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(await passkeysOf(ada)).toHaveLength(1)
  })

  it('is none where the answer is for another challenge, origin, or nobody proved to own the key', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    for (const twist of [
      { origin: 'https://evil.example' },
      { challenge: 'A'.repeat(43) },
      { isVerified: false },
    ]) {
      const { challenge } = (await call('passkey/begin', {}, own(session))).json
      const answer = await call(
        'passkey',
        createAuthenticator(party()).register(challenge, twist),
        own(session),
      )
      expect(answer.json.code).toBe('link_unusable')
    }
    expect(await passkeysOf(ada)).toEqual([])
  })

  it('leaving ends the session, and says the same without one', async () => {
    const ada = await addAda()
    const { session } = await enter(identityOf(ada.account))
    expect((await call('leave', {}, own(session))).status).toBe(204)
    expect((await call('read', {}, own(session))).json.kind).toBe('start')
    expect((await call('leave')).status).toBe(204)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Limits } from '#domain/policy/policy.ts'
import { purposes } from '#domain/verification/verification.ts'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import { createBackgroundQueue } from '../starts/background-queue.ts'
import { createRefusedStarts } from '../starts/refused.ts'
import { addPerson, addTenant, callPortal, createTestApi, type TestApi } from '../testing/test-api.ts'

const silent = { info: () => undefined, warn: () => undefined } as never
const backgroundQueue = createBackgroundQueue(silent, { least: 0, most: 0 })
/** Each request comes from a network of its own unless a test says otherwise. */
let network = 0
const clientAddress: TestApi['deps']['clientAddress'] = () => ({
  ...createClientAddress([])('127.0.0.1', undefined),
  address: `10.0.${String(network >> 8)}.${String(network & 255)}`,
})
let api: TestApi
let tenantId: string
beforeAll(async () => {
  api = await createTestApi({ deps: { backgroundQueue, clientAddress } })
  ;({ id: tenantId } = await addTenant(api))
})
afterAll(() => api.stop())
beforeEach(() => void (network += 1))

const ask = (who: string, purpose = 'account_unlock') =>
  callPortal(api, null, '/api/public/help', { body: { who, purpose } })
const opened = () => api.verifications.calls.filter(({ name }) => name === 'open').length
type Answer = Awaited<ReturnType<typeof ask>>

/** All that a caller sees, without what is random on purpose. */
const seen = ({ status, headers, text }: Answer) => {
  const fixed = Object.entries(headers).filter(([name]) => !['x-request-id', 'date'].includes(name))
  return { status, text, headers: fixed.sort(), ids: String(headers['x-request-id'] ?? '').length }
}

describe('people who help themselves', () => {
  it('H1: one answer for people who exist, are absent, disabled, frozen, locked, without contacts, or throttled', async () => {
    const make = async (set: string) => {
      const person = await addPerson(api, tenantId)
      await api.owner.run(`update people set ${set} where id = $1`, [person.id])
      return person
    }
    const bare = await addPerson(api, tenantId)
    await api.owner.run('update contacts set removed_at = now() where person_id = $1', [bare.id])
    const usual = await addPerson(api, tenantId)
    const who = [
      usual.login,
      'nobody-of-this-name',
      (await make(`account_state = 'disabled'`)).login,
      (await make(`account_state = 'deleted'`)).login,
      (await make(`account_state = 'locked'`)).login,
      (await make(`blocked_until = now() + interval '5 minutes'`)).login,
      (await make('never_via_help_desk = true')).login,
      bare.login,
      usual.login,
    ]
    const answers = []
    for (const one of who) answers.push(seen(await ask(one)))
    await backgroundQueue.settled()
    expect(answers[0]).toMatchObject({ status: 204, text: '' })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    // By now the address is over its limit; the answer is still the same, and nothing begins.
    for (let n = 0; n < 4; n += 1) await ask(`somebody-${String(n)}`)
    await backgroundQueue.settled()
    const before = opened()
    expect(seen(await ask((await addPerson(api, tenantId)).login))).toEqual(answers[0])
    await backgroundQueue.settled()
    expect(opened()).toBe(before)
  })

  it('G1, H1: what is refused is in the audit: the first of a minute at once, a flood as one number, and the page says nothing', async () => {
    const { id } = await addTenant(api)
    const person = await addPerson(api, id)
    await api.owner.run(`update people set account_state = 'disabled' where id = $1`, [person.id])
    const usual = seen(await ask('nobody-at-all'))
    const entries = () =>
      api.owner.query(
        `select object_id as of, payload from audit where tenant_id = $1 and type = 'start.refused' order by seq`,
        [id],
      )
    for (let n = 0; n < 8; n += 1) expect(seen(await ask(person.login))).toEqual(usual)
    await backgroundQueue.settled()
    expect(await entries()).toEqual([{ of: id, payload: { reason: 'account_disabled', count: 1 } }])
    const refused = createRefusedStarts(api.deps, 5)
    await Promise.all(Array.from({ length: 30 }, () => refused.note(id, 'agent_limit_reached')))
    // Both entries are on their way at once where the time between them is this short: either may be first.
    const counts = async () => (await entries()).map(({ payload }) => (payload as { count: number }).count)
    await expect.poll(async () => (await counts()).sort((a, b) => a - b)).toEqual([1, 1, 29])
  })

  it.each(purposes.slice(0, 3))(
    '%s starts by policy, once, by login or work address; no contact is named',
    async (purpose) => {
      const person = await addPerson(api, tenantId)
      const before = opened()
      await ask(person.login.toUpperCase(), purpose)
      await ask(person.work_email, purpose)
      await backgroundQueue.settled()
      expect(opened()).toBe(before + 1)
      expect(api.verifications.calls.at(-1)?.args[0]).toMatchObject({
        tenantId,
        personId: person.id,
        purpose,
        ticket: null,
        referrer: { kind: 'self_service', id: person.id },
      })
    },
  )

  it('B3, C14: takes nothing but the two fields, and only purposes that people may start', async () => {
    const person = await addPerson(api, tenantId)
    const call = (body: object) => callPortal(api, null, '/api/public/help', { body })
    for (const more of [{ contactId: person.phone.id }, { to: 'eve@evil.example' }, { tenantId }])
      expect((await call({ who: person.login, purpose: 'account_unlock', ...more })).status).toBe(400)
    for (const purpose of ['identity_check', 'access_change', 'anything'])
      expect((await call({ who: person.login, purpose })).status).toBe(422)
    expect((await call({ who: ['a', 'b'], purpose: 'account_unlock' })).status).toBeGreaterThanOrEqual(400)
  })

  it('a login that two organisations know starts nothing: nobody is guessed at', async () => {
    const person = await addPerson(api, tenantId)
    const { id: other } = await addTenant(api)
    await addPerson(api, other, { login: person.login })
    const before = opened()
    await ask(person.login)
    await backgroundQueue.settled()
    expect(opened()).toBe(before)
  })

  it('H3, H6, T18: a flood starts one case in a quarter of an hour, and two a day; the desk can still send', async () => {
    const person = await addPerson(api, tenantId)
    const before = opened()
    const quarterPasses = () =>
      api.owner.run(`update staff_counters set at = at - interval '16 minutes' where staff_id = $1`, [
        person.id,
      ])
    for (let n = 0; n < 4; n += 1) {
      network += 1
      await ask(person.login)
      await backgroundQueue.settled()
      await api.owner.run(
        `update verifications set state = 'closed', closed_at = now() where person_id = $1`,
        [person.id],
      )
      await ask(person.login)
      await backgroundQueue.settled()
      await quarterPasses()
    }
    expect(opened()).toBe(before + 2)
  })

  it.each<[string, Partial<Limits>, (n: number) => void]>([
    ['one address', { selfStartsPerAddress: [{ max: 2, seconds: 3600 }] }, () => undefined],
    [
      'the whole organisation',
      { selfStartsPerTenant: [{ max: 2, seconds: 3600 }] },
      () => void (network += 1),
    ],
  ])(
    'H3, H7: no more starts from %s than its policy says, whatever comes at once, and in other organisations as before',
    async (_, limits, beforeEach) => {
      const few = await addTenant(api, (policy) => ({ ...policy, limits: { ...policy.limits, ...limits } }))
      const people = await Promise.all(Array.from({ length: 5 }, () => addPerson(api, few.id)))
      const before = opened()
      const answers = []
      for (const [n, { login }] of people.entries()) {
        beforeEach(n)
        answers.push(seen(await ask(login)))
      }
      await backgroundQueue.settled()
      expect(opened()).toBe(before + 2)
      for (const answer of answers) expect(answer).toEqual(answers[0])
      await ask((await addPerson(api, tenantId)).login)
      await backgroundQueue.settled()
      expect(opened()).toBe(before + 3)
      // A refused start counted nowhere else: the person may start once the address or the organisation may.
      const counted = await api.owner.one<{ n: number }>(
        'select count(distinct subject)::integer as n from staff_counters where tenant_id = $1',
        [few.id],
      )
      expect(counted).toEqual({ n: 2 })
    },
  )

  it('H3: the policy says how often one person may start; addresses are kept as keyed digests', async () => {
    const more = await addTenant(api, (policy) => ({
      ...policy,
      limits: { ...policy.limits, selfStartsPerPerson: [{ max: 2, seconds: 3600 }] },
    }))
    const { login, id } = await addPerson(api, more.id)
    const before = opened()
    for (let n = 0; n < 4; n += 1) {
      await ask(login)
      await backgroundQueue.settled()
      await api.owner.run(
        `update verifications set state = 'closed', closed_at = now() where person_id = $1`,
        [id],
      )
    }
    expect(opened()).toBe(before + 2)
    const rows = await api.owner.query('select staff_id, subject from staff_counters where tenant_id = $1', [
      more.id,
    ])
    expect(JSON.stringify(rows)).not.toContain('10.0.')
  })

  it('H12: more than can wait is turned away alike, and what was taken is done', async () => {
    let done = 0
    const queue = createBackgroundQueue(silent, { least: 1, most: 2 })
    const fill = () => {
      for (let n = 0; n < 1_000; n += 1) queue.do(() => Promise.resolve(void (done += 1)))
    }
    expect(fill).toThrow('unavailable')
    await queue.settled()
    expect(done).toBeGreaterThanOrEqual(200)
    expect(() => queue.do(() => Promise.resolve())).not.toThrow()
    await queue.settled()
  })
})

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { currentPolicy } from '#services/policy/policies.ts'
import { inTenant } from '#platform/database/transaction.ts'
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
let proposer: SignedIn
let acceptor: SignedIn
let third: SignedIn
beforeAll(async () => {
  api = await createTestApi()
})
beforeEach(async () => {
  tenantId = (await addTenant(api)).id
  proposer = await signIn(api, tenantId, 'admin')
  acceptor = await signIn(api, tenantId, 'admin')
  third = await signIn(api, tenantId, 'supervisor')
})
afterAll(() => api.stop())

const post = (as: SignedIn, path: string, body: object) =>
  callConsole(api, as, `/api/console/policy${path}`, { key: randomUUID(), body })
const read = async () => (await callConsole(api, proposer, '/api/console/policy')).json
const inForce = async () => (await inTenant(api.db, tenantId, currentPolicy)).lifetimes.smsLink
const passTime = (version: number) =>
  api.owner.run('update policies set effective_at = now() where tenant_id = $1 and version = $2', [
    tenantId,
    version,
  ])
const eventsOf = (type: string) =>
  api.owner.query<{ payload: object }>('select payload from audit where tenant_id = $1 and type = $2', [
    tenantId,
    type,
  ])

/** A weakening, accepted and waiting: its version. */
const waiting = async (): Promise<number> => {
  const { policy } = await read()
  const draft = { ...policy, lifetimes: { ...policy.lifetimes, smsLink: 1200 } }
  const { proposalId } = (await post(proposer, '', { policy: draft, reason: 'Links arrive late.' })).json
  const body = { decision: 'accept', reason: 'Agreed.' }
  return (await post(acceptor, `/proposals/${String(proposalId)}`, body)).json.version as number
}
const callOff = (as: SignedIn, version: number) =>
  post(as, `/scheduled/${String(version)}/call-off`, { reason: 'Not needed any more.' })
const hasten = (as: SignedIn, version: number) =>
  post(as, `/scheduled/${String(version)}/hasten`, { reason: 'The provider is down.' })

describe('D13: an accepted weakening, before its time', () => {
  it('is called off by any admin alone: it never takes effect, and the policy in force stays', async () => {
    const version = await waiting()
    expect((await callOff(third, version)).status).toBe(403)
    const answer = await callOff(proposer, version)
    expect([answer.status, answer.json.version]).toEqual([200, version + 1])
    await passTime(version)
    expect(await inForce()).toBe(600)
    const page = await read()
    expect(page.scheduled).toBe(null)
    expect(page.current).toMatchObject({
      version: version + 1,
      ends: { version, as: 'called_off' },
      confirmedBy: null,
    })
    expect(await eventsOf('policy.called_off')).toMatchObject([{ payload: { ended: version } }])
    expect((await callOff(acceptor, version)).json.code).toBe('proposal_over')
    const shown = await callConsole(api, proposer, `/api/console/policy/versions/${String(version + 1)}`)
    expect(shown.json).toMatchObject({ comparedWith: version - 1, changes: [], weakened: [] })
  })

  it('takes a third person to put it in force at once, neither who proposed nor who accepted it', async () => {
    const version = await waiting()
    for (const one of [proposer, acceptor])
      expect((await hasten(one, version)).json.code).toBe('second_person_required')
    expect((await hasten(await signIn(api, tenantId, 'agent'), version)).status).toBe(403)
    expect(await inForce()).toBe(600)
    expect((await hasten(third, version)).json.version).toBe(version + 1)
    expect(await inForce()).toBe(1200)
    expect((await read()).current).toMatchObject({ ends: { version, as: 'hastened' } })
    expect(await eventsOf('policy.hastened')).toHaveLength(1)
    expect((await hasten(third, version)).json.code).toBe('proposal_over')
    const shown = await callConsole(api, proposer, `/api/console/policy/versions/${String(version + 1)}`)
    expect(shown.json.weakened).toEqual([{ path: 'lifetimes.smsLink', by: 'up' }])
    await expect(
      api.owner.run('update policies set confirmed_by = accepted_by where tenant_id = $1 and version = $2', [
        tenantId,
        version + 1,
      ]),
    ).rejects.toThrow(/check constraint/)
  })

  it('of several endings at once exactly one counts', async () => {
    const version = await waiting()
    const other = await signIn(api, tenantId, 'admin')
    const answers = await Promise.all([
      hasten(third, version),
      hasten(other, version),
      callOff(proposer, version),
      callOff(acceptor, version),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
    const ended = [...(await eventsOf('policy.called_off')), ...(await eventsOf('policy.hastened'))]
    expect(ended).toHaveLength(1)
  })

  it('cannot be ended once its time has come, by the database’s clock', async () => {
    const version = await waiting()
    await passTime(version)
    expect((await callOff(proposer, version)).json.code).toBe('proposal_over')
    expect((await hasten(third, version)).json.code).toBe('proposal_over')
    expect(await inForce()).toBe(1200)
  })

  it('is sent to every admin by e-mail, once for each step, and to nobody else', async () => {
    await callOff(acceptor, await waiting())
    const rows = await api.owner.query<{ kind: string; n: number }>(
      `select kind, count(distinct staff_id)::integer as n from staff_notices where tenant_id = $1 group by 1 order by 1`,
      [tenantId],
    )
    expect(rows).toEqual([
      { kind: 'accepted', n: 2 },
      { kind: 'called_off', n: 2 },
      { kind: 'proposed', n: 2 },
    ])
    await expect(
      inTenant(api.db, tenantId, (tx) =>
        tx.run('delete from staff_notices where tenant_id = $1', [tenantId]),
      ),
    ).rejects.toThrow(/permission denied/)
  })
})

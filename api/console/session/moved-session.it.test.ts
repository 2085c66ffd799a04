import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renewStaffSession } from '#services/staff/staff-passkeys.ts'
import { insertRow } from '#platform/database/testing/factories.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { csrfTokenOf } from '../../http/middleware/csrf.ts'
import {
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from '../../testing/test-api.ts'

let api: TestApi
beforeAll(async () => {
  api = await createTestApi({ deps: { clientAddress: createClientAddress(['127.0.0.1/32']) } })
})
afterAll(() => api.stop())

const firefox = (version: number) =>
  `Mozilla/5.0 (X11; Linux x86_64; rv:${version}.0) Gecko/20100101 Firefox/${version}.0`
const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

const office = '203.0.113.5'
const elsewhere = '198.51.100.7'

/** A member of staff who signed in at the office with Firefox, an admin who watches, and a thief of the cookie. */
const makeScene = async () => {
  const { id: tenantId } = await addTenant(api)
  const seen = { userAgent: firefox(140), address: office }
  const member = await signIn(api, tenantId, 'agent', { display_name: 'Alex Agent' }, seen)
  const admin = await signIn(api, tenantId, 'admin')
  const use = async (address: string, userAgent: string, as: SignedIn = member) => {
    const headers = { 'user-agent': userAgent, 'x-forwarded-for': address }
    const { status, json } = await callConsole(api, as, '/api/console/session', { headers })
    return status === 200 ? 200 : `${String(status)} ${String(json.code)}`
  }
  const events = async () =>
    (
      await api.owner.query<{ ended: boolean }>(
        `select (payload ->> 'ended')::boolean as ended from audit where tenant_id = $1 and type = 'staff.session_moved' order by seq`,
        [tenantId],
      )
    ).map(({ ended }) => ended)
  const told = async () =>
    (
      await api.owner.query<{ id: string }>(
        `select staff_id as id from staff_notices where tenant_id = $1 and kind = 'session_moved'`,
        [tenantId],
      )
    ).map(({ id }) => id)
  const alarms = async () =>
    (await callConsole(api, admin, '/api/console/alarms')).json.sessions.map(
      ({ staffName, isEnded }: { staffName: string; isEnded: boolean }) => [staffName, isEnded],
    )
  const elevate = () =>
    insertRow(api.owner, 'elevated_threats', {
      ...{
        tenant_id: tenantId,
        id: randomUUID(),
        reason: 'calls',
        raised_by: admin.staffId,
        raised_by_name: 'A',
      },
    })
  return { tenantId, member, admin, use, events, told, alarms, elevate }
}

describe('F4: a console cookie that is used elsewhere', () => {
  it('is an event once for each change of browser and network together, an alarm once an hour, and mail', async () => {
    const { member, admin, use, events, told, alarms } = await makeScene()
    expect(await use(office, firefox(140))).toBe(200)
    // One of both alone: at home, and after an update.
    expect(await use(elsewhere, firefox(141))).toBe(200)
    expect(await use('203.0.113.99', chrome)).toBe(200)
    expect(await events()).toEqual([])

    expect(await Promise.all(Array.from({ length: 4 }, () => use(elsewhere, chrome)))).toEqual([
      200, 200, 200, 200,
    ])
    expect(await use(elsewhere, chrome)).toBe(200)
    expect(await events()).toEqual([false])
    // The owner works on meanwhile, and the thief moves to a third place.
    expect(await use(office, firefox(140))).toBe(200)
    expect(await use('2001:db8:7::1', chrome)).toBe(200)
    expect(await events()).toEqual([false, false])
    expect(await alarms()).toEqual([['Alex Agent', false]])
    expect((await told()).sort()).toEqual([member.staffId, admin.staffId].sort())
    const { json } = await callConsole(api, admin, '/api/console/session')
    expect(json.banners).toContain('alarm')
  })

  it('is seen also where first the network changes and then the browser', async () => {
    const { use, events } = await makeScene()
    expect([await use(elsewhere, firefox(140)), await events()]).toEqual([200, []])
    expect([await use(elsewhere, chrome), await events()]).toEqual([200, [false]])
  })

  it('B16: under elevated threat has to sign in again, and so does everybody who has it', async () => {
    const { use, events, alarms, elevate } = await makeScene()
    await elevate()
    expect([await use(elsewhere, firefox(140)), await use(office, chrome)]).toEqual([200, 200])
    expect(await use(elsewhere, chrome)).toBe('401 sign_in_required')
    expect(await use(office, firefox(140))).toBe('401 sign_in_required')
    expect(await events()).toEqual([true])
    expect(await alarms()).toEqual([['Alex Agent', true]])
  })

  it('B16: that moved before the threat was raised ends with its next use', async () => {
    const { use, events, elevate } = await makeScene()
    expect(await use(elsewhere, chrome)).toBe(200)
    await elevate()
    expect(await use(elsewhere, chrome)).toBe('401 sign_in_required')
    expect(await events()).toEqual([false, true])
  })

  it('B16: is not made good by a step-up: the new id remembers where it was signed in', async () => {
    const { tenantId, member, use, elevate } = await makeScene()
    expect(await use(elsewhere, chrome)).toBe(200)
    const token = newToken()
    await inTenant(api.db, tenantId, async (tx) => {
      const session = await tx.one<{ id: string }>(
        'select id from staff_sessions where tenant_id = $1 and staff_id = $2',
        [tenantId, member.staffId],
      )
      const hash = tokenHash(token)
      const mark = tokenMark(api.keys.api, 'staff_sessions', {
        tenantId,
        staffId: member.staffId,
        tokenHash: hash,
      })
      const fresh = { tokenHash: hash, tokenMark: mark, csrfHash: tokenHash(csrfTokenOf(token)) }
      expect(await renewStaffSession(tx, session?.id ?? '', fresh)).toBe(true)
    })
    const renewed = { ...member, token }
    expect(await use(elsewhere, chrome, renewed)).toBe(200)
    await elevate()
    expect(await use(elsewhere, chrome, renewed)).toBe('401 sign_in_required')
  })

  it('H8: is judged by the address that a trusted proxy saw, not by what the sender wrote', async () => {
    const { use, events } = await makeScene()
    // The proxy saw another address than the one that the thief claims.
    expect(await use(`${office}, ${elsewhere}`, chrome)).toBe(200)
    expect(await events()).toEqual([false])
  })
})

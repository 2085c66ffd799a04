import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissionsOf, roles, type Role } from '#domain/roles.ts'
import { participantRoutes } from './contract/routes.ts'
import { consoleRoutes } from './contract/routes-console.ts'
import { testPlan } from './testing/plan.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  callPortal,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from './testing/test-api.ts'
import { enterAs } from './testing/visit.ts'

let api: TestApi
let home: string
let foreign: string
let staff: Readonly<Record<Role, SignedIn>>
beforeAll(async () => {
  api = await createTestApi()
  api.verifications.plan = testPlan()
  home = (await addTenant(api)).id
  foreign = (await addTenant(api)).id
  const signed = await Promise.all(roles.map(async (role) => [role, await signIn(api, home, role)] as const))
  staff = Object.fromEntries(signed) as typeof staff
  await addPerson(api, home, { display_name: 'Common Name' })
  await addPerson(api, foreign, { display_name: 'Common Name' })
})
afterAll(() => api.stop())

const spellings = ['tenantId', 'tenant_id', 'tenant', 'TenantId', 'x-tenant-id']
const withId = (path: string): string => path.replace(/:\w+/g, () => randomUUID())

describe('I3: the tenant is the session’s', () => {
  it('no route of the console takes one in its body or query', async () => {
    for (const [name, route] of Object.entries(consoleRoutes)) {
      const role = roles.find((one) =>
        permissionsOf[one].some((permission) => permission === route.permission),
      )
      const as = role === undefined ? null : staff[role]
      // More than one address may ask in a minute; how often is not the matter here.
      await api.owner.run('delete from rate_limits')
      for (const spelling of spellings) {
        const path = withId(route.path)
        const inQuery = await callConsole(api, as, `${path}?${spelling}=${foreign}`, {
          ...(route.method === 'POST' ? { body: {}, key: randomUUID() } : {}),
        })
        expect([name, spelling, inQuery.status]).toEqual([name, spelling, 400])
        if (route.method !== 'POST') continue
        const inBody = await callConsole(api, as, path, {
          body: { [spelling]: foreign },
          key: randomUUID(),
        })
        expect([name, spelling, inBody.status]).toEqual([name, spelling, 400])
      }
    }
  })

  it('nor does a route of the portal', async () => {
    const visit = await enterAs(api, home)
    for (const [name, route] of Object.entries(participantRoutes)) {
      if (route.method !== 'POST') continue
      for (const spelling of spellings) {
        // The keys of an approver's answer follow from what it says.
        const body = { ...(name === 'public.answerApproval' ? { answer: 'no' } : {}), [spelling]: foreign }
        const answer = await callPortal(api, visit.session, route.path, { body })
        expect([name, spelling, answer.status]).toEqual([name, spelling, 400])
      }
    }
  })

  it('a header or cookie that names another changes nothing', async () => {
    const search = (headers: Record<string, string> = {}) =>
      callConsole(api, staff.agent, '/api/console/people/search', { body: { q: 'common' }, headers })
    const own = await search()
    expect(own.json.people).toHaveLength(1)
    for (const name of [
      'x-tenant-id',
      'x-tenant',
      'tenant',
      'x-org-id',
      'x-scope-orgid',
      'x-forwarded-tenant',
    ])
      expect((await search({ [name]: foreign })).json).toEqual(own.json)
  })
})

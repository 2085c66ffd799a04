import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { permissionsOf, roles } from '#domain/roles.ts'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { consoleBindings } from './console/index.ts'
import { integrationRoutes } from './contract/routes-integration.ts'
import { consoleRoutes, routes, type Route, type RouteName } from './contract/routes.ts'
import { schemas, type RouteSchemas } from './contract/schemas.ts'
import { integrationBindings } from './integration/index.ts'
import { portalBindings } from './portal/index.ts'
import { publicBindings } from './public/index.ts'
import type { PublicDeps } from './public/link-step.ts'
import { bodyOf, queryOf, type Target } from './testing/contract-bodies.ts'
import type { Answer } from './testing/http.ts'
import { addClient, callIntegration, type KeyHolder } from './testing/integration.ts'
import {
  addPerson,
  callConsole,
  callPortal,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from './testing/test-api.ts'
import { makeWorld, nowhere, targetOf, type World } from './testing/world.ts'

const names = Object.keys(routes) as RouteName[]
const consoleNames = Object.keys(consoleRoutes) as (keyof typeof consoleRoutes)[]
const integrationNames = Object.keys(integrationRoutes) as (keyof typeof integrationRoutes)[]

let api: TestApi
let home: World
let foreign: World

beforeAll(async () => {
  api = await createTestApi()
  home = await makeWorld(api, 1)
  foreign = await makeWorld(api, 7)
})
afterAll(() => api.stop())
// More calls from one address than a minute allows: what is counted here is not what is looked at.
beforeEach(() => api.owner.run('delete from rate_limits'))

const pathTo = (name: RouteName, target: Target): string => {
  const kind = target.importId === 'x' ? 'x' : 'tickets'
  const ids: Readonly<Record<string, string>> = { ...target, kind, version: target.policyVersion }
  return routes[name].path.replace(/:(\w+)/g, (_, id: string) => ids[id] ?? id) + queryOf(name)
}

const call = (
  as: SignedIn | null,
  name: RouteName,
  target: Target,
  body = bodyOf(name, target),
): Promise<Answer> =>
  callConsole(api, as, pathTo(name, target), {
    key: randomUUID(),
    ...(routes[name].method === 'POST' ? { body } : {}),
  })

/** As an API client, by its key. */
const callAsClient = (
  as: KeyHolder | null,
  name: RouteName,
  target: Target,
  body = bodyOf(name, target),
): Promise<Answer> =>
  callIntegration(api, as, pathTo(name, target), {
    once: randomUUID(),
    ...(routes[name].method === 'POST' ? { body } : {}),
  })

/** Calls as a member of staff or a client who may. */
const callAsHolder = (name: RouteName, target: Target, body = bodyOf(name, target)): Promise<Answer> =>
  routes[name].surface === 'integration'
    ? callAsClient(home.client, name, target, body)
    : call(holderOf(name), name, target, body)

/** A member of staff who holds the route's permission, a supervisor where possible. */
const holderOf = (name: RouteName): SignedIn => {
  const { permission }: Route = routes[name]
  const role = (['supervisor', 'admin'] as const).find(
    (one) => permission === null || permissionsOf[one].includes(permission),
  )
  return home.staff[role ?? 'supervisor']
}

describe('the contract', () => {
  it('binds every route exactly once (I1)', () => {
    const bound = [
      ...consoleBindings(api.deps),
      ...integrationBindings(api.deps),
      ...portalBindings(api.deps),
      ...publicBindings(api.deps as PublicDeps),
    ].map(({ name }) => name)
    expect([...bound].sort()).toEqual([...names].sort())
    expect(new Set(bound).size).toBe(bound.length)
  })

  it('declares a permission for every route of the console, and roles.ts knows it (I1)', () => {
    for (const name of consoleNames)
      expect(
        roles.some((role) => permissionsOf[role].includes(consoleRoutes[name].permission as never)),
        name,
      ).toBe(true)
  })

  it('declares a scope for every route of API clients, and for no other (I1)', () => {
    for (const name of names)
      expect('scope' in routes[name], name).toBe(routes[name].surface === 'integration')
  })

  it.each(names.filter((name) => routes[name].surface !== 'public'))(
    '%s refuses anonymous callers',
    async (name) => {
      const route: Route = routes[name]
      const answer =
        route.surface === 'integration'
          ? await callAsClient(null, name, targetOf(home))
          : route.surface === 'console'
            ? await call(null, name, targetOf(home))
            : await callPortal(api, null, route.path, route.method === 'POST' ? { body: {} } : {})
      expect(answer.status).toBe(401)
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
    },
  )

  it.each(
    names.filter(
      (name) =>
        (schemas[name] as RouteSchemas).body !== undefined &&
        ['console', 'integration'].includes(routes[name].surface),
    ),
  )('%s refuses unknown keys (B3, I8) and names the fields that are wrong', async (name) => {
    const target = targetOf(home)
    const unknown = await callAsHolder(name, target, {
      ...(bodyOf(name, target) as object),
      tenantId: foreign.tenantId,
    })
    expect(unknown.status).toBe(400)
    expect(unknown.json.issues).toContainEqual(
      expect.objectContaining({ path: 'tenantId', code: 'unrecognized_key' }),
    )
    const fields = Object.keys(bodyOf(name, target) as object)
    if (fields.length === 0) return
    const wrong = await callAsHolder(name, target, Object.fromEntries(fields.map((field) => [field, 7])))
    expect(wrong.status).toBe(422)
    expect(wrong.json.issues.map(({ path }: { path: string }) => path).sort()).toEqual(fields.sort())
    expect(wrong.json.code).toBe('invalid_input')
  })

  it.each(names.filter((name) => routes[name].path.includes(':')))(
    '%s refuses an id that is none',
    async (name) => {
      const target = Object.fromEntries(Object.keys(nowhere()).map((id) => [id, 'x'])) as Target
      const answer = await callAsHolder(name, target)
      expect([answer.status, answer.json.issues[0].path]).toEqual([
        422,
        routes[name].path.match(/:(\w+)/)?.[1],
      ])
    },
  )
})

describe('role × object', () => {
  const objectRoutes = consoleNames.filter((name) => name !== 'console.signOut' && name !== 'console.live')
  const cells = objectRoutes.flatMap((name) => roles.map((role) => [name, role] as const))

  it.each(cells)('%s as %s: allowed as roles.ts says; foreign = missing (I1, I2, I3)', async (name, role) => {
    const route: Route = routes[name]
    const mayCall = route.permission !== null && permissionsOf[role].includes(route.permission)
    const own = await call(home.staff[role], name, targetOf(home))
    if (!mayCall) {
      expect([own.status, own.json.code]).toEqual([403, 'not_permitted'])
      return
    }
    expect(own.json?.code === 'not_permitted' && own.status === 403 && !steered.has(name)).toBe(false)
    expect(own.status, own.text).not.toBe(422)
    expect(own.status, own.text).not.toBe(500)
    // The kind of a file is a word of the contract and no object.
    if (!/:\w+Id|:version/.test(route.path) && name !== 'console.startVerification') return
    const missing = await call(home.staff[role], name, nowhere())
    const other = await call(home.staff[role], name, targetOf(foreign))
    expect(missing.status, missing.text).toBe(404)
    expect([other.status, withoutId(other)]).toEqual([missing.status, withoutId(missing)])
  })

  /** Steering is further narrowed to the staff who started the case. */
  const steered: ReadonlySet<string> = new Set([
    'console.resend',
    'console.cancel',
    'console.stopAction',
    'console.askApprover',
    'console.matchCode',
  ])
  const withoutId = (answer: Answer) => ({ ...answer.json, requestId: '' })

  const ofClients = (importId: string): Target => ({ ...targetOf(home), importId })

  it.each(integrationNames)(
    '%s: for the client that brought it, with the scope; foreign = missing (I1, I2, I3)',
    async (name) => {
      const bare = await addClient(api, home.tenantId, { scopes: [] })
      const refused = await callAsClient(bare, name, ofClients(home.clientImportId))
      expect([refused.status, refused.json.code]).toEqual([403, 'scope_missing'])
      const own = await callAsClient(home.client, name, ofClients(home.clientImportId))
      // A start names nobody who is there; what a client did not start is not there for it.
      if (!routes[name].path.includes('import')) {
        expect([own.status, own.json.code], own.text).toEqual([404, 'not_found'])
        return
      }
      // A thing that an earlier route ended is over, and still the organisation's own.
      expect([200, 409], own.text).toContain(own.status)
      if (!routes[name].path.includes(':importId')) return
      const missing = await callAsClient(home.client, name, nowhere())
      expect(missing.status, missing.text).toBe(404)
      const sibling = await addClient(api, home.tenantId)
      for (const [as, importId] of [
        [home.client, foreign.clientImportId],
        [foreign.client, home.clientImportId],
        [home.client, home.importId],
        [sibling, home.clientImportId],
      ] as const) {
        const other = await callAsClient(as, name, ofClients(importId))
        expect([other.status, withoutId(other)]).toEqual([missing.status, withoutId(missing)])
      }
    },
  )

  it('never shows a row of another tenant in a list, a search or an export (I2, I4)', async () => {
    const list = await callConsole(api, home.staff.supervisor, '/api/console/verifications')
    const csv = await callConsole(api, home.staff.supervisor, '/api/console/verifications.csv')
    const people = await callConsole(api, home.staff.supervisor, '/api/console/people/search', {
      body: { q: 'paula' },
    })
    for (const { text } of [list, csv, people]) {
      expect(text).not.toContain(foreign.verificationId)
      expect(text).not.toContain(foreign.person.id)
    }
    expect(list.text).toContain(home.verificationId)
  })

  it.each([
    ['linked to the directory', (personId: string) => ({ person_id: personId })],
    [
      'known to the identity provider alone',
      (_: string, subject: string) => ({ issuer: 'https://sign-in.example.org/own', subject }),
    ],
  ])(
    'D7: an agent neither sees nor handles the case of themselves, their manager or their report: %s',
    async (_, row) => {
      await api.owner.run('update tenants set oidc_issuer = $2 where id = $1', [
        home.tenantId,
        'https://sign-in.example.org/own',
      ])
      const subject = `own-${randomUUID()}`
      const boss = await addPerson(api, home.tenantId)
      const self = await addPerson(api, home.tenantId, { manager_id: boss.id, sign_in_subject: subject })
      const report = await addPerson(api, home.tenantId, { manager_id: self.id })
      const agent = await signIn(api, home.tenantId, 'agent', row(self.id, subject))
      for (const person of [boss, self, report]) {
        const { id: verificationId } = await makeVerification(api.owner, person.phone, {
          referrer_id: agent.staffId,
        })
        const target = { ...targetOf(home), personId: person.id, verificationId, contactId: person.phone.id }
        for (const name of [
          'console.personCard',
          'console.verification',
          'console.matchCode',
          'console.startVerification',
        ] as const) {
          const answer = await call(agent, name, target)
          expect([name, answer.status, answer.json.code]).toEqual([name, 403, 'own_case'])
        }
        const list = await callConsole(api, agent, `/api/console/verifications?personId=${person.id}`)
        expect(list.json.rows).toEqual([])
      }
    },
  )

  it('G1: a refused right is recorded', async () => {
    const before = await denials()
    await call(home.staff.auditor, 'console.startVerification', targetOf(home))
    expect(await denials()).toBe(before + 1)
  })
  const denials = async () =>
    (await api.owner.one<{ n: number }>(`select count(*) as n from audit where type = 'access.denied'`))?.n ??
    0
})

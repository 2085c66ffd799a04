import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeVerification } from '#platform/database/testing/factories.ts'
import { consoleRoutes, type Route } from './contract/routes.ts'
import { schemas, type RouteSchemas } from './contract/schemas.ts'
import type { Answer } from './testing/http.ts'
import {
  addPerson,
  addTenant,
  callConsole,
  createTestApi,
  signIn,
  type SignedIn,
  type TestApi,
} from './testing/test-api.ts'

type Name = keyof typeof consoleRoutes

let api: TestApi
let staff: SignedIn
let ids: { readonly personId: string; readonly verificationId: string }
beforeAll(async () => {
  api = await createTestApi()
  const { id: tenantId } = await addTenant(api)
  const person = await addPerson(api, tenantId)
  const { id: verificationId } = await makeVerification(api.owner, person.phone)
  staff = await signIn(api, tenantId, 'admin')
  ids = { personId: person.id, verificationId }
})
afterAll(() => api.stop())

/**
 * Ways in which a statement could be left, joined to another, or made to wait: longer than statements may take, so that
 * it fails.
 */
const attacks: readonly string[] = [
  `' or '1'='1`,
  `' or 1=1 --`,
  `'; drop table people; --`,
  `' union all select token_hash::text from staff_sessions --`,
  `' and 1=(select 1 from pg_sleep(20)) --`,
  `1; select pg_sleep(20)`,
  `(select 1 from pg_sleep(20))`,
  `created_at; delete from audit`,
  `"; update staff set role='admin'; --`,
  `$1`,
  `\\' or 1=1 --`,
  `%' or 1=1 --`,
]

/** Values that have the right form and that no column takes: the database must not be the first to say so. */
const unstorable: readonly string[] = [
  'abc\0def',
  '\0',
  'abc\ud800',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '99999999999999999999',
]

/** The answer may be one of these: never a failure of ours. */
const fine = new Set([200, 400, 403, 404, 409, 422, 429])

const pathOf = (name: Name, change: Readonly<Record<string, string>> = {}): string =>
  consoleRoutes[name].path.replace(/:(\w+)/g, (_all, part: string) =>
    // An address cannot carry half of a character; what it carries instead is a sign for that.
    encodeURIComponent(
      (change[part] ?? (ids as Readonly<Record<string, string>>)[part] ?? randomUUID()).replace(
        /\p{Cs}/gu,
        '\ufffd',
      ),
    ),
  )

const fieldsOf = (name: Name, part: 'query' | 'body'): readonly string[] => {
  const schema = (schemas[name] as RouteSchemas)[part] as { readonly shape?: object } | undefined
  return Object.keys(schema?.shape ?? {})
}

const names = (Object.keys(consoleRoutes) as Name[]).filter(
  (name) => name !== 'console.live' && name !== 'console.signOut',
)
const places = names.flatMap((name) => [
  ...[...consoleRoutes[name].path.matchAll(/:(\w+)/g)].map(([, part = '']) => [name, 'path', part] as const),
  ...fieldsOf(name, 'query').map((field) => [name, 'query', field] as const),
  ...fieldsOf(name, 'body').map((field) => [name, 'body', field] as const),
])

const send = (name: Name, part: string, field: string, attack: string): Promise<Answer> => {
  const route: Route = consoleRoutes[name]
  const path = pathOf(name, part === 'path' ? { [field]: attack } : {})
  const query = part === 'query' ? `?${new URLSearchParams({ [field]: attack }).toString()}` : ''
  const body = route.method === 'POST' ? { body: part === 'body' ? { [field]: attack } : {} } : {}
  return callConsole(api, staff, `${path}${query}`, { key: randomUUID(), ...body })
}

/** No request of an attacker may change this. */
const state = async () =>
  api.owner.one(
    `select (select count(*)::integer from people) as people, (select count(*)::integer from verifications) as cases,
       (select count(*)::integer from policies) as policies, (select string_agg(role, ',' order by id) from staff) as roles`,
  )

describe('K1: SQL in every parameter of the console', () => {
  it('there are parameters to attack', () => {
    expect(places.length).toBeGreaterThan(50)
  })

  it.each(places)('%s, %s %s: a value and nothing else', async (name, part, field) => {
    await api.owner.run('delete from rate_limits')
    const before = await state()
    for (const attack of attacks) {
      const { status, text } = await send(name, part, field, attack)
      expect(fine.has(status), `${attack}: ${String(status)} ${text}`).toBe(true)
      expect(text, attack).not.toMatch(/syntax error|pg_sleep|token_hash|SQLSTATE/)
    }
    expect(await state()).toEqual(before)
  })
})

describe('K1: what no column takes in every parameter of the console', () => {
  it.each(places)('%s, %s %s: refused before the database has to', async (name, part, field) => {
    await api.owner.run('delete from rate_limits')
    for (const value of unstorable) {
      const { status, text } = await send(name, part, field, value)
      expect(fine.has(status), `${JSON.stringify(value)}: ${String(status)} ${text}`).toBe(true)
    }
  })
})

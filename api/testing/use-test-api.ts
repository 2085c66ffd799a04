/** The API for the tests of one file. Call at the top level; use what it gives inside tests. */
import { afterAll, beforeAll, beforeEach } from 'vitest'
import type { Role } from '#domain/roles.ts'
import { linkCases } from './link-case.ts'
import { testPlan } from './plan.ts'
import { addTenant, createTestApi, signIn, type SignedIn, type TestApi } from './test-api.ts'
import { enterAs } from './visit.ts'

/** Stands for an object that is made before the tests, so that it can be named where the file begins. */
const late = <T extends object>(get: () => T | undefined): T =>
  new Proxy({} as T, {
    get: (_, key) => {
      const made = get()
      if (made === undefined) throw new Error('It is there inside tests only.')
      return Reflect.get(made, key) as unknown
    },
  })

/** Starts the API before the tests and stops it after them. */
export const useTestApi = (...options: Parameters<typeof createTestApi>): TestApi => {
  let api: TestApi | undefined
  beforeAll(async () => {
    api = await createTestApi(...options)
  })
  afterAll(() => api?.stop())
  return late(() => api)
}

/** The API, and one organisation in which these people have signed in. */
export const useDesk = <Name extends string>(
  roles: Readonly<Record<Name, Role>>,
): { readonly api: TestApi } & Readonly<Record<Name, SignedIn>> => {
  const api = useTestApi()
  const staff = new Map<string, SignedIn>()
  beforeAll(async () => {
    const { id } = await addTenant(api)
    for (const [name, role] of Object.entries<Role>(roles)) staff.set(name, await signIn(api, id, role))
  })
  const people = Object.keys(roles).map((name) => [name, late(() => staff.get(name))])
  return { api, ...(Object.fromEntries(people) as Record<Name, SignedIn>) }
}

/** The portal of one organisation; each test begins with the ordinary plan, and a worker that answers as usual. */
export const usePortal = () => {
  const api = useTestApi()
  let tenantId = ''
  beforeAll(async () => {
    tenantId = (await addTenant(api)).id
  })
  beforeEach(() => {
    api.verifications.answers = {}
    api.verifications.plan = testPlan()
  })
  return {
    api,
    get tenantId() {
      return tenantId
    },
    /** A participant whose match code was just accepted. */
    enter: (row: Readonly<Record<string, unknown>> = {}) => enterAs(api, tenantId, row),
    /** Cases with a link, and the calls that a visitor of one can make. */
    links: late(() => linkCases(api, tenantId)),
  }
}

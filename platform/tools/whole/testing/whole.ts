/** The API over real HTTP, its workflows on a real Temporal server and the worker's loops, over one database. */
import { afterAll, beforeAll } from 'vitest'
import { makeCase, type CaseOptions, type TestCase } from '#activities/testing/case.ts'
import { useTestWorld, type TestWorld } from '#activities/testing/test-world.ts'
import { startLoops, type Loops } from '#activities/maintenance/index.ts'
import { noAnalytics } from '#analytics/client.ts'
import { csrfTokenOf } from '#api/http/middleware/csrf.ts'
import { createTestApi, type SignedIn, type TestApi } from '#api/testing/test-api.ts'
import { startStaffSession } from '#services/staff/sessions.ts'
import { placeOf } from '#services/staff/session-place.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { createClientAddress } from '#platform/network-data/client-address.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { caseWorkflowsOver } from '#platform/temporal/temporal-cases.ts'

/** Everything a test of the whole product works with. */
export type Whole = {
  readonly world: TestWorld
  readonly api: TestApi
  /** An organisation, and its agent signed in. */
  open(options?: CaseOptions): Promise<{ readonly of: TestCase; readonly agent: SignedIn }>
  signIn(of: TestCase, staffId: string): Promise<SignedIn>
  /** Runs the worker's loops until the test's end is awaited. */
  runLoops(): Loops
}

/** Opens it before the file's tests and closes it after them. Requests may name their own address in X-Forwarded-For. */
export const useWhole = (): Whole => {
  const world = useTestWorld()
  let open: TestApi | undefined
  beforeAll(async () => {
    open = await createTestApi({
      deps: {
        db: world.database.api,
        keys: world.keys.api,
        verifications: world.verifications,
        clientAddress: createClientAddress(['127.0.0.1/32']),
      },
    })
  })
  afterAll(() => open?.stop())
  const api = (): TestApi => {
    if (open === undefined) throw new Error('the API is open inside tests only')
    return open
  }
  const signIn = async (of: TestCase, staffId: string): Promise<SignedIn> => {
    const token = newToken()
    await inTenant(world.database.api, of.tenantId, (tx) =>
      startStaffSession(tx, world.keys.api, {
        staffId,
        tokenHash: tokenHash(token),
        csrfHash: tokenHash(csrfTokenOf(token)),
        amr: ['pwd', 'otp'],
        country: null,
        place: placeOf({ keys: world.keys.api, factTools: world.deps.factTools }, of.tenantId, {
          ...{ userAgent: undefined, address: '127.0.0.1' },
        }),
      }),
    )
    return { token, staffId, tenantId: of.tenantId }
  }
  return {
    world,
    get api() {
      return api()
    },
    signIn,
    open: async (options = {}) => {
      const of = await makeCase(world.database.owner, world.keys, options)
      return { of, agent: await signIn(of, of.agent.id) }
    },
    runLoops: () =>
      startLoops({
        ...world.deps,
        inserter: noAnalytics(),
        workflows: caseWorkflowsOver(world.temporal),
      }),
  }
}

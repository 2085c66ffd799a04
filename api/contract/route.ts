import type { ApiScope } from '#domain/api-scopes.ts'
import type { Permission } from '#domain/roles.ts'

/**
 * One route, as plain data (no zod), so that browsers may import it. `permission` is what the caller must hold on
 * the console; the other surfaces have one kind of caller each. `key`: the route starts or decides something and
 * needs an `Idempotency-Key` header.
 */
export type Route = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly surface: 'console' | 'portal' | 'public' | 'integration'
  readonly permission: Permission | null
  /** The scope that the key of an API client needs; every route of that surface names one. */
  readonly scope?: ApiScope
  readonly key?: true
  /** The status of a whole answer: 200, or 201 where something was started. */
  readonly status?: 200 | 201
  /**
   * `file`: read piece by piece by the handler, and no JSON of the contract. `policy`: JSON that holds a whole policy, the
   * only one that may have more keys than any other (F8, H9).
   */
  readonly body?: 'file' | 'policy'
  /** Asks staff for a step-up (F6): every time, or only where `decision` lets something happen. */
  readonly stepUp?: 'always' | 'to_approve'
  /** The kind of the answer, when it is not JSON. */
  readonly answer?: 'csv' | 'events' | 'empty'
}

import type { Db } from './connect.ts'
import { outsideTenants } from './transaction.ts'

/** What the list is asked for; every value is bound, sort and order come from closed lists. */
export type ListFilter = {
  readonly q?: string | undefined
  readonly outcome?: readonly string[] | undefined
  readonly state?: readonly string[] | undefined
  readonly purpose?: readonly string[] | undefined
  readonly channel?: readonly string[] | undefined
  readonly referrer?: readonly string[] | undefined
  readonly personId?: string | undefined
  readonly riskFrom?: number | undefined
  readonly riskTo?: number | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly sort: 'started' | 'completed' | 'risk' | 'outcome' | 'purpose'
  readonly order: 'asc' | 'desc'
  /** Where the page before ended: sort key, start, id. */
  readonly after?: readonly [string | number | null, string, string] | undefined
  readonly limit: number
  readonly count?: boolean
}

/** Who looks: decides what a row may hold. */
export type Viewer = {
  /** A participant's report reads as failed (security.md B9). */
  readonly isAgent: boolean
  readonly scores: boolean
  /** People whose cases are not shown (security.md D7). */
  readonly excluded: readonly string[]
}

/** One page as JSON text, built by the database in one trip (performance.md 3.2). */
export const listVerifications = async (
  db: Db,
  tenantId: string,
  filter: ListFilter,
  viewer: Viewer,
): Promise<string> => {
  const [row] = await outsideTenants(db).named<{ page: string }>(
    'list_verifications',
    'select list_verifications($1, $2, $3) as page',
    [tenantId, JSON.stringify(filter), JSON.stringify(viewer)],
  )
  if (row === undefined) throw new Error('list_verifications gave no row')
  return row.page
}

/** All rows of one verification as the tables hold them (snake_case), or null. */
export const readVerification = async (db: Db, tenantId: string, id: string): Promise<unknown> => {
  const [row] = await outsideTenants(db).named<{ answer: unknown }>(
    'read_verification',
    'select read_verification($1, $2) as answer',
    [tenantId, id],
  )
  return row?.answer ?? null
}

/** Where a participant stands, as the tables hold it (snake_case), or null. */
export const readPortalCase = async (db: Db, tenantId: string, verificationId: string): Promise<unknown> => {
  const [row] = await outsideTenants(db).named<{ answer: unknown }>(
    'read_portal_case',
    'select read_portal_case($1, $2) as answer',
    [tenantId, verificationId],
  )
  return row?.answer ?? null
}

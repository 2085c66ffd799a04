import { listVerifications as list } from '#services/verifications/verifications.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind, JsonText } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { filterOf } from './list-query.ts'
import { heldFor, withHeldRows } from '../case/held.ts'
import { excludedPeople, viewerOf } from '../scope.ts'

/** One page of the table, built by the database. */
export const listVerifications = ({ db }: ApiDeps) =>
  bind('console.listVerifications', async ({ staff, query }) => {
    const { excluded, held } = await inTenant(db, staff.tenantId, async (tx) => ({
      excluded: await excludedPeople(tx, staff),
      held: await heldFor(tx, staff),
    }))
    const page = await list(db, staff.tenantId, filterOf(query, staff), viewerOf(staff, excluded))
    return new JsonText(withHeldRows(page, held))
  })

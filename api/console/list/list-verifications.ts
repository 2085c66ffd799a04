import { listVerifications as list } from '#services/verifications/verifications.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind, JsonText } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { filterOf } from './list-query.ts'
import { readOnHold, rowsWithoutHold } from '../case/on-hold.ts'
import { excludedPeople, viewerOf } from '../scope.ts'

/** One page of the table, built by the database. */
export const listVerifications = ({ db }: ApiDeps) =>
  bind('console.listVerifications', async ({ staff, query }) => {
    const { excluded, onHold } = await inTenant(db, staff.tenantId, async (tx) => ({
      excluded: await excludedPeople(tx, staff),
      onHold: await readOnHold(tx, staff),
    }))
    const page = await list(db, staff.tenantId, filterOf(query, staff), viewerOf(staff, excluded))
    return new JsonText(rowsWithoutHold(page, onHold))
  })

import { addCohortDecision } from '#services/verifications/remarks.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { actorOf } from '../scope.ts'

/** Puts on record why a group may be suspected more often than others. It changes no check. */
export const decideCohort = ({ db }: ApiDeps) =>
  bind('console.decideCohort', async ({ staff, body, operationId }) => {
    await inTenant(db, staff.tenantId, async (tx) => {
      const by = { id: staff.staffId, name: staff.name }
      if (!(await addCohortDecision(tx, { ...body, id: operationId, by }))) return
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'cohort.decided',
          object: { kind: 'tenant', id: staff.tenantId },
          payload: { id: operationId, dimension: body.dimension, value: body.value },
        },
      ])
    })
    return { done: true as const }
  })

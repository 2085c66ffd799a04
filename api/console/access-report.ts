import { makeAccessReport } from '#platform/server/access-report/make.ts'
import { recordEvents } from '#platform/server/db/record-events.ts'
import { currentPolicy } from '#platform/server/db/policies.ts'
import { countForStaff } from '#platform/server/db/staff-counters.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import { bind } from '../bind.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../errors.ts'
import { actorOf } from './scope.ts'

/**
 * Everything that is kept about a person, for that person (security.md M8). Counted like every reveal (D8) and recorded
 * with the request's reference before anything of it is sent (D10).
 */
export const accessReport = ({ db, keys }: Pick<ApiDeps, 'db' | 'keys'>) =>
  bind('console.accessReport', async ({ staff, params, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const { revealsPerAgent } = (await currentPolicy(tx)).limits
      if (!(await countForStaff(tx, staff.staffId, 'reveal', params.personId, revealsPerAgent)))
        throw new Refused('agent_limit_reached')
      const report = await makeAccessReport(tx, keys, params.personId, body.reference)
      if (report === undefined) throw new Refused('not_found')
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'access_report.made',
          object: { kind: 'person', id: params.personId },
          payload: { reference: body.reference, verifications: report.verifications.length },
        },
      ])
      return report
    }),
  )

import { makeAccessReport } from '#services/access-report/make.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { countLookUp, countOrRefuse } from '../../http/limit-reached.ts'
import { actorOf } from '../scope.ts'

/**
 * Everything that is kept about a person, for that person (M8). Counted as a reveal and as a look-up (D8) and recorded
 * with the request's reference before anything of it is sent (D10).
 */
export const accessReport = ({ db, keys }: Pick<ApiDeps, 'db' | 'keys'>) =>
  bind('console.accessReport', async ({ staff, params, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const { revealsPerAgent: caps } = (await currentPolicy(tx)).limits
      await countOrRefuse(tx, staff.staffId, { kind: 'reveal', subject: params.personId, caps })
      await countLookUp(tx, staff, params.personId)
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

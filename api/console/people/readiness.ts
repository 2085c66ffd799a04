import { isEnrolmentOpen } from '#services/passkeys/enrolments.ts'
import { listByReadiness, readReadiness, type ReadinessTerms } from '#services/people/readiness.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { actorOf, excludedPeople } from '../scope.ts'

const termsOf = async (tx: Tx): Promise<ReadinessTerms> => {
  const { lifetimes, contacts } = await currentPolicy(tx)
  return { sheetRestSeconds: lifetimes.sheetRest, changedWithinHours: contacts.changedWithinHours }
}

/** Counts, by department, the people who could prove who they are today. */
export const readiness = ({ db, settings }: ApiDeps) =>
  bind('console.readiness', ({ staff }) =>
    inTenant(db, staff.tenantId, async (tx) => ({
      enrolAddress: (await isEnrolmentOpen(tx)) ? `${settings.portalUrl}/enrol` : null,
      departments: [...(await readReadiness(tx, await termsOf(tx), await excludedPeople(tx, staff)))],
    })),
  )

/** Lists them, a page at a time: no contact is shown, and each page leaves an entry in the audit (D9). */
export const readinessPeople = ({ db }: ApiDeps) =>
  bind('console.readinessPeople', ({ staff, query }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const { department, lacking, after } = query
      const choice = { department: department === '' ? null : department, lacking, after: after ?? null }
      const page = await listByReadiness(tx, await termsOf(tx), await excludedPeople(tx, staff), choice)
      await recordEvents(tx, actorOf(staff), null, [
        {
          type: 'people.listed',
          object: { kind: 'staff', id: staff.staffId },
          payload: { lacking, found: page.people.length, more: page.more },
        },
      ])
      return { people: [...page.people], more: page.more }
    }),
  )

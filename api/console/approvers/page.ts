import { listNamings, listTeams } from '#services/approvals/approver-namings.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'

const most = 100

/** Lists who is named to vouch for whom, what waits for a second admin, and what is over. */
export const approverNamings = ({ db }: ApiDeps) =>
  bind('console.approvers', ({ staff, query }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const found = await listNamings(tx, { q: query.q, isOver: query.over === 'yes', limit: most + 1 })
      return {
        namings: found.slice(0, most),
        more: found.length > most,
        teams: [...(await listTeams(tx))],
      }
    }),
  )

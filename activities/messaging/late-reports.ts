import { takeDeliveryReports, type StoredReport } from '#platform/server/db/delivery-reports.ts'
import { reportDelivery } from '#platform/server/db/deliveries.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import type { ActivityDeps } from '../ports.ts'
import { recordReports } from './record-reports.ts'

/** Reports taken in one transaction. */
const atOnce = 100

/**
 * Writes down what providers reported of a tenant's messages and no workflow did: the case was over, or its signal was lost.
 * A report that a workflow recorded already changes nothing. Gives how many were taken.
 * @param seconds how long a report waits for its workflow
 */
export const recordLateReports = (
  deps: Pick<ActivityDeps, 'db'>,
  tenantId: string,
  seconds: number,
): Promise<number> =>
  inTenant(deps.db, tenantId, async (tx) => {
    const taken = await takeDeliveryReports(tx, seconds, atOnce)
    const news: StoredReport[] = []
    for (const report of taken)
      if (await reportDelivery(tx, report.deliveryId, report.status)) news.push(report)
    // Last, because events hold the chain's head.
    for (const report of news) await recordReports(tx, report.verificationId, [report])
    return taken.length
  })

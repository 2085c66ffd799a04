/** A loop, since providers report while Temporal is away, and no workflow takes what comes late. */
import { takeDeliveryReports, type TakenReport } from '#services/sending/delivery-reports.ts'
import { noteOnTheWay } from '#services/sending/deliveries.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import type { DeliveryReport } from '#workflows/messages.ts'
import type { ActivityDeps } from '../ports.ts'
import { recordReports, storeReports } from './record-reports.ts'

/** Reports taken in one transaction. */
const atOnce = 100

/** The report as an end; null where the message is on its way still, which is noted and no fact of the case. */
const endOf = async (tx: Tx, report: TakenReport): Promise<DeliveryReport | null> => {
  const { status, code, receivedAt: at, reportId, deliveryId } = report
  if (status === 'delivered' || status === 'undelivered')
    return { reportId, deliveryId, status, ...(code === null ? {} : { code }) }
  await noteOnTheWay(tx, deliveryId, status, { at, code })
  return null
}

/**
 * Writes down what providers reported of a tenant's messages and no workflow did: the case was over, its signal was lost, or
 * it tells of a step on the way. A report that a workflow recorded already changes nothing. Gives how many were taken.
 * @param seconds how long an end waits for its workflow
 */
export const recordLateReports = (
  deps: Pick<ActivityDeps, 'db'>,
  tenantId: string,
  seconds: number,
): Promise<number> =>
  inTenant(deps.db, tenantId, async (tx) => {
    const taken = await takeDeliveryReports(tx, seconds, atOnce)
    const news: (readonly [verificationId: string, report: DeliveryReport])[] = []
    for (const report of taken) {
      const end = await endOf(tx, report)
      const [stored] = end === null ? [] : await storeReports(tx, [end])
      if (stored !== undefined) news.push([report.verificationId, stored])
    }
    // Last, because events hold the chain's head.
    for (const [verificationId, report] of news) await recordReports(tx, verificationId, [report])
    return taken.length
  })

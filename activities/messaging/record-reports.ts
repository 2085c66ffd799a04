import { reportDelivery } from '#services/sending/deliveries.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { DeliveryReport } from '#workflows/messages.ts'

/**
 * Writes what providers reported on their deliveries; returns the reports that said something new. The first final report
 * stays (Q2).
 */
export const storeReports = async (
  tx: Tx,
  reports: readonly DeliveryReport[],
): Promise<readonly DeliveryReport[]> => {
  const news: DeliveryReport[] = []
  for (const report of reports) {
    if (await reportDelivery(tx, report.deliveryId, report.status, report.code ?? null)) news.push(report)
  }
  return news
}

/** Records reports as facts of their verification; the same report is one event, also when several workers record it. */
export const recordReports = async (
  tx: Tx,
  verificationId: string,
  reports: readonly DeliveryReport[],
): Promise<void> => {
  if (reports.length === 0) return
  const drafts = reports.map((report) => ({
    type: 'link.delivery_reported' as const,
    object: { kind: 'verification' as const, id: verificationId },
    payload: {
      status: report.status,
      deliveryId: report.deliveryId,
      ...(report.code === undefined ? {} : { code: report.code }),
    },
  }))
  const ids = reports.map((report) => uuidOf('delivery-report', report.reportId))
  await recordEvents(tx, { kind: 'provider', id: 'delivery' }, verificationId, drafts, ids, 'to_consoles')
}

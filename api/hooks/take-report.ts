import { addDeliveryReport, type ReportStatus } from '#services/sending/delivery-reports.ts'
import { uuidOf } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { ApiDeps } from '../deps.ts'

/** The delivery that a provider's id or a bounce's address belongs to. */
export type FoundDelivery = {
  readonly tenantId: string
  readonly id: string
  readonly verificationId: string
}

/**
 * Keeps a report first, so that it is written down even when the case is over or Temporal is away, then tells the case's
 * workflow, where it is an end. The same report again has the same id; the workflow and its record take it once.
 */
export const takeReport = async (
  deps: Pick<ApiDeps, 'db' | 'verifications'>,
  { tenantId, id: deliveryId, verificationId }: FoundDelivery,
  status: ReportStatus,
  code: string | null,
): Promise<void> => {
  const reportId = uuidOf('delivery-report', deliveryId, status)
  const reported = { reportId, verificationId, deliveryId, status, code }
  await inTenant(deps.db, tenantId, (tx) => addDeliveryReport(tx, reported))
  if (status === 'sent' || status === 'delayed') return
  const told = { reportId, deliveryId, status, ...(code === null ? {} : { code }) }
  await deps.verifications.deliveryReported({ tenantId, verificationId }, told)
}

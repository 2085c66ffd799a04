/** Later reports of providers about messages: an input of the API, taken over by the worker. */
import type { Db } from '#platform/database/connect.ts'
import { outsideTenants, type Tx } from '#platform/database/transaction.ts'

/** Finds the delivery of a provider's id, before the tenant is known. */
export const resolveDelivery = async (
  db: Db,
  providerId: string,
): Promise<{ tenantId: string; id: string; verificationId: string } | null> => {
  const row = await outsideTenants(db).one<{ tenantId: string; id: string; verificationId: string }>(
    'select r.tenant_id as "tenantId", r.id, r.verification_id as "verificationId" from resolve_delivery($1) r',
    [providerId],
  )
  return row ?? null
}

/** Finds the delivery of an id that came back in the address of a bounce. */
export const resolveDeliveryId = async (
  db: Db,
  id: string,
): Promise<{ tenantId: string; id: string; verificationId: string } | null> => {
  const row = await outsideTenants(db).one<{ tenantId: string; id: string; verificationId: string }>(
    'select r.tenant_id as "tenantId", r.id, r.verification_id as "verificationId" from resolve_delivery_id($1) r',
    [id],
  )
  return row ?? null
}

/** Providers and mail servers report one of these: the last two are ends. */
export type ReportStatus = 'sent' | 'delayed' | 'delivered' | 'undelivered'

/** A report as the API received it. */
export type StoredReport = {
  /** The same for the same delivery and status, however often the provider repeats itself. */
  readonly reportId: string
  readonly verificationId: string
  readonly deliveryId: string
  readonly status: ReportStatus
  /** The provider's own code for it; null where it named none. */
  readonly code: string | null
}

/** Keeps a report for the worker; a repetition changes nothing. */
export const addDeliveryReport = async (tx: Tx, report: StoredReport): Promise<void> => {
  await tx.run(
    `insert into delivery_reports (tenant_id, id, verification_id, delivery_id, status, code)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [tx.tenantId, report.reportId, report.verificationId, report.deliveryId, report.status, report.code],
  )
}

/** A report as the worker takes it. */
export type TakenReport = StoredReport & { readonly receivedAt: Date }

/**
 * Takes reports that have waited for so many seconds, oldest first; deleting a report takes it over. Until then the
 * verification's workflow records it itself, where it still runs. Reports that are no end never go to a workflow.
 */
export const takeDeliveryReports = (tx: Tx, seconds: number, limit: number): Promise<TakenReport[]> =>
  tx.query<TakenReport>(
    `delete from delivery_reports where tenant_id = $1 and id in (
       select id from delivery_reports where tenant_id = $1 and (received_at <= now() - make_interval(secs => $2)
         or status in ('sent', 'delayed'))
       order by received_at limit $3)
     returning id as "reportId", verification_id as "verificationId", delivery_id as "deliveryId", status, code,
       received_at as "receivedAt"`,
    [tx.tenantId, seconds, limit],
  )

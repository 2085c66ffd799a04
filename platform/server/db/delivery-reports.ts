import type { Db } from './connect.ts'
import { outsideTenants } from './transaction.ts'

/** Which delivery a provider's id belongs to, before the tenant is known. */
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

import type { Tx } from '#platform/database/transaction.ts'

/** Whether this report of this person is stored: about whichever of their cases, since it ends them all. */
export const isReported = async (
  tx: Tx,
  { personId, reportId }: { readonly personId: string; readonly reportId: string },
): Promise<boolean> =>
  (await tx.one('select from reports where tenant_id = $1 and person_id = $2 and id::text = $3', [
    tx.tenantId,
    personId,
    reportId,
  ])) !== undefined

import type { Tx } from '#platform/database/transaction.ts'

/** Whether a report of this person is stored, about whichever of their cases: it ends them all. `reportId`: this one alone. */
export const isReported = async (tx: Tx, personId: string, reportId?: string): Promise<boolean> =>
  (await tx.one(
    'select from reports where tenant_id = $1 and person_id = $2 and ($3::text is null or id::text = $3) limit 1',
    [tx.tenantId, personId, reportId ?? null],
  )) !== undefined

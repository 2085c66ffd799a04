import type { Tx } from '#platform/database/transaction.ts'

/** What a member of staff says afterwards about a case. */
export type NewLabel = {
  readonly id: string
  readonly verificationId: string
  readonly label: 'genuine' | 'suspicious' | 'false_refusal' | 'unsure'
  readonly reason: string
  readonly byId: string
  readonly byName: string
}

/** Stores a label; the same id again changes nothing. False: it is stored already. */
export const addLabel = async (tx: Tx, label: NewLabel): Promise<boolean> => {
  const added = await tx.run(
    `insert into labels (tenant_id, id, verification_id, label, reason, by_id, by_name)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [tx.tenantId, label.id, label.verificationId, label.label, label.reason, label.byId, label.byName],
  )
  return added === 1
}

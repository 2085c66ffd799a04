import type { Tx } from '#platform/database/transaction.ts'
import { uuidOf } from '#platform/database/record-events.ts'
import type { PortalCaller } from '../http/callers.ts'

/** The report that a portal session makes: one, however often it is confirmed. */
export const reportIdOf = ({ sessionId }: Pick<PortalCaller, 'sessionId'>): string =>
  uuidOf('report', 'portal', sessionId)

/** True if "this was not me" was said on this very page, and not from a message or another page. */
export const hasReported = async (tx: Tx, caller: Pick<PortalCaller, 'sessionId'>): Promise<boolean> =>
  (await tx.one('select from reports where tenant_id = $1 and id = $2', [
    tx.tenantId,
    reportIdOf(caller),
  ])) !== undefined

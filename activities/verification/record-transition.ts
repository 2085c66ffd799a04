import { reportDelivery } from '#platform/server/db/deliveries.ts'
import { freeze } from '#platform/server/db/freeze.ts'
import { voidLinks } from '#platform/server/db/links.ts'
import { addNotices } from '#platform/server/db/notices.ts'
import { readPolicy } from '#platform/server/db/policies.ts'
import { endPortalSessions } from '#platform/server/db/portal-sessions-write.ts'
import { recordEvents, uuidOf } from '#platform/server/db/record-events.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import { recordCase } from '#platform/server/db/record-case.ts'
import type { DeliveryReport } from '#workflows/messages.ts'
import type { RecordedMove, RecordTransitionInput } from '#workflows/verification/steps.ts'
import type { ActivityDeps } from '../ports.ts'

/** Stores moves that have no effect of their own but what always goes with them: notices, dead links, a freeze. */
export const createRecordTransition =
  (deps: Pick<ActivityDeps, 'db'>) =>
  (input: RecordTransitionInput): Promise<void> =>
    inTenant(deps.db, input.case.tenantId, async (tx) => {
      for (const move of input.moves) await goWith(tx, input, move)
      const reports = await storeReports(tx, input.deliveryReports ?? [])
      await recordCase(tx, input)
      await recordReports(tx, input, reports)
    })

/** What a move brings with it, each repeatable. */
const goWith = async (tx: Tx, input: RecordTransitionInput, move: RecordedMove): Promise<void> => {
  const { verificationId, personId, policyVersion } = input.case
  const { contactId } = input.snapshot
  if (move.move === 'create') {
    await addNotices(tx, { verificationId, personId, kind: 'started', exceptContactId: contactId })
  }
  if (move.to !== 'closed') return
  await voidLinks(tx, verificationId)
  if (move.move === 'report') {
    const policy = await readPolicy(tx, policyVersion)
    const reportId = move.ref ?? verificationId
    const blockSeconds = policy.lifetimes.reportBlock
    await freeze(tx, { reportId, verificationId, personId, source: 'message', blockSeconds })
  }
  if (move.move === 'report' || move.move === 'cancel') await endPortalSessions(tx, verificationId, move.move)
}

const storeReports = async (tx: Tx, reports: readonly DeliveryReport[]): Promise<DeliveryReport[]> => {
  const news: DeliveryReport[] = []
  for (const report of reports) {
    if (await reportDelivery(tx, report.deliveryId, report.status)) news.push(report)
  }
  return news
}

const recordReports = async (
  tx: Tx,
  input: RecordTransitionInput,
  reports: readonly DeliveryReport[],
): Promise<void> => {
  const { verificationId } = input.case
  if (reports.length === 0) return
  const drafts = reports.map((report) => ({
    type: 'link.delivery_reported' as const,
    object: { kind: 'verification' as const, id: verificationId },
    payload: { status: report.status, deliveryId: report.deliveryId },
  }))
  const ids = reports.map((report) => uuidOf('delivery-report', report.reportId))
  await recordEvents(tx, { kind: 'provider', id: 'delivery' }, verificationId, drafts, ids)
}

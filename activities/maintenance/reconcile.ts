/**
 * This is a loop, since it repairs what Temporal lost and workflow code cannot cover: lost signals, terminated workflows. It
 * looks at open rows that have not changed for a while and repairs them through the same functions that always write them.
 */
import type { Logger } from '#platform/process/log.ts'
import type { Db } from '#platform/database/connect.ts'
import { readStaleCases, type StaleCase } from '#services/housekeeping/housekeeping.ts'
import { voidLinks } from '#services/sending/links.ts'
import { endPortalSessions } from '#services/verifications/portal-sessions.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { recordCase } from '#services/verifications/record-case.ts'
import { readCase } from '#services/verifications/verifications.ts'
import type { CaseWorkflows } from '#platform/temporal/temporal-cases.ts'
import { workflowId } from '#workflows/messages.ts'
import { movedTo } from '../verification/moved.ts'
import { tellEnd } from '../verification/tell-end.ts'

/** The dependencies of reconciling. */
export type ReconcileDeps = { readonly db: Db; readonly workflows: CaseWorkflows; readonly log: Logger }

/** Rows looked at in one go. */
const atOnce = 5_000

/**
 * A row must not have changed for this many seconds before its workflow is looked for, and before a signal is sent
 * again.
 */
export type Patience = { readonly workflow: number; readonly signal: number }

/**
 * Looks at a tenant's stale cases; returns how many were repaired. The server is asked once for all that run, and asked alone
 * only for one that is missing there.
 */
export const reconcile = async (
  deps: ReconcileDeps,
  tenantId: string,
  patience: Patience,
): Promise<number> => {
  const stale = await inTenant(deps.db, tenantId, (tx) => readStaleCases(tx, patience.workflow, atOnce))
  if (stale.length === 0) return 0
  const running = await deps.workflows.runningIn(tenantId)
  let repaired = 0
  for (const one of stale) {
    const isSent = one.quietSeconds >= patience.signal && (await sendAgain(deps, tenantId, one))
    const isRunning = running?.ids.has(workflowId(tenantId, 'verification', one.id)) ?? true
    if (isSent || (!isRunning && (await closeIfGone(deps, tenantId, one)))) repaired += 1
  }
  return repaired
}

const sendAgain = async (deps: ReconcileDeps, tenantId: string, one: StaleCase): Promise<boolean> => {
  const ref = { tenantId, verificationId: one.id }
  if (one.reportId !== null) {
    const said = await deps.workflows.reported(ref, one.reportId)
    return said.kind === 'answered' && note(deps, ref, 'report_sent_again')
  }
  if (one.completionId === null) return false
  const said = await deps.workflows.answersCompleted(ref, one.completionId)
  return said.kind === 'answered' && note(deps, ref, 'completion_sent_again')
}

const closeIfGone = async (deps: ReconcileDeps, tenantId: string, one: StaleCase): Promise<boolean> => {
  const ref = { tenantId, verificationId: one.id }
  const state = await deps.workflows.stateOf(ref)
  if (state !== 'gone') return false
  await closeOrphan(deps, tenantId, one)
  return note(deps, ref, 'closed_without_workflow')
}

const note = ({ log }: ReconcileDeps, ref: { readonly verificationId: string }, reason: string): true => {
  log.warn('a verification was repaired', { verificationId: ref.verificationId, reason })
  return true
}

/**
 * The workflow is gone, so nobody else will ever move this row: it ends as reported, as timed out where its time was up, and
 * else as cancelled, since an operator has ended it.
 */
const closeOrphan = (deps: ReconcileDeps, tenantId: string, one: StaleCase): Promise<void> =>
  inTenant(deps.db, tenantId, async (tx) => {
    const found = await readCase(tx, one.id)
    if (found === undefined || found.snapshot.state === 'closed') return
    await voidLinks(tx, one.id)
    await endPortalSessions(tx, one.id, 'closed')
    const actor = { kind: 'system', id: 'reconciler' } as const
    const move = one.reportId !== null ? 'report' : one.isOver ? 'expire' : 'cancel'
    const moved = movedTo(found.snapshot, [move], actor, new Date().toISOString(), 'workflow_gone')
    await tellEnd(tx, found.case, moved.snapshot)
    await recordCase(tx, { case: found.case, ...moved })
  })

/**
 * This is a loop, since it repairs what Temporal lost: resets whose workflow was terminated. A reset that only had a grant
 * ends, and the grant is void. A write that was about to happen is read back first, since only the directory knows whether it
 * happened (R4); so is a result that stayed unknown because the directory was away.
 */
import { readStaleResets, type StaleReset } from '#services/actions/stale-resets.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { CaseWorkflows } from '#platform/temporal/temporal-cases.ts'
import type { ActionRecord, OperationRef, ResetRef } from '#workflows/action/activity-types.ts'
import { createClearLockout } from '../directory/operations/clear-lockout.ts'
import { createEndSessions } from '../directory/operations/end-sessions.ts'
import { createReadBack } from '../directory/operations/read-back.ts'
import { createRecordAction } from '../directory/operations/record-action.ts'
import type { ActivityDeps } from '../ports.ts'

/** The dependencies of reconciling resets. */
export type ResetReconcileDeps = Pick<
  ActivityDeps,
  'db' | 'keys' | 'openDirectory' | 'log' | 'impersonations'
> & {
  readonly workflows: Pick<CaseWorkflows, 'stateOfReset' | 'runningIn'>
}

/** Rows looked at in one go. */
const atOnce = 500

/**
 * Looks at a tenant's stale resets; returns how many were ended. `seconds`: how long a row must not have changed.
 * `withUnknown`: includes those whose result nobody could read back, which asks their directory.
 */
export const reconcileResets = async (
  deps: ResetReconcileDeps,
  tenantId: string,
  seconds: number,
  withUnknown = true,
): Promise<number> => {
  const stale = await inTenant(deps.db, tenantId, (tx) =>
    readStaleResets(tx, { seconds, withUnknown }, atOnce),
  )
  if (stale.length === 0) return 0
  const running = await deps.workflows.runningIn(tenantId)
  if (running === null) return 0
  let ended = 0
  for (const one of stale) {
    if (running.runs.has(one.runId)) continue
    if ((await deps.workflows.stateOfReset(one.workflowId, one.runId)) !== 'gone') continue
    if (await end(deps, tenantId, one)) ended += 1
  }
  return ended
}

const refOf = (tenantId: string, one: StaleReset): ResetRef => ({
  tenantId,
  verificationId: one.verificationId,
  personId: one.personId,
  policyVersion: one.policyVersion,
  workflowId: one.workflowId,
  run: { id: one.runId, startedAt: one.runStartedAt.toISOString() },
})

/** Writes the end of a reset through the same function that always does. False: it is too early to say. */
const end = async (deps: ResetReconcileDeps, tenantId: string, one: StaleReset): Promise<boolean> => {
  const { verificationId } = one
  const reset = refOf(tenantId, one)
  const operation = operationOf(reset, one)
  const found = operation === null ? withoutWrite(one) : await afterWrite(deps, operation)
  if (found === null || isNoNews(one, found)) return false
  const at = new Date().toISOString()
  const operationId = operation?.operationId ?? null
  await createRecordAction(deps)({ reset, seq: one.seq + 1, operationId, at, ...found })
  if (found.state === 'completed' && operation !== null) await tidyUp(deps, operation, at)
  deps.log.warn('a reset was ended without its workflow', { verificationId, reason: found.reason ?? 'done' })
  return true
}

type Found = Pick<ActionRecord, 'state' | 'reason'>

/** The directory answers again and cannot tell: the row says so already. */
const isNoNews = (one: StaleReset, found: Found): boolean =>
  one.state === 'unknown' && found.state === 'unknown'

/** States in which something was about to be written, or was. */
const writing: readonly StaleReset['state'][] = ['in_progress', 'unknown']

const operationOf = (reset: ResetRef, { state, grantId, attempt }: StaleReset): OperationRef | null =>
  !writing.includes(state) || grantId === null || attempt === null
    ? null
    : { reset, grantId, attempt, operationId: `${grantId}.${String(attempt)}` }

const withoutWrite = ({ isOver }: StaleReset): Found =>
  isOver ? { state: 'expired', reason: 'time_over' } : { state: 'failed', reason: 'cancelled' }

const afterWrite = async (deps: ResetReconcileDeps, operation: OperationRef): Promise<Found | null> => {
  try {
    const { kind } = await createReadBack(deps)({ operation })
    if (kind === 'done') return { state: 'completed', reason: null }
    return { state: kind === 'unknown' ? 'unknown' : 'failed', reason: `read_back_${kind}` }
  } catch (error) {
    // A write that was begun may still arrive, or the directory does not answer: the next look will tell.
    deps.log.warn('a write could not be read back yet', {
      verificationId: operation.reset.verificationId,
      error,
    })
    return null
  }
}

/** Work after a new password; its failure changes nothing about the reset. */
const tidyUp = async (deps: ResetReconcileDeps, operation: OperationRef, at: string): Promise<void> => {
  try {
    await createClearLockout(deps)({ operation })
    await createEndSessions(deps)({ operation, at })
  } catch (error) {
    deps.log.warn('a step after a reset failed', { verificationId: operation.reset.verificationId, error })
  }
}

import { ApplicationFailure } from '@temporalio/common'
import { lockIntent, resolveIntent } from '#services/actions/intents.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { OperationRef, ReadBackAnswer } from '#workflows/action/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { directoryOf, operationUuid } from './operation.ts'

/**
 * Reads the result of a write: done, not done, or unknown. It never says `not done` while a write that was begun may still
 * arrive; then it fails and is asked again.
 */
export const createReadBack =
  (deps: Pick<ActivityDeps, 'db' | 'openDirectory'>) =>
  async ({ operation }: { readonly operation: OperationRef }): Promise<ReadBackAnswer> => {
    const { person, directory } = await directoryOf(deps, operation)
    const operationId = operationUuid(operation)
    const { tenantId } = operation.reset
    const intent = await inTenant(deps.db, tenantId, (tx) => lockIntent(tx, operationId))
    if (intent === undefined) return { kind: 'not_done' }
    // The directory said at once that it wrote nothing; a later change there is not ours (R18).
    if (intent.status === 'not_done') return { kind: 'not_done' }
    const { directoryId } = person
    const found = await directory.readBack({
      directoryId,
      operationId,
      expectedVersion: intent.versionBefore,
      effect: intent.kind,
    })
    return inTenant(deps.db, tenantId, async (tx) => {
      const now = await lockIntent(tx, operationId)
      if (found.kind !== 'done' && now?.mayStillArrive === true) {
        throw ApplicationFailure.retryable('the write may still arrive', 'too_early')
      }
      // Two writes, and the account shows one of them: no directory says whose it is.
      const kind = found.kind === 'done' && now?.isOvertaken === true ? 'unknown' : found.kind
      // An intent that never acted is closed by this, so that a late worker finds it over.
      await resolveIntent(tx, operationId, kind, found.version, null)
      return { kind }
    })
  }

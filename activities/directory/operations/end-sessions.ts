import { setSessionsEnded } from '#services/actions/actions.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { OperationRef } from '#workflows/action/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { directoryOf, operationUuid } from './operation.ts'

/** Ends the account's other sessions where the directory can, and records the result (B14). */
export const createEndSessions =
  (deps: Pick<ActivityDeps, 'db' | 'openDirectory'>) =>
  async ({ operation, at }: { readonly operation: OperationRef; readonly at: string }): Promise<void> => {
    const { person, directory } = await directoryOf(deps, operation)
    const result = await directory.endSessions(person.directoryId)
    const { tenantId, verificationId } = operation.reset
    await inTenant(deps.db, tenantId, async (tx) => {
      await setSessionsEnded(tx, verificationId, result)
      await recordEvents(
        tx,
        { kind: 'system', id: 'workflow' },
        verificationId,
        [
          {
            type: 'sessions.ended',
            object: { kind: 'verification', id: verificationId },
            payload: { result },
            occurredAt: at,
          },
        ],
        [uuidOf('sessions-ended', operationUuid(operation), result)],
        'to_consoles',
      )
    })
  }

import { noteUnlocked } from '#platform/server/db/account-locks.ts'
import { inTenant } from '#platform/server/db/transaction.ts'
import type { OperationRef } from '#workflows/password-reset/steps.ts'
import type { ActivityDeps } from '../../ports.ts'
import { directoryOf, operationUuid } from './operation.ts'

/**
 * Lifts a lockout, after wrong passwords or after a report, where the directory offers it: the new password was set under a
 * grant, so the participant was verified anew. What was locked since, and a disabled account, stays as it is.
 */
export const createClearLockout =
  (deps: Pick<ActivityDeps, 'db' | 'openDirectory'>) =>
  async ({ operation }: { readonly operation: OperationRef }): Promise<void> => {
    const { person, directory } = await directoryOf(deps, operation)
    const answer = await directory.clearLockout(person.directoryId, operationUuid(operation))
    if (answer !== 'done') return
    await inTenant(deps.db, operation.reset.tenantId, (tx) => noteUnlocked(tx, person.id))
  }

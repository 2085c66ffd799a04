import { noteUnlocked } from '#services/actions/account-locks.ts'
import { notify } from '#platform/database/notify.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { OperationRef } from '#workflows/action/activity-types.ts'
import type { ActivityDeps } from '../../ports.ts'
import { refreshPerson } from '../refresh-person.ts'
import { directoryOf, operationUuid } from './operation.ts'

/**
 * Lifts a lockout, after wrong passwords or after a report, where the directory offers it: the new password was set under a
 * grant, so the participant was verified anew. A newer lock, and a disabled account, stays as it is. Then the person is read
 * as the directory has them now, within that reading's own deadline: otherwise an agent who looks at the card would wait for
 * the next sync. Open consoles get a notification, so that they fetch the case again.
 */
export const createClearLockout =
  (deps: Pick<ActivityDeps, 'db' | 'keys' | 'openDirectory' | 'log'>) =>
  async ({ operation }: { readonly operation: OperationRef }): Promise<void> => {
    const { person, directory } = await directoryOf(deps, operation)
    const { tenantId } = operation.reset
    const answer = await directory.clearLockout(person.directoryId, operationUuid(operation))
    // Noted before the reading, which may have no answer.
    if (answer === 'done') await inTenant(deps.db, tenantId, (tx) => noteUnlocked(tx, person.id))
    await refreshPerson(deps, tenantId, person)
    // Consoles heard of the new password before this, and show the case beside what was stored of the person then.
    await inTenant(deps.db, tenantId, (tx) => notify(tx, 'verification', operation.reset.verificationId))
  }

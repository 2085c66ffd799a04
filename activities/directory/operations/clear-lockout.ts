import type { OperationRef } from '#workflows/password-reset/steps.ts'
import type { ActivityDeps } from '../../ports.ts'
import { directoryOf } from './operation.ts'

/** Lifts a lockout after wrong passwords, where the directory offers it; a disabled account stays disabled. */
export const createClearLockout =
  (deps: Pick<ActivityDeps, 'db' | 'openDirectory'>) =>
  async ({ operation }: { readonly operation: OperationRef }): Promise<void> => {
    const { person, directory } = await directoryOf(deps, operation)
    await directory.clearLockout(person.directoryId)
  }

import { ApplicationFailure } from '@temporalio/common'
import type { Db } from '#platform/server/db/connect.ts'
import type { KeyRing } from '#platform/server/keys.ts'
import { createBuiltin } from './builtin.ts'
import { guard } from './guarded.ts'
import type { OpenDirectory } from './port.ts'

/** Opens directories, always guarded: adapters are reachable through here and nowhere else. */
export const createOpenDirectory =
  (db: Db, keys: KeyRing): OpenDirectory =>
  (tenantId, name) => {
    if (name !== 'builtin')
      throw ApplicationFailure.nonRetryable(`there is no directory named ${name}`, 'directory')
    return guard({ db, keys, tenantId, name }, createBuiltin(db, tenantId))
  }

import type { Db } from '#platform/database/connect.ts'
import { createFactTools } from '#platform/facts/fact-tools.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { createLogger, type Logger } from '#platform/process/log.ts'
import { textTools } from '#platform/facts/text-folding.ts'
import { createOpenDirectory } from '../directory/index.ts'
import { noNumberCheck } from '../number-check/none.ts'
import type { ActivityDeps } from '../ports.ts'

/** The dependencies of a test world's activities: everything is real but messenger and carrier. */
export const testWorldDeps = (
  db: Db,
  keys: KeyRing,
  messenger: ActivityDeps['messenger'],
  numberCheck: ActivityDeps['numberCheck'] = noNumberCheck,
  log: Logger = createLogger({ process: 'worker', level: 'silent' }),
  pushes: ActivityDeps['pushes'] = new Map(),
): ActivityDeps => ({
  db,
  keys,
  messenger,
  numberCheck,
  portalUrl: 'http://portal.localhost:3710',
  textTools,
  factTools: createFactTools(null),
  openDirectory: createOpenDirectory(db, keys),
  pushes,
  log,
  budgetAlarms: { nearly_used: 0, used_up: 0 },
  impersonations: { refused: 0 },
  unreadable: { found: 0 },
})

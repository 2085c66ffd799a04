/**
 * `npm run cli` in a clone: the operator's shell. Commands that only read use the database of the demo stack, as its API does,
 * and those about staff as its owner does, where the environment names none; `data` is about its network data, where no other
 * folder is named.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDataFolder } from './data-folder.ts'
import { openSecrets } from './keys.ts'
import { planPorts } from './ports.ts'

const reading: readonly string[] = ['calibrate', 'recompute']
/** What no process of ours may change. */
const owning: readonly string[] = ['staff']
const { env } = process
const [, , command = ''] = process.argv

if ([...reading, ...owning].includes(command) && !env['DATABASE_URL']) {
  const ports = planPorts(env['PORT_BASE'])
  const { databaseApi, databaseOwner } = openSecrets(openDataFolder(env['COUNTERSIGN_DATA']))
  const login = owning.includes(command) ? `app:${databaseOwner}` : `countersign_api:${databaseApi}`
  Object.assign(env, {
    NODE_ENV: 'development',
    DATABASE_URL: `postgres://${login}@127.0.0.1:${String(ports.postgres)}/countersign`,
    CLICKHOUSE_URL: `http://127.0.0.1:${String(ports.clickhouse)}/countersign`,
  })
}

if (process.argv[2] === 'data' && !env['DATA_DIR'] && !existsSync('data')) {
  const ofStack = join(openDataFolder(env['COUNTERSIGN_DATA']), 'network-data')
  if (existsSync(ofStack)) env['DATA_DIR'] = ofStack
}

await import('#platform/server/cli/main.ts')

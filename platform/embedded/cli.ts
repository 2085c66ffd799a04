/**
 * `npm run cli` in a clone: the operator's shell. Commands that only read use the database of the demo stack, as its API does,
 * where the environment names none.
 */
import { openDataFolder } from './data-folder.ts'
import { openSecrets } from './keys.ts'
import { planPorts } from './ports.ts'

const reading: readonly string[] = ['calibrate', 'recompute']
const { env } = process

if (reading.includes(process.argv[2] ?? '') && !env['DATABASE_URL']) {
  const ports = planPorts(env['PORT_BASE'])
  const { databaseApi } = openSecrets(openDataFolder(env['COUNTERSIGN_DATA']))
  Object.assign(env, {
    NODE_ENV: 'development',
    DATABASE_URL: `postgres://countersign_api:${databaseApi}@127.0.0.1:${String(ports.postgres)}/countersign`,
    CLICKHOUSE_URL: `http://127.0.0.1:${String(ports.clickhouse)}/countersign`,
  })
}

await import('#platform/server/cli/main.ts')

/**
 * `npm run cli` in a clone: the operator's shell. Commands that say so use the database of the demo stack, as its API or its
 * owner does, where the environment names none; `schedules` asks its Temporal, and `data` is about its network data, where no
 * others are named.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { commands } from '#cli/commands.ts'
import { openDataFolder } from './data-folder.ts'
import { openKeyFiles, openSecrets } from './keys.ts'
import { planPorts } from './ports.ts'

const { env } = process
const [, , name = ''] = process.argv
const demoLogin = Object.hasOwn(commands, name) ? (commands[name]?.demoLogin ?? null) : null

if (demoLogin !== null && !env['DATABASE_URL']) {
  const ports = planPorts(env['PORT_BASE'])
  const folder = openDataFolder(env['COUNTERSIGN_DATA'])
  const { databaseApi, databaseOwner } = openSecrets(folder)
  const login = demoLogin === 'owner' ? `app:${databaseOwner}` : `countersign_api:${databaseApi}`
  env['KEY_FILE'] ??= openKeyFiles(folder).files.api
  Object.assign(env, {
    NODE_ENV: 'development',
    DATABASE_URL: `postgres://${login}@127.0.0.1:${String(ports.postgres)}/countersign`,
    CLICKHOUSE_URL: `http://127.0.0.1:${String(ports.clickhouse)}/countersign`,
  })
}

if (name === 'schedules' && !env['TEMPORAL_ADDRESS']) {
  env['TEMPORAL_ADDRESS'] = `127.0.0.1:${String(planPorts(env['PORT_BASE']).temporal)}`
  env['KEY_FILE'] ??= openKeyFiles(openDataFolder(env['COUNTERSIGN_DATA'])).files.worker
}

if (name === 'data' && !env['DATA_DIR'] && !existsSync('data')) {
  const ofStack = join(openDataFolder(env['COUNTERSIGN_DATA']), 'network-data')
  if (existsSync(ofStack)) env['DATA_DIR'] = ofStack
}

await import('#cli/main.ts')

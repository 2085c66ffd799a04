/**
 * `main.ts migrate` brings the analytics store to the newest form. `main.ts backfill` makes the worker's relay deliver
 * every event again, for a store that is new or was lost; it needs the worker's database role.
 */
import { ConfigError, loadConfig } from '#platform/process/config.ts'
import { connect } from '#platform/database/connect.ts'
import { openOutbox } from '#platform/database/outbox.ts'
import { connectAnalytics } from './client.ts'
import { reasonOf } from './failure.ts'
import { migrateAnalytics } from './migrate.ts'
import { relayCursor } from './relay.ts'

const timeoutMs = 60_000

async function migrateStore(): Promise<string> {
  const { clickhouseUrl } = loadConfig('migrator', process.env)
  const store = connectAnalytics({ url: clickhouseUrl, timeoutMs })
  try {
    const taken = await migrateAnalytics(store)
    return taken.length === 0 ? 'The analytics store is up to date.' : `Analytics store: ${taken.join(', ')}.`
  } finally {
    await store.close()
  }
}

async function backfill(): Promise<string> {
  const { database } = loadConfig('migrator', process.env)
  const db = connect({
    url: database.url,
    max: 1,
    applicationName: 'countersign-backfill',
    statementTimeoutMs: timeoutMs,
  })
  try {
    await openOutbox(db, relayCursor).rewind()
    return "The worker's relay now delivers every event again; figures stay as they are meanwhile."
  } finally {
    await db.close()
  }
}

const commands: Readonly<Record<string, () => Promise<string>>> = { migrate: migrateStore, backfill }

const command = commands[process.argv[2] ?? '']
if (command === undefined) {
  console.error('Usage: main.ts migrate | backfill')
  process.exitCode = 2
} else {
  try {
    console.log(await command())
  } catch (error) {
    // The client's messages may quote the address with its password; only our own sentences are shown.
    console.error(
      error instanceof ConfigError
        ? error.message
        : `The command ${process.argv[2] ?? ''} failed: ${reasonOf(error)}.`,
    )
    process.exitCode = 1
  }
}

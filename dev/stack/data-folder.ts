/** The git-ignored folder in which the development stack keeps its state. */
import { accessSync, constants, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder. */
export const PROJECT_ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)))

const ROOT = 0

/** A start leaves these in the folder, and the next one must be able to use them. */
const PARTS = [
  'authenticator',
  'clickhouse',
  'keys',
  'logs',
  'network-data',
  'postgres',
  'secrets.json',
  'temporal.db',
]

/**
 * The folder for the stack's state, created when missing.
 * @param configured value of `COUNTERSIGN_DATA`, or undefined for `.data` in the project
 * @throws one sentence saying what to set when it cannot be written
 */
export function openDataFolder(configured: string | undefined): string {
  const folder = configured ? resolve(configured) : join(PROJECT_ROOT, '.data')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new Error(`${folder} cannot be written${reason}: set COUNTERSIGN_DATA to a folder that can.`, {
      cause: error,
    })
  }
  return folder
}

/**
 * Refuses a folder in which another user started before: root may use what anybody left, others cannot read what root (or
 * its account for PostgreSQL) left.
 * @param uid number of the user who starts
 * @throws one sentence that names a foreign part and says what to do
 */
export function assertOurs(folder: string, uid = process.getuid?.() ?? ROOT): void {
  if (uid === ROOT) return
  const foreign = readdirSync(folder).find(
    (name) => PARTS.includes(name) && lstatSync(join(folder, name)).uid !== uid,
  )
  if (foreign === undefined) return
  throw new Error(
    `${join(folder, foreign)} belongs to another user (was Countersign started as root?): give the folder back ` +
      `(sudo chown -R ${String(uid)} ${folder}), or set COUNTERSIGN_DATA to another one.`,
  )
}

/** Where the engines that we start keep their data. */
export function engineData(dataFolder: string): { postgres: string; clickhouse: string; temporal: string } {
  return {
    postgres: join(dataFolder, 'postgres'),
    clickhouse: join(dataFolder, 'clickhouse'),
    temporal: join(dataFolder, 'temporal.db'),
  }
}

/** Below the data folder, but kept when the state is deleted: what was fetched from outside. */
export function cacheFolder(dataFolder: string): string {
  return join(dataFolder, 'cache')
}

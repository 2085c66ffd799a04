/** The git-ignored folder in which the development stack keeps its state. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's root folder. */
export const PROJECT_ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)))

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

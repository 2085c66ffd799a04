/** One stack at a time on one data folder. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commandLineOf } from './supervise.ts'

export interface StartLock {
  /** True if an earlier start ended without cleaning up, so that its parts may still be on their way out. */
  wasLeftBehind: boolean
  release(): void
}

/**
 * Takes the folder for this process.
 * @throws one sentence when another start is running on it
 */
export function takeStartLock(dataFolder: string): StartLock {
  const file = join(dataFolder, 'start.pid')
  const holder = readHolder(file)
  if (holder !== undefined && isRunning(holder)) {
    throw new Error(
      `Countersign is already running on ${dataFolder} (process ${String(holder)}): end it there, or set COUNTERSIGN_DATA ` +
        'and PORT_BASE to run another one beside it.',
    )
  }
  rmSync(file, { force: true })
  try {
    // Two starts at the same moment: only one of them creates the file.
    writeFileSync(file, `${String(process.pid)}\n`, { flag: 'wx' })
  } catch (error) {
    throw new Error(`Another start on ${dataFolder} was quicker: use that one.`, { cause: error })
  }
  return {
    wasLeftBehind: holder !== undefined,
    release: () => {
      if (readHolder(file) === process.pid) rmSync(file, { force: true })
    },
  }
}

function readHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return Number.isInteger(pid) && pid > 1 ? pid : undefined
  } catch {
    return undefined
  }
}

/** The number may have gone to another program since, so the program is looked at as well. */
function isRunning(pid: number): boolean {
  return pid !== process.pid && /dev\/stack\/(start|reset)\.ts(\0|\s|$)/.test(commandLineOf(pid))
}

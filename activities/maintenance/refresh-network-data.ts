/**
 * A loop, since each machine has a folder of its own: a schedule would have one worker of many refresh its own.
 * Newer network data where the operator named sources (off otherwise). A program of its own takes and
 * compiles them: it needs much memory for a moment, and neither keys nor database. This process then notices the new edition
 * as every other does.
 */
import { spawn } from 'node:child_process'
import { readLastRefresh } from '#platform/network-data/data-report.ts'
import { readSourceFile } from '#platform/network-data/refresh/sources.ts'

const hourMs = 3_600_000
/** A refresh that hangs is ended. */
const longestMs = 10 * 60_000

/** The options of a refresh. */
export type RefreshOptions = {
  readonly dataDir: string
  /** The operator's file of sources */
  readonly dataSources: string
  /** The command line's entry file, `dist/server/cli.js` */
  readonly cli: string
}

/**
 * Refreshes where it is time: as often as the sources say, after a failure every hour.
 * @returns whether a refresh was tried
 * @throws when it failed; `/health/data` says why
 */
export const refreshWhenDue = async (options: RefreshOptions, now: number): Promise<boolean> => {
  const { everyHours } = readSourceFile(options.dataSources)
  const last = readLastRefresh(options.dataDir)
  const waitMs = last !== null && !last.ok ? hourMs : everyHours * hourMs
  if (last !== null && now - Date.parse(last.at) < waitMs) return false
  await run(options)
  return true
}

const run = ({ dataDir, dataSources, cli }: RefreshOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...process.execArgv, cli, 'data', 'refresh'], {
      env: { DATA_DIR: dataDir, DATA_SOURCES: dataSources },
      stdio: 'ignore',
      timeout: longestMs,
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error('the refresh of the network data failed'))
    })
  })

/**
 * Network data that a running process keeps up to date: when a refresh or a rollback puts another edition in use, it is
 * opened beside the one in use and takes its place in one assignment. Code that holds a snapshot keeps using it, so no
 * evaluation mixes two; the old one is freed when nothing holds it any more.
 */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../process/log.ts'
import { reportOf, type DataReport } from './data-report.ts'
import { pointerPath, readPointer } from './editions.ts'
import { filesOf, openNetworkData, type NetworkData } from './open.ts'

/** A look costs some calls of stat. */
const lookEveryMs = 1_000

/** The data in use now, and the result of the last try to replace them. */
export type LiveNetworkData = {
  /** A snapshot that never changes; null: none could be opened */
  current(): NetworkData | null
  report(at: number): DataReport
  /** Editions taken into use and refused since the start */
  counts(): { readonly swapped: number; readonly refused: number }
  /** Looks once; the timer does it every second. */
  look(): void
  stop(): void
}

type State = {
  data: NetworkData | null
  /** The reason why the files on disk are not in use; null: they are */
  refused: string | null
  /** The state of the disk when the data were opened, or refused */
  seen: string
  /** The state of the disk at the last look: files that still change are left alone */
  lastLook: string
  swapped: number
  refusals: number
}

/** Opens the data of a folder and follows it. Never throws: without data every address is unknown, which the score shows. */
export function openLiveNetworkData(
  dir: string,
  { log, everyMs = lookEveryMs }: { log: Pick<Logger, 'info' | 'warn'>; everyMs?: number },
): LiveNetworkData {
  const first = fingerprint(dir)
  const state: State = { ...openFirst(dir), seen: first, lastLook: first, swapped: 0, refusals: 0 }
  if (state.refused !== null) log.warn('network data could not be opened', { part: 'network-data' })
  const look = (): void => {
    const now = fingerprint(dir)
    const isSettled = now === state.lastLook
    state.lastLook = now
    if (typeof state.data?.fault() === 'string') {
      // As a start does: the edition in use, or else the packaged data, or none.
      Object.assign(state, openFirst(dir), { seen: now })
      log.warn('network data were changed on disk while in use, and opened anew', { part: 'network-data' })
      return
    }
    if (now === state.seen || !isSettled) return
    state.seen = now
    take(dir, state, log)
  }
  const timer = setInterval(look, everyMs)
  timer.unref()
  return {
    current: () => state.data,
    report: (at) => reportOf(dir, state.data, state.refused ?? state.data?.fault() ?? null, at),
    counts: () => ({ swapped: state.swapped, refused: state.refusals }),
    look,
    stop: () => {
      clearInterval(timer)
    },
  }
}

/** A refreshed edition that is not whole leaves the packaged data, which are. */
function openFirst(dir: string): Pick<State, 'data' | 'refused'> {
  try {
    return { data: openNetworkData(dir), refused: null }
  } catch (error) {
    const refused = sentenceOf(error)
    try {
      return { data: openNetworkData(dir, { edition: null }), refused }
    } catch {
      return { data: null, refused }
    }
  }
}

function take(dir: string, state: State, log: Pick<Logger, 'info' | 'warn'>): void {
  try {
    const next = openNetworkData(dir)
    refuseOlder(state.data, next, isRollback(dir))
    state.data = next
    state.refused = null
    state.swapped += 1
    log.info('network data replaced', { part: 'network-data', version: next.edition ?? 'packaged' })
  } catch (error) {
    // The data in use stay in use; /health/data shows the reason.
    state.refused = sentenceOf(error)
    state.refusals += 1
    log.warn('network data on disk refused, those in use stay', { part: 'network-data' })
  }
}

/** Only a rollback goes back in time: older files that appear otherwise are a mistake, or help an attack. */
function refuseOlder(current: NetworkData | null, next: NetworkData, mayGoBack: boolean): void {
  if (current === null || mayGoBack) return
  const before = new Map(current.ages(0).map((file) => [file.name, file]))
  for (const { name, asOf, kind } of next.ages(0)) {
    const known = before.get(name)
    if (kind === 'reputation' || known === undefined || asOf >= known.asOf) continue
    throw new Error(
      `${name} on disk is of ${asOf}, older than the one in use (${known.asOf}): ` +
        'go back with "npm run cli -- data rollback"',
    )
  }
}

function isRollback(dir: string): boolean {
  return readPointer(dir)?.by === 'rollback'
}

/** Which files lie there: names, sizes, times and places on disk. */
/** Changes with whatever a start would read: a file that lost its end has to be found before a start reads it. */
function fingerprint(dir: string): string {
  const paths = [
    join(dir, 'manifest.json'),
    pointerPath(dir),
    ...listed(join(dir, 'feeds')),
    ...readByStart(dir),
  ]
  return paths.map(stampOf).join('\n')
}

function readByStart(dir: string): readonly string[] {
  try {
    return Object.values(filesOf(dir).files).map(({ path }) => path)
  } catch {
    return []
  }
}

function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.(txt|sha256)$/.test(name))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

function stampOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined
    ? `${path} -`
    : `${path} ${String(stat.ino)} ${String(stat.size)} ${String(stat.mtimeMs)}`
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : 'the network data cannot be read'
}

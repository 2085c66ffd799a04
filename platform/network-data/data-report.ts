/** The report on the network data at `/health/data` and in `npm run cli -- data status`. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DataAge } from './data-age.ts'
import { readPointer, refreshedDir } from './editions.ts'
import type { NetworkData } from './open.ts'

const LastRefresh = z.strictObject({ at: z.iso.datetime(), ok: z.boolean(), sentence: z.string() })

/** The end of the last refresh. */
export type LastRefresh = z.output<typeof LastRefresh>

/** The state of an install's network data. */
export type DataReport = {
  /**
   * `ok` · `ageing`: refresh soon · `stale`: some checks count for less · `refused`: what lies on disk is not in use ·
   * `unavailable`: none are in use, every address is unknown
   */
  status: 'ok' | 'ageing' | 'stale' | 'refused' | 'unavailable'
  /** Edition in use, `packaged`, or null for none */
  edition: string | null
  /** The edition that `data rollback` would bring back; null: nothing */
  previous: string | null
  files: readonly DataAge[]
  /** Lists that were left out, and why */
  problems: readonly string[]
  /** The reason why the files on disk are not in use */
  refused: string | null
  lastRefresh: LastRefresh | null
}

export const lastRefreshPath = (dir: string): string => join(refreshedDir(dir), 'refresh.json')

/** The last refresh; null where none was tried, or its note cannot be read. */
export function readLastRefresh(dir: string): LastRefresh | null {
  const path = lastRefreshPath(dir)
  if (!existsSync(path)) return null
  const read = LastRefresh.safeParse(jsonOf(path))
  return read.success ? read.data : null
}

/** Puts the report together. */
export function reportOf(
  dir: string,
  data: NetworkData | null,
  refused: string | null,
  at: number,
): DataReport {
  const files = data === null ? [] : data.ages(at)
  return {
    status: statusOf(data, refused, files),
    edition: data === null ? null : (data.edition ?? 'packaged'),
    previous: previousOf(dir),
    files,
    problems: data === null ? [] : data.problems,
    refused,
    lastRefresh: readLastRefresh(dir),
  }
}

function statusOf(
  data: NetworkData | null,
  refused: string | null,
  files: readonly DataAge[],
): DataReport['status'] {
  if (data === null) return 'unavailable'
  if (refused !== null) return 'refused'
  if (files.some(({ state }) => state === 'stale')) return 'stale'
  return files.some(({ state }) => state === 'ageing') ? 'ageing' : 'ok'
}

function previousOf(dir: string): string | null {
  try {
    const pointer = readPointer(dir)
    return pointer === null ? null : (pointer.previous ?? 'packaged')
  } catch {
    return null
  }
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

/**
 * Newer network data: taken, verified, built beside those in use, opened and compared with them, and only
 * then put in use by one rename. What was in use stays for one step back.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { lastRefreshPath } from '../data-report.ts'
import {
  editionId,
  pruneEditions,
  readEdition,
  readPointer,
  writeEdition,
  writePointer,
  type Draft,
  type Overlay,
  type Pointer,
} from '../editions.ts'
import { filesOf, openNetworkData, type NetworkData } from '../open.ts'
import { sha256Of } from '../manifest.ts'
import { draftOf } from './draft.ts'
import { alone } from './lock.ts'
import { assertProbes } from './plausible.ts'
import type { Source } from './sources.ts'
import { isVendorList, takeVendorList } from './take-vendor-list.ts'
import { take, type Taken } from './take.ts'

const mostRemembered = 64

/** The result of a refresh, as a sentence; the same sentence is kept for `/health/data`. */
export type Refreshed = { readonly changed: boolean; readonly sentence: string }

/**
 * Takes all sources or none of them.
 * @param again take what was rolled back before
 * @throws with one sentence; nothing is changed then
 */
export function refresh(
  dir: string,
  sources: readonly Source[],
  { at = new Date(), again = false }: { at?: Date; again?: boolean } = {},
): Promise<Refreshed> {
  return alone(dir, async () => {
    try {
      const done = await replace(dir, sources, at, again)
      note(dir, at, true, done.sentence)
      return done
    } catch (error) {
      note(dir, at, false, error instanceof Error ? error.message : 'the refresh failed')
      throw error
    }
  })
}

async function replace(
  dir: string,
  sources: readonly Source[],
  at: Date,
  again: boolean,
): Promise<Refreshed> {
  const { files, edition } = filesOf(dir)
  const current = openNetworkData(dir)
  const taken = await takeAll(sources)
  const draft = draftOf(taken, { files, edition, at })
  if (draft === null) return { changed: false, sentence: 'Everything is in use already.' }
  const pointer = readPointer(dir) ?? untouched
  if (!again) assertNotRolledBack(draft, pointer.rolledBack)
  const id = writeBeside(dir, draft, current, at)
  writePointer(dir, {
    version: 1,
    edition: id,
    previous: pointer.edition,
    by: 'refresh',
    at: at.toISOString(),
    rolledBack: again ? [] : pointer.rolledBack,
  })
  pruneEditions(dir, [id, pointer.edition])
  return { changed: true, sentence: `Edition ${id} is in use: ${namesOf(draft).join(', ')}.` }
}

const listId = ({ kind, name }: Source): string => `${kind}-${name}`

/** The files of one vendor's list make one source. */
async function takeAll(sources: readonly Source[]): Promise<readonly Taken[]> {
  const taken: Taken[] = []
  for (const source of sources.filter((one) => !isVendorList(one))) taken.push(await take(source))
  const lists = sources.filter(isVendorList)
  for (const id of new Set(lists.map(listId)))
    taken.push(await takeVendorList(lists.filter((one) => listId(one) === id)))
  return taken
}

/** The state before the first refresh. */
const untouched: Pick<Pointer, 'edition' | 'rolledBack'> = { edition: null, rolledBack: [] }

/** Writes the edition and reads it back from disk as every process will read it; one that fails is removed. */
function writeBeside(dir: string, draft: Draft, current: NetworkData, at: Date): string {
  const id = editionId(at, sha256Of(Buffer.from(JSON.stringify(draft.overlay))))
  const written = writeEdition(dir, id, draft)
  try {
    assertProbes(openNetworkData(dir, { edition: id }), current)
  } catch (error) {
    rmSync(written.dir, { recursive: true, force: true })
    throw error
  }
  return id
}

function assertNotRolledBack({ overlay }: Draft, rolledBack: readonly string[]): void {
  for (const { name, sha256, asOf } of [...Object.values(overlay.files), ...Object.values(overlay.feeds)])
    if (rolledBack.includes(sha256))
      throw new Error(`${name} of ${asOf} was rolled back before: say --again to take it all the same`)
}

function namesOf({ overlay }: Draft): readonly string[] {
  return [...Object.values(overlay.files), ...Object.values(overlay.feeds)].map(
    ({ name, asOf, rows }) => `${name} of ${asOf} (${String(rows)} rows)`,
  )
}

function note(dir: string, at: Date, ok: boolean, sentence: string): void {
  writeFileSync(lastRefreshPath(dir), `${JSON.stringify({ at: at.toISOString(), ok, sentence })}\n`)
}

/**
 * Goes back one step: to the edition before, or to the packaged data. A second time it goes forward again.
 * @throws with one sentence when there is nothing to go back to, or it is not whole
 */
export function rollback(dir: string, at = new Date()): Promise<string> {
  return alone(dir, () => {
    const pointer = readPointer(dir)
    if (pointer === null) throw new Error('nothing was refreshed yet, so there is nothing to go back to')
    const { edition, previous } = pointer
    // Opened before it is put in use: a step back must not lead into nothing.
    openNetworkData(dir, { edition: previous })
    const before = new Set(sumsOf(dir, previous))
    const dropped = sumsOf(dir, edition).filter((sum) => !before.has(sum))
    const rolledBack = [...pointer.rolledBack.filter((sum) => !before.has(sum)), ...dropped]
    writePointer(dir, {
      version: 1,
      edition: previous,
      previous: edition,
      by: 'rollback',
      at: at.toISOString(),
      rolledBack: rolledBack.slice(-mostRemembered),
    })
    return Promise.resolve(
      `${previous === null ? 'The packaged data are' : `Edition ${previous} is`} in use again.`,
    )
  })
}

/**
 * The checksums of the files that an edition replaced; nothing is known of an edition that is not whole any more, and
 * it may be left all the same.
 */
function sumsOf(dir: string, edition: string | null): readonly string[] {
  const found = overlayOf(dir, edition)
  if (found === null) return []
  return [...Object.values(found.files), ...Object.values(found.feeds)].map(({ sha256 }) => sha256)
}

function overlayOf(dir: string, edition: string | null): Overlay | null {
  try {
    return edition === null ? null : readEdition(dir, edition).overlay
  } catch {
    return null
  }
}

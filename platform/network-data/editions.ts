/**
 * Refreshed data beside the packaged ones. `refreshed/` holds editions: folders with the files that replace packaged ones,
 * each with a manifest. `current.json` names the one in use and is replaced by a rename, so that a reader sees one edition
 * or the other, never half of both.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import {
  dataFileNames,
  extraFileNames,
  type DataFile,
  type DataFileName,
  type ExtraFileName,
} from './manifest.ts'

/** A time and the beginning of a checksum: never a path. */
const EditionId = z.string().regex(/^\d{8}T\d{9}Z-[0-9a-f]{8}$/, 'is not the name of an edition')

const Pointer = z.strictObject({
  version: z.literal(1),
  /** The edition in use; null: the packaged data alone */
  edition: EditionId.nullable(),
  /** The edition that was in use before, kept for `data rollback` */
  previous: EditionId.nullable(),
  by: z.enum(['refresh', 'rollback']),
  at: z.iso.datetime(),
  /** Checksums of what was rolled back: a timer must not bring it in again */
  rolledBack: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(64),
})

/** Which edition is in use. */
export type Pointer = z.output<typeof Pointer>

const File = z.strictObject({
  name: z.string().min(1).max(200),
  version: z.string().min(1).max(80),
  licence: z.string().min(1).max(80),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  asOf: z.iso.date(),
  rows: z.int().min(0),
})

const Overlay = z.strictObject({
  version: z.literal(1),
  files: z.partialRecord(z.enum([...dataFileNames, ...extraFileNames]), File),
  /** Lists of addresses by file name, below `feeds/` */
  feeds: z.record(z.string().regex(/^[\w.-]{1,120}\.(?:txt|bin)$/), File),
})

/** The files of an edition; what is not here is as packaged. */
export type Overlay = {
  readonly version: 1
  readonly files: Partial<Readonly<Record<DataFileName | ExtraFileName, DataFile>>>
  readonly feeds: Readonly<Record<string, DataFile>>
}

/** An edition in its folder. */
export type Edition = { readonly id: string; readonly dir: string; readonly overlay: Overlay }

export const refreshedDir = (dir: string): string => join(dir, 'refreshed')
export const pointerPath = (dir: string): string => join(refreshedDir(dir), 'current.json')
const editionDir = (dir: string, id: string): string => join(refreshedDir(dir), 'editions', id)

/** Null where nothing was ever refreshed. @throws with one sentence when it cannot be read */
export function readPointer(dir: string): Pointer | null {
  const path = pointerPath(dir)
  if (!existsSync(path)) return null
  return parsed(
    Pointer,
    path,
    `${path} is not what a refresh wrote: delete it to go back to the packaged data`,
  )
}

/** Reads an edition's manifest. @throws with one sentence when the edition is not whole */
export function readEdition(dir: string, id: string): Edition {
  const folder = editionDir(dir, id)
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) throw new Error(`edition ${id} is not whole: its manifest is missing`)
  const overlay = parsed(Overlay, path, `edition ${id} is not whole: its manifest cannot be read`)
  return { id, dir: folder, overlay: overlay }
}

/** Puts another edition in use: one rename, which running processes notice. */
export function writePointer(dir: string, pointer: Pointer): void {
  mkdirSync(refreshedDir(dir), { recursive: true })
  writeWhole(pointerPath(dir), `${JSON.stringify(pointer, null, 2)}\n`)
}

/** The content of a file: bytes, or another file of which it is a copy. */
export type Content = Uint8Array | { readonly from: string }

/** The parts of an edition before it has a folder. */
export type Draft = {
  readonly overlay: Overlay
  readonly contents: ReadonlyMap<string, Content>
}

/** Writes an edition beside the others, its manifest last. */
export function writeEdition(dir: string, id: string, { overlay, contents }: Draft): Edition {
  const folder = editionDir(dir, id)
  mkdirSync(join(folder, 'feeds'), { recursive: true })
  for (const [name, content] of contents) writeWhole(join(folder, name), content)
  writeWhole(join(folder, 'manifest.json'), `${JSON.stringify(overlay, null, 2)}\n`)
  return { id, dir: folder, overlay }
}

/** Removes every edition but the named ones. */
export function pruneEditions(dir: string, keep: readonly (string | null)[]): void {
  const folder = join(refreshedDir(dir), 'editions')
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder))
    if (!keep.includes(name)) rmSync(join(folder, name), { recursive: true, force: true })
}

/** A name that sorts by time; `sha256` tells apart what was made in one moment. */
export function editionId(at: Date, sha256: string): string {
  return `${at.toISOString().replace(/[-:.]/g, '')}-${sha256.slice(0, 8)}`
}

/** A reader sees the file as it was or as it is, never in between. */
function writeWhole(path: string, content: string | Content): void {
  if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(`${path}.new`, content)
  else copyFileSync(content.from, `${path}.new`)
  renameSync(`${path}.new`, path)
}

function parsed<T>(schema: z.ZodType<T>, path: string, sentence: string): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    throw new Error(sentence, { cause: error })
  }
}

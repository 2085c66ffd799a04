/** Imports of facts: the importer, the file, what its check found, and its result. */
import { raw } from 'objection'
import {
  importLimits,
  type ImportKind,
  type ImportProblem,
  type ImportState,
} from '#domain/questions/import-kinds.ts'
import type { ThinCounts } from '#domain/questions/thin.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openSealed, seal } from '#platform/crypto/sealing.ts'
import { instant, now } from '#platform/database/model.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { Import } from './models.ts'

/** A file replaces all that is known of its kind, or adds to it. */
export type ImportMode = 'replace' | 'merge'

/** The way in which an import came: at the console, at the shell, or by an API client. */
export type ImportOrigin = 'console' | 'shell' | 'api'

/** The importer; an operator at the shell has no id. */
export type Importer = { readonly id: string | null; readonly name: string }

/** The figures of a check and of an import. Counts of rows, but for `known` and `gone`, which are facts. */
export type ImportFigures = {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly same: number
  /** Facts that are known now and would be no longer. */
  readonly gone: number
  /** Facts of the kind that are known now. */
  readonly known: number
  /** People whom the rows are about. */
  readonly people: number
  /** Rows that say what an earlier row said. */
  readonly repeated: number
  /** Rows left out since they name a person who is not in the directory, or several people. */
  readonly unknown: number
  /** Rows with faults, and all faults: the report names the first ones. */
  readonly faults: number
  /** The number of thin files before and after; absent where it was not counted. */
  readonly thin?: { readonly before: ThinFigures; readonly after: ThinFigures }
}

/** The part of the thin count that a preview compares. */
export type ThinFigures = Pick<ThinCounts, 'people' | 'askable' | 'thin'>

/** One import. Times are ISO 8601 UTC. */
export type ImportRow = {
  readonly id: string
  readonly kind: ImportKind
  readonly origin: ImportOrigin
  readonly format: 'csv' | 'json'
  readonly mode: ImportMode
  readonly isStrict: boolean
  readonly state: ImportState
  readonly bytes: number
  /** Hexadecimal. */
  readonly sha256: string | null
  readonly by: Importer
  readonly uploadedAt: string
  readonly figures: ImportFigures | null
  readonly confirmedBy: Importer | null
  readonly isDropConfirmed: boolean
  readonly endedAt: string | null
  readonly expiresAt: string
}

const importer = (who: 'by' | 'confirmed_by') =>
  raw(`case when ${who}_name is not null then json_build_object('id', ${who}_id, 'name', ${who}_name) end`)

const rows = (tx: Tx) =>
  Import.of(tx)
    .select('id', 'kind', 'origin', 'format', 'mode', 'isStrict', 'bytes', 'figures', 'isDropConfirmed')
    .select(importer('by').as('by'), importer('confirmed_by').as('confirmedBy'))
    .select(instant('uploadedAt'), instant('endedAt'), instant('expiresAt'))
    .select(raw(`encode(sha256, 'hex')`).as('sha256'))
    .select(
      raw(`case when ended_at is null and expires_at <= now() then 'expired' else state end`).as('state'),
    )

/** One import, or undefined. */
export const readImport = async (tx: Tx, id: string): Promise<ImportRow | undefined> =>
  rows(tx).findOne({ id }).castTo<ImportRow | undefined>()

/** The newest imports, those that are not over among them. */
export const listImports = async (tx: Tx, limit: number): Promise<ImportRow[]> =>
  rows(tx)
    .whereNot({ state: 'uploading' })
    .orderBy('uploadedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .castTo<ImportRow[]>()

/** The problems that the report names. */
export const readProblems = async (tx: Tx, id: string): Promise<readonly ImportProblem[] | undefined> =>
  (await Import.of(tx).findOne({ id }).select('problems'))?.problems

/** An import begins with these. */
export type NewImport = Pick<ImportRow, 'id' | 'kind' | 'origin' | 'format' | 'mode' | 'isStrict' | 'by'>

/** Begins an import. False: so many are open that others have to end first. */
export const addImport = async (tx: Tx, begun: NewImport): Promise<boolean> => {
  // Two that begin at once count each other.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 2))', [`imports/${tx.tenantId}`])
  const added = await tx.run(
    `insert into imports (tenant_id, id, kind, origin, format, mode, is_strict, by_id, by_name, expires_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(hours => $10)
     where (select count(*) from imports where tenant_id = $1 and ended_at is null and expires_at > now()) < $11`,
    [
      tx.tenantId,
      begun.id,
      begun.kind,
      begun.origin,
      begun.format,
      begun.mode,
      begun.isStrict,
      begun.by.id,
      begun.by.name,
      importLimits.hours,
      importLimits.open,
    ],
  )
  return added === 1
}

const placeOf = (tenantId: string, importId: string, ordinal: number) => ({
  tenantId,
  table: 'import_chunks',
  column: 'bytes_sealed',
  row: `${importId}/${String(ordinal)}`,
})

/** Keeps one piece of a file, sealed. */
export const addChunk = async (
  tx: Tx,
  keys: KeyRing,
  importId: string,
  ordinal: number,
  bytes: Uint8Array,
): Promise<void> => {
  await tx.run(
    'insert into import_chunks (tenant_id, import_id, ordinal, bytes_sealed) values ($1, $2, $3, $4)',
    [tx.tenantId, importId, ordinal, seal(keys, placeOf(tx.tenantId, importId, ordinal), bytes)],
  )
}

/** One piece of a file; undefined after the last. */
export const readChunk = async (
  tx: Tx,
  keys: KeyRing,
  importId: string,
  ordinal: number,
): Promise<Buffer | undefined> => {
  const row = await tx.one<{ sealed: Buffer }>(
    `select bytes_sealed as sealed from import_chunks where tenant_id = $1 and import_id = $2 and ordinal = $3`,
    [tx.tenantId, importId, ordinal],
  )
  return row && openSealed(keys, placeOf(tx.tenantId, importId, ordinal), row.sealed)
}

/** The whole file is here. */
export const endUpload = (tx: Tx, id: string, bytes: number, sha256: Buffer): Promise<number> =>
  Import.of(tx).where({ id, state: 'uploading' }).patch({ state: 'uploaded', bytes, sha256 }).execute()

/** The result of a check. */
export type Checked = {
  readonly state: 'checked' | 'refused'
  readonly figures: ImportFigures
  readonly problems: readonly ImportProblem[]
}

/** Stores what a check found, unless the import was ended meanwhile. */
export const recordChecked = async (tx: Tx, id: string, checked: Checked): Promise<boolean> =>
  (await Import.of(tx)
    .where({ id, state: 'uploaded' })
    .patch({ ...checked, endedAt: checked.state === 'refused' ? now() : null })) === 1

/** Confirms a checked import. False: it is not, or no longer, waiting for that. */
export const confirmImport = async (
  tx: Tx,
  id: string,
  by: Importer,
  isDropConfirmed: boolean,
): Promise<boolean> => {
  const confirmed = { confirmedById: by.id, confirmedByName: by.name, confirmedAt: now() }
  const waiting = Import.of(tx).where({ id, state: 'checked' }).where('expiresAt', '>', now())
  return (await waiting.patch({ state: 'confirmed', ...confirmed, isDropConfirmed })) === 1
}

/** Ends an import that changed nothing yet. False: it is over, or about to be done. */
export const cancelImport = async (tx: Tx, id: string): Promise<boolean> =>
  (await Import.of(tx)
    .where({ id })
    .whereIn('state', ['uploading', 'uploaded', 'checked'])
    .patch({ state: 'cancelled', endedAt: now() })) === 1

/** Ends a confirmed import, with what it did. */
export const recordImported = async (
  tx: Tx,
  id: string,
  state: 'imported' | 'refused',
  figures: ImportFigures,
  problems: readonly ImportProblem[] | null,
): Promise<void> => {
  await Import.of(tx)
    .where({ id, state: 'confirmed' })
    .patch({ state, figures, ...(problems === null ? {} : { problems }), endedAt: now() })
}

/** The oldest import that waits for the worker; a file at the shell is looked at there. */
export const nextImport = async (tx: Tx): Promise<ImportRow | undefined> =>
  rows(tx)
    .where({ endedAt: null })
    .where('expiresAt', '>', now())
    .whereRaw(`(imports.state = 'confirmed' or (imports.state = 'uploaded' and origin <> 'shell'))`)
    .orderBy('imports.state', 'desc')
    .orderBy(['imports.uploadedAt', 'id'])
    .first()
    .castTo<ImportRow | undefined>()

/** Takes the file away; its rows are read. */
export const dropChunks = async (tx: Tx, id: string): Promise<void> => {
  await tx.run('delete from import_chunks where tenant_id = $1 and import_id = $2', [tx.tenantId, id])
}

/** Ends imports that ran out, and throws away what is left of those that are over. Returns how many ran out. */
export const tidyImports = async (tx: Tx): Promise<number> => {
  const ended = await tx.run(
    `update imports set state = 'expired', ended_at = now()
     where tenant_id = $1 and ended_at is null and (expires_at <= now()
       or (state = 'uploading' and uploaded_at < now() - interval '10 minutes'))`,
    [tx.tenantId],
  )
  for (const table of ['import_chunks', 'import_rows'])
    await tx.run(
      `delete from ${table} r using imports i where r.tenant_id = $1 and i.tenant_id = $1 and i.id = r.import_id
         and i.ended_at is not null`,
      [tx.tenantId],
    )
  return ended
}

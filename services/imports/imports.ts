/** Imports of facts: who brings which file, what its check found, and what became of it. */
import {
  importLimits,
  type ImportKind,
  type ImportProblem,
  type ImportState,
} from '#domain/questions/import-kinds.ts'
import type { ThinCounts } from '#domain/questions/thin.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { openSealed, seal } from '#platform/crypto/sealing.ts'
import type { Tx } from '#platform/database/transaction.ts'

/** Whether a file replaces all that is known of its kind, or adds to it. */
export type ImportMode = 'replace' | 'merge'

/** By which way an import came: at the console, at the shell, or by an API client. */
export type ImportOrigin = 'console' | 'shell' | 'api'

/** Who imports; an operator at the shell has no id. */
export type Importer = { readonly id: string | null; readonly name: string }

/** What a check found, and what an import did. Counts of rows, but for `known` and `gone`, which are facts. */
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
  /** Rows left out since they name somebody who is not in the directory, or not only one. */
  readonly unknown: number
  /** Rows with faults, and all faults: the report names the first ones. */
  readonly faults: number
  /** How many are thin files before and after; absent where it was not counted. */
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

const columns = `id, kind, origin, format, mode, is_strict as "isStrict",
  case when ended_at is null and expires_at <= now() then 'expired' else state end as state,
  bytes, encode(sha256, 'hex') as sha256, json_build_object('id', by_id, 'name', by_name) as by,
  iso_instant(uploaded_at) as "uploadedAt", figures,
  case when confirmed_by_name is not null
    then json_build_object('id', confirmed_by_id, 'name', confirmed_by_name) end as "confirmedBy",
  is_drop_confirmed as "isDropConfirmed", iso_instant(ended_at) as "endedAt", iso_instant(expires_at) as "expiresAt"`

/** One import, or undefined. */
export const readImport = (tx: Tx, id: string): Promise<ImportRow | undefined> =>
  tx.one<ImportRow>(`select ${columns} from imports where tenant_id = $1 and id = $2`, [tx.tenantId, id])

/** The newest imports, those that are not over among them. */
export const listImports = (tx: Tx, limit: number): Promise<ImportRow[]> =>
  tx.query<ImportRow>(
    `select ${columns} from imports where tenant_id = $1 and state <> 'uploading'
     order by uploaded_at desc, id desc limit $2`,
    [tx.tenantId, limit],
  )

/** What the report names. */
export const readProblems = async (tx: Tx, id: string): Promise<readonly ImportProblem[] | undefined> => {
  const row = await tx.one<{ problems: readonly ImportProblem[] }>(
    'select problems from imports where tenant_id = $1 and id = $2',
    [tx.tenantId, id],
  )
  return row?.problems
}

/** What an import begins with. */
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
export const endUpload = async (tx: Tx, id: string, bytes: number, sha256: Buffer): Promise<void> => {
  await tx.run(
    `update imports set state = 'uploaded', bytes = $3, sha256 = $4
     where tenant_id = $1 and id = $2 and state = 'uploading'`,
    [tx.tenantId, id, bytes, sha256],
  )
}

/** What a check came to. */
export type Checked = {
  readonly state: 'checked' | 'refused'
  readonly figures: ImportFigures
  readonly problems: readonly ImportProblem[]
}

/** Stores what a check found, unless the import was ended meanwhile. */
export const recordChecked = async (tx: Tx, id: string, checked: Checked): Promise<boolean> => {
  const changed = await tx.run(
    `update imports set state = $3, figures = $4, problems = $5, checked_at = now(),
       ended_at = case when $3 = 'refused' then now() end
     where tenant_id = $1 and id = $2 and state = 'uploaded'`,
    [tx.tenantId, id, checked.state, JSON.stringify(checked.figures), JSON.stringify(checked.problems)],
  )
  return changed === 1
}

/** Somebody says that a checked import may be done. False: it is not, or no longer, waiting for that. */
export const confirmImport = async (
  tx: Tx,
  id: string,
  by: Importer,
  isDropConfirmed: boolean,
): Promise<boolean> => {
  const changed = await tx.run(
    `update imports set state = 'confirmed', confirmed_by_id = $3, confirmed_by_name = $4, confirmed_at = now(),
       is_drop_confirmed = $5
     where tenant_id = $1 and id = $2 and state = 'checked' and expires_at > now()`,
    [tx.tenantId, id, by.id, by.name, isDropConfirmed],
  )
  return changed === 1
}

/** Ends an import that changed nothing yet. False: it is over, or about to be done. */
export const cancelImport = async (tx: Tx, id: string): Promise<boolean> => {
  const changed = await tx.run(
    `update imports set state = 'cancelled', ended_at = now()
     where tenant_id = $1 and id = $2 and state in ('uploading', 'uploaded', 'checked')`,
    [tx.tenantId, id],
  )
  return changed === 1
}

/** Ends a confirmed import, with what it did. */
export const recordImported = async (
  tx: Tx,
  id: string,
  state: 'imported' | 'refused',
  figures: ImportFigures,
  problems: readonly ImportProblem[] | null,
): Promise<void> => {
  await tx.run(
    `update imports set state = $3, figures = $4, problems = coalesce($5, problems), ended_at = now()
     where tenant_id = $1 and id = $2 and state = 'confirmed'`,
    [tx.tenantId, id, state, JSON.stringify(figures), problems === null ? null : JSON.stringify(problems)],
  )
}

/** The oldest import that waits for the worker; a file at the shell is looked at there. */
export const nextImport = (tx: Tx): Promise<ImportRow | undefined> =>
  tx.one<ImportRow>(
    `select ${columns} from imports
     where tenant_id = $1 and ended_at is null and expires_at > now()
       and (state = 'confirmed' or (state = 'uploaded' and origin <> 'shell'))
     order by state desc, uploaded_at, id limit 1`,
    [tx.tenantId],
  )

/** Takes the file away; its rows are read. */
export const dropChunks = async (tx: Tx, id: string): Promise<void> => {
  await tx.run('delete from import_chunks where tenant_id = $1 and import_id = $2', [tx.tenantId, id])
}

/** Ends imports that ran out, and throws away what is left of those that are over. Gives how many ran out. */
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

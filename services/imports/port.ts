/**
 * The one way in for uploaded facts: look at a file without changing anything, then make its rows facts in one transaction.
 * Console, worker and shell all come through here.
 */
import type { Actor } from '#domain/verification/verification.ts'
import {
  importForms,
  importLimits,
  needsDropConfirmed,
  type ImportProblem,
} from '#domain/questions/import-kinds.ts'
import type { Db } from '#platform/database/connect.ts'
import {
  applyRows,
  compareRows,
  conflictingLines,
  dropRepeated,
  dropRows,
  readPeopleRefs,
  stageFacts,
  takeImportTurn,
  type ImportScope,
} from './import-rows.ts'
import {
  dropChunks,
  readImport,
  recordChecked,
  recordImported,
  type Checked,
  type ImportFigures,
  type ImportRow,
} from './imports.ts'
import { notify } from '#platform/database/notify.ts'
import { recordEvents } from '#platform/database/record-events.ts'
import { wantThinCount } from '../questions/thin-counts.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { findPersonAmong } from './people-refs.ts'
import { readFile, type ReadFile } from './read-rows.ts'

/** The facts that an import is about. */
export const scopeOf = ({ id, kind, mode }: Pick<ImportRow, 'id' | 'kind' | 'mode'>): ImportScope => ({
  importId: id,
  families: importForms[kind].facts,
  source: importForms[kind].source,
  mode,
})

const conflictsOf = (lines: readonly number[]): readonly ImportProblem[] =>
  lines.map((line) => ({ line, column: null, code: 'conflicting_rows' }))

/** True if too many rows of a file are faulty to import it. */
const isFaulty = ({ faults, unknown }: Pick<ReadFile, 'faults' | 'unknown'>, isStrict: boolean): boolean =>
  faults > 0 || (isStrict && unknown > 0)

const none = { added: 0, changed: 0, same: 0, gone: 0, known: 0, people: 0, repeated: 0 }

/** Compares the rows with the known facts; rows that contradict each other are faults as well. */
const judge = async (tx: Tx, row: ImportRow, read: ReadFile): Promise<Checked> => {
  const conflicts = conflictsOf(await conflictingLines(tx, row.id, importLimits.problems))
  const faults = read.faults + conflicts.length
  const problems = [...read.problems, ...conflicts].slice(0, importLimits.problems)
  const counted = { rows: read.rows, unknown: read.unknown, faults }
  if (isFaulty({ faults, unknown: read.unknown }, row.isStrict)) {
    await dropRows(tx, row.id)
    return { state: 'refused', figures: { ...none, ...counted }, problems }
  }
  const repeated = await dropRepeated(tx, row.id)
  const { rows: _, ...compared } = await compareRows(tx, row.id, scopeOf(row).families)
  const gone = row.mode === 'replace' ? compared.gone : 0
  return { state: 'checked', figures: { ...compared, gone, repeated, ...counted }, problems }
}

/**
 * Looks at a file: reads every row and keeps what it says beside the facts, without touching them. May be begun again.
 * `preview` adds to the figures what only the worker can count.
 */
export const checkImport = async (
  db: Db,
  tenantId: string,
  row: ImportRow,
  bytes: AsyncIterable<Uint8Array>,
  preview: (figures: ImportFigures) => Promise<ImportFigures> = (figures) => Promise.resolve(figures),
): Promise<Checked> => {
  const find = findPersonAmong(await inTenant(db, tenantId, readPeopleRefs))
  await inTenant(db, tenantId, (tx) => dropRows(tx, row.id))
  const read = await readFile({ kind: row.kind, format: row.format, bytes }, find, (facts) =>
    inTenant(db, tenantId, (tx) => stageFacts(tx, row.id, facts)),
  )
  const judged = await inTenant(db, tenantId, (tx) => judge(tx, row, read))
  const checked = judged.state === 'checked' ? { ...judged, figures: await preview(judged.figures) } : judged
  await inTenant(db, tenantId, async (tx) => {
    const isKept = await recordChecked(tx, row.id, checked)
    if (!isKept) await dropRows(tx, row.id)
    await dropChunks(tx, row.id)
    await notify(tx, 'settings', row.id)
  })
  return checked
}

/** An import of an API client is confirmed by that client, or by an admin at the console. */
const actorOf = ({ origin, confirmedBy, by }: ImportRow): Actor => {
  const { id, name } = confirmedBy ?? by
  if (id !== null && origin === 'api' && id === by.id) return { kind: 'api_client', id }
  return id === null ? { kind: 'system', id: 'shell' } : { kind: 'agent', id, name }
}

/**
 * Makes a confirmed import's rows facts, all or none, with its event. When facts changed since the preview so that more would
 * go than the importer agreed to, nothing is done and the import ends as refused. A second call finds it over.
 */
export const performImport = (
  db: Db,
  tenantId: string,
  { id }: ImportRow,
): Promise<'imported' | 'refused' | 'over'> =>
  inTenant(db, tenantId, async (tx) => {
    await takeImportTurn(tx)
    // Its rows are gone once it is done: doing it again would take away everything that they said.
    const row = await readImport(tx, id)
    if (row?.state !== 'confirmed') return 'over'
    const figures = await figuresNow(tx, row)
    const isAgreed = row.isDropConfirmed || !needsDropConfirmed(figures.gone, figures.known)
    await (isAgreed ? make(tx, row, figures) : recordImported(tx, id, 'refused', figures, changedMeanwhile))
    await dropRows(tx, id)
    await notify(tx, 'settings', id)
    // The chain's head is held from here to the end, so this comes last.
    if (isAgreed) await recordDone(tx, row, figures)
    return isAgreed ? 'imported' : 'refused'
  })

const changedMeanwhile: readonly ImportProblem[] = [{ line: null, column: null, code: 'changed_meanwhile' }]

/** The check's counts of the file, beside the effect of its rows on the facts of this moment. */
const figuresNow = async (tx: Tx, row: ImportRow): Promise<ImportFigures> => {
  const { rows: _, ...compared } = await compareRows(tx, row.id, scopeOf(row).families)
  const gone = row.mode === 'replace' ? compared.gone : 0
  return { ...none, rows: 0, unknown: 0, faults: 0, ...row.figures, ...compared, gone }
}

const make = async (tx: Tx, row: ImportRow, figures: ImportFigures): Promise<void> => {
  await applyRows(tx, scopeOf(row))
  await recordImported(tx, row.id, 'imported', figures, null)
  await wantThinCount(tx)
}

const recordDone = (tx: Tx, row: ImportRow, figures: ImportFigures): Promise<void> =>
  recordEvents(tx, actorOf(row), null, [
    {
      type: 'source.imported',
      object: { kind: 'tenant', id: tx.tenantId },
      payload: {
        importId: row.id,
        kind: row.kind,
        mode: row.mode,
        sha256: row.sha256,
        rows: figures.rows,
        added: figures.added,
        changed: figures.changed,
        same: figures.same,
        gone: figures.gone,
        unknown: figures.unknown,
      },
    },
  ])

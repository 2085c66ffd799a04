/**
 * This is a loop, since an admin who uploads a file sits before the page, and the row in the database is the queue: Temporal
 * would add nothing. It takes the imports that wait for the worker: looks at files, and carries out confirmed ones.
 */
import { nextImport, readChunk, type ImportFigures, type ImportRow } from '#services/imports/imports.ts'
import { applyRows, takeImportTurn } from '#services/imports/import-rows.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { checkImport, performImport, scopeOf } from '#services/imports/port.ts'
import { keepLists } from '../questions/keep-lists.ts'
import { countAhead } from '../questions/tenant-facts.ts'
import { countThin, readThinMaterial, type ThinDeps, type ThinMaterial } from './count-thin.ts'

/** Above this many people a preview does without the thin figures: it would be counted twice. */
const mostPreviewed = 50_000

/** Does the oldest import of a tenant that waits; gives how many were done. */
export const runImports = async (deps: ThinDeps, tenantId: string): Promise<number> => {
  const row = await inTenant(deps.db, tenantId, nextImport)
  if (row === undefined) return 0
  if (row.state === 'uploaded')
    await checkImport(deps.db, tenantId, row, bytesOf(deps, tenantId, row.id), (figures) =>
      withThin(deps, tenantId, row, figures),
    )
  else await perform(deps, tenantId, row)
  return 1
}

/** A source that is new gets its first lists with its facts, not an hour later, and the next plan knows them. */
const perform = async (deps: ThinDeps, tenantId: string, row: ImportRow): Promise<void> => {
  if ((await performImport(deps.db, tenantId, row)) !== 'imported') return
  await keepLists(deps, tenantId, new Date())
  await countAhead(deps, tenantId, 0)
}

const bytesOf = async function* (
  { db, keys }: ThinDeps,
  tenantId: string,
  importId: string,
): AsyncGenerator<Uint8Array> {
  for (let ordinal = 0; ; ordinal += 1) {
    const piece = await inTenant(db, tenantId, (tx) => readChunk(tx, keys, importId, ordinal))
    if (piece === undefined) return
    yield piece
  }
}

/** Carries the result out of a transaction that is rolled back. */
class TakenBack extends Error {
  override readonly name = 'TakenBack'
  readonly material: ThinMaterial | undefined
  constructor(material: ThinMaterial | undefined) {
    super('taken back')
    this.material = material
  }
}

/** The facts as they would be: the very same code does the import, reads them, and rolls back. */
const materialAfter = (deps: ThinDeps, tenantId: string, row: ImportRow): Promise<ThinMaterial | undefined> =>
  inTenant(deps.db, tenantId, async (tx) => {
    await takeImportTurn(tx)
    await applyRows(tx, scopeOf(row))
    throw new TakenBack(await readThinMaterial(deps, tx))
  }).catch((error: unknown) => {
    if (error instanceof TakenBack) return error.material
    throw error
  })

const withThin = async (
  deps: ThinDeps,
  tenantId: string,
  row: ImportRow,
  figures: ImportFigures,
): Promise<ImportFigures> => {
  const before = await inTenant(deps.db, tenantId, (tx) => readThinMaterial(deps, tx))
  if (before === undefined || before.facts.length > mostPreviewed) return figures
  const after = await materialAfter(deps, tenantId, row)
  if (after === undefined) return figures
  const figuresOf = async (material: ThinMaterial) => {
    const { people, askable, thin } = await countThin(deps, tenantId, material)
    return { people, askable, thin }
  }
  return { ...figures, thin: { before: await figuresOf(before), after: await figuresOf(after) } }
}

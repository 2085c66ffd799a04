import type { ServerResponse } from 'node:http'
import { needsDropConfirmed, type ImportProblem } from '#domain/questions/import-kinds.ts'
import { cancelImport, confirmImport, readProblems, type ImportRow } from '#services/imports/imports.ts'
import { notify } from '#platform/database/notify.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { Takeover } from '../http/bind.ts'
import { csvLine } from '../http/csv.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { mustRead, type Importer } from './importer.ts'

type Deps = Pick<ApiDeps, 'db'>

/** Faults that a page shows; the report has more. */
const mostShown = 50

const asksTwice = ({ figures }: ImportRow): boolean =>
  figures !== null && needsDropConfirmed(figures.gone, figures.known)

/** One import, with the first faults of its report. */
export const previewFor = ({ db }: Deps, importer: Importer, importId: string) =>
  inTenant(db, importer.tenantId, async (tx) => {
    const row = await mustRead(tx, importer, importId)
    const problems = (await readProblems(tx, row.id)) ?? []
    return { import: row, problems: problems.slice(0, mostShown), needsDropConfirmed: asksTwice(row) }
  })

const lineOf = ({ line, column, code }: ImportProblem): string => csvLine([line, column, code])

/** The report as a file: where and what, never the content (K5, K12). */
export const reportFor = async ({ db }: Deps, importer: Importer, importId: string): Promise<Takeover> => {
  const problems = await inTenant(db, importer.tenantId, async (tx) => {
    await mustRead(tx, importer, importId)
    return (await readProblems(tx, importId)) ?? []
  })
  const text = csvLine(['line', 'column', 'problem']) + problems.map(lineOf).join('')
  const takeover = (response: ServerResponse): Promise<void> => {
    response.statusCode = 200
    response.setHeader('Content-Type', 'text/csv; charset=utf-8')
    response.setHeader('Content-Disposition', 'attachment; filename="import-report.csv"')
    response.end(text)
    return Promise.resolve()
  }
  return { takeover }
}

/** The importer confirms what the preview shows; the worker then does it. */
export const confirmFor = ({ db }: Deps, importer: Importer, importId: string, isDropConfirmed: boolean) =>
  inTenant(db, importer.tenantId, async (tx) => {
    const row = await mustRead(tx, importer, importId)
    if (row.state === 'checked' && asksTwice(row) && !isDropConfirmed) throw new Refused('drop_not_confirmed')
    if (!(await confirmImport(tx, row.id, importer.by, isDropConfirmed))) throw new Refused('import_over')
    await notify(tx, 'settings', row.id)
    return mustRead(tx, importer, row.id)
  })

/** Ends an import before it did anything. */
export const cancelFor = ({ db }: Deps, importer: Importer, importId: string) =>
  inTenant(db, importer.tenantId, async (tx) => {
    const row = await mustRead(tx, importer, importId)
    if (!(await cancelImport(tx, row.id))) throw new Refused('import_over')
    await notify(tx, 'settings', row.id)
    return mustRead(tx, importer, row.id)
  })

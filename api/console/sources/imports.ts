import type { ServerResponse } from 'node:http'
import { needsDropConfirmed, type ImportProblem } from '#domain/questions/import-kinds.ts'
import { cancelImport as endImport, confirmImport as agree } from '#platform/server/db/imports.ts'
import { readImport, readProblems, type ImportRow } from '#platform/server/db/imports.ts'
import { notify } from '#platform/server/db/notify.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import { bind } from '../../bind.ts'
import { csvLine } from '../../csv.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../errors.ts'

/** Faults that a page shows; the report has more. */
const mostShown = 50

/** @throws Refused not_found */
const mustRead = async (tx: Tx, id: string): Promise<ImportRow> => {
  const row = await readImport(tx, id)
  if (row === undefined) throw new Refused('not_found')
  return row
}

const asksTwice = ({ figures }: ImportRow): boolean =>
  figures !== null && needsDropConfirmed(figures.gone, figures.known)

/** One import, with the first faults of its report. */
export const sourceImport = ({ db }: ApiDeps) =>
  bind('console.sourceImport', ({ staff, params }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const row = await mustRead(tx, params.importId)
      const problems = (await readProblems(tx, row.id)) ?? []
      return { import: row, problems: problems.slice(0, mostShown), needsDropConfirmed: asksTwice(row) }
    }),
  )

const lineOf = ({ line, column, code }: ImportProblem): string => csvLine([line, column, code])

/** The report as a file: where and what, never what stands there (security.md K5, K12). */
export const importReport = ({ db }: ApiDeps) =>
  bind('console.importReport', async ({ staff, params }) => {
    const problems = await inTenant(db, staff.tenantId, async (tx) => {
      await mustRead(tx, params.importId)
      return (await readProblems(tx, params.importId)) ?? []
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
  })

/** An admin says that what the preview shows may be done; the worker does it. */
export const confirmImport = ({ db }: ApiDeps) =>
  bind('console.confirmImport', ({ staff, params, body }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const row = await mustRead(tx, params.importId)
      if (row.state === 'checked' && asksTwice(row) && !body.isDropConfirmed)
        throw new Refused('drop_not_confirmed')
      const by = { id: staff.staffId, name: staff.name }
      if (!(await agree(tx, row.id, by, body.isDropConfirmed))) throw new Refused('import_over')
      await notify(tx, 'settings', row.id)
      return mustRead(tx, row.id)
    }),
  )

/** Ends an import before it did anything. */
export const cancelImport = ({ db }: ApiDeps) =>
  bind('console.cancelImport', ({ staff, params }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const row = await mustRead(tx, params.importId)
      if (!(await endImport(tx, row.id))) throw new Refused('import_over')
      await notify(tx, 'settings', row.id)
      return mustRead(tx, row.id)
    }),
  )

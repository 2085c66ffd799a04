import { importForms, importKinds, type ImportKind } from '#domain/questions/import-kinds.ts'
import { questionFamilies } from '#domain/questions/plan.ts'
import type { ThinCounts } from '#domain/questions/thin.ts'
import { thinReasons } from '#domain/questions/thin-reasons.ts'
import { listSyncs, type SyncRow } from '#services/people/directory-syncs.ts'
import { listImports } from '#services/imports/imports.ts'
import { currentVersion } from '#services/policy/policy-versions.ts'
import {
  readDirectoryFigures,
  readFamilyFigures,
  type FamilyFigures,
} from '#services/imports/source-figures.ts'
import { readNames, readThinCount, wantThinCount } from '#services/questions/thin-counts.ts'
import { notify } from '#platform/database/notify.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { SourceRow, SourcesPage, ThinCount } from '../../contract/console-sources.ts'
import type { ApiDeps } from '../../deps.ts'

/** Imports that the page lists. */
const mostImports = 20

const nothing = { rows: 0, people: 0, freshRows: 0, readAt: null, importedRows: 0 }

const sourceOf = (kind: ImportKind, figures: readonly FamilyFigures[]): SourceRow => {
  const { source, feeds, facts } = importForms[kind]
  const { family: _, ...known } = figures.find(({ family }) => family === facts[0]) ?? {
    family: facts[0],
    ...nothing,
  }
  return { kind, source, feeds: [...feeds], ...known }
}

const directoryRow = (row: SyncRow): SourcesPage['directories'][number] => ({
  name: row.directory,
  people: row.people,
  readAt: row.syncedAt,
  trouble: row.trouble,
  heldPeople: row.heldPeople ?? 0,
  heldContacts: row.heldContacts ?? 0,
  log: row.hasLog
    ? { readTo: row.logUntil, signIns: row.logSignIns, isStopped: row.logProblem !== null }
    : null,
})

const withNames = async (tx: Tx, counts: ThinCounts, countedAt: string): Promise<ThinCount> => {
  const { people, askable, thin, families, examples } = counts
  const ids = thinReasons.flatMap((reason) => examples[reason])
  const names = new Map((await readNames(tx, ids)).map(({ id, name }) => [id, name]))
  return {
    countedAt,
    people,
    askable,
    thin: { ...thin },
    families: { ...families },
    examples: thinReasons.flatMap((reason) =>
      examples[reason].flatMap((id) => {
        const name = names.get(id)
        return name === undefined ? [] : [{ id, name, reason }]
      }),
    ),
  }
}

/** Every kind of facts, who is a thin file as the worker last counted, and the newest imports. Nothing is counted here. */
export const sourcesPage = ({ db }: ApiDeps) =>
  bind('console.sources', ({ staff }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      const figures = await readFamilyFigures(tx)
      const { policy } = await currentVersion(tx)
      const { counts, countedAt, isWanted } = await readThinCount(tx)
      return {
        sources: importKinds.map((kind) => sourceOf(kind, figures)),
        switchedOff: questionFamilies.filter((family) => !policy.questions.families[family]),
        questionsEnabled: policy.questions.enabled,
        directory: await readDirectoryFigures(tx),
        directories: (await listSyncs(tx)).map(directoryRow),
        thin: counts === null || countedAt === null ? null : await withNames(tx, counts, countedAt),
        isCountWanted: isWanted,
        imports: await listImports(tx, mostImports),
      }
    }),
  )

/** Asks the worker to count again. */
export const countThin = ({ db }: ApiDeps) =>
  bind('console.countThin', ({ staff }) =>
    inTenant(db, staff.tenantId, async (tx) => {
      await wantThinCount(tx)
      await notify(tx, 'settings', staff.tenantId)
      return { done: true as const }
    }),
  )

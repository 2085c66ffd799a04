import type { ImportDetail, SourceImport, SourcesPage } from '#api/contract/console-sources.ts'
import { importForms, importKinds } from '#domain/questions/import-kinds.ts'
import { questionFamilies } from '#domain/questions/plan.ts'

const at = '2026-06-01T09:00:00.000Z'
const families = Object.fromEntries(questionFamilies.map((family) => [family, 12])) as NonNullable<
  SourcesPage['thin']
>['families']

/** An import that waits for a yes. */
export const waiting: SourceImport = {
  id: '7c5c4d9e-53f5-4f6f-9d2c-1f0a54a3b001',
  kind: 'tickets',
  origin: 'console',
  format: 'csv',
  mode: 'replace',
  isStrict: false,
  state: 'checked',
  bytes: 900,
  sha256: 'ab'.repeat(32),
  by: { id: '7c5c4d9e-53f5-4f6f-9d2c-1f0a54a3b0aa', name: 'Priya Castellan' },
  uploadedAt: at,
  figures: {
    rows: 30,
    added: 28,
    changed: 1,
    same: 1,
    gone: 29,
    known: 59,
    people: 30,
    repeated: 0,
    unknown: 2,
    faults: 0,
    thin: {
      before: {
        people: 40,
        askable: 10,
        thin: { no_source: 30, stale: 0, short_list: 0, people_check: 0, short_tenure: 0 },
      },
      after: {
        people: 40,
        askable: 37,
        thin: { no_source: 3, stale: 0, short_list: 0, people_check: 0, short_tenure: 0 },
      },
    },
  },
  confirmedBy: null,
  isDropConfirmed: false,
  endedAt: null,
  expiresAt: at,
}

/** Its page. */
export const detail: ImportDetail = {
  import: waiting,
  problems: [{ line: 7, column: 'person', code: 'unknown_person' }],
  needsDropConfirmed: true,
}

/** The page of an organisation with a few tickets. */
export const sourcesPage: SourcesPage = {
  sources: importKinds.map((kind) => ({
    kind,
    source: importForms[kind].source,
    feeds: [...importForms[kind].feeds],
    rows: kind === 'tickets' ? 59 : 0,
    people: kind === 'tickets' ? 59 : 0,
    freshRows: 0,
    readAt: kind === 'tickets' ? at : null,
    importedRows: 0,
  })),
  switchedOff: ['manager'],
  questionsEnabled: true,
  directories: [],
  directory: { people: 40, withManager: 39, readAt: at },
  thin: {
    countedAt: at,
    people: 40,
    askable: 10,
    thin: { no_source: 30, stale: 0, short_list: 0, people_check: 0, short_tenure: 0 },
    families,
    examples: [{ id: '7c5c4d9e-53f5-4f6f-9d2c-1f0a54a3b0bb', name: 'Jonas Weber', reason: 'no_source' }],
  },
  isCountWanted: false,
  imports: [waiting],
}

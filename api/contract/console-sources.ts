import { z } from 'zod'
import { importKinds, importProblemCodes, importStates } from '#domain/questions/import-kinds.ts'
import { questionFamilies } from '#domain/questions/plan.ts'
import { questionSources } from '#domain/questions/definitions.ts'
import { thinReasons } from '#domain/questions/thin-reasons.ts'
import { Id, Instant } from './common.ts'

const Count = z.int().min(0)
const Family = z.enum(questionFamilies)
export const ImportKind = z.enum(importKinds)
const ImportMode = z.enum(['replace', 'merge'])
const Reason = z.enum(thinReasons)

const ThinFigures = z.strictObject({
  people: Count,
  /** People of whom a set of questions can be made. */
  askable: Count,
  thin: z.record(Reason, Count),
})

/** The figures of a check and of an import: rows, but for `gone` and `known`, which are facts. */
export const ImportFigures = z.strictObject({
  rows: Count,
  added: Count,
  changed: Count,
  same: Count,
  gone: Count,
  known: Count,
  people: Count,
  repeated: Count,
  unknown: Count,
  faults: Count,
  /** Absent where it was not counted. */
  thin: z.strictObject({ before: ThinFigures, after: ThinFigures }).optional(),
})

const Importer = z.strictObject({ id: Id.nullable(), name: z.string() })

const importHead = {
  id: Id,
  kind: ImportKind,
  origin: z.enum(['console', 'shell', 'api']),
  format: z.enum(['csv', 'json']),
  mode: ImportMode,
  isStrict: z.boolean(),
  state: z.enum(importStates),
  bytes: Count,
  sha256: z.string().nullable(),
  by: Importer,
  uploadedAt: Instant,
  figures: ImportFigures.nullable(),
  confirmedBy: Importer.nullable(),
  isDropConfirmed: z.boolean(),
  endedAt: Instant.nullable(),
  expiresAt: Instant,
}

export const SourceImport = z.strictObject(importHead).meta({ id: 'SourceImport' })
export type SourceImport = z.infer<typeof SourceImport>

const Problem = z.strictObject({
  line: z.int().nullable(),
  column: z.string().nullable(),
  code: z.enum(importProblemCodes),
})

/** One import with the first faults of its report; never what a row says. */
export const ImportDetail = z.strictObject({
  import: SourceImport,
  problems: z.array(Problem),
  /** More of current facts would go than goes without saying. */
  needsDropConfirmed: z.boolean(),
})
export type ImportDetail = z.infer<typeof ImportDetail>

const Source = z.strictObject({
  kind: ImportKind,
  source: z.enum(questionSources),
  feeds: z.array(Family),
  rows: Count,
  people: Count,
  /** Rows read within a day; older ones ask nothing. */
  freshRows: Count,
  /** When the newest row was read; null without rows. */
  readAt: Instant.nullable(),
  /** Rows that an import said last. */
  importedRows: Count,
})
export type SourceRow = z.infer<typeof Source>

const ThinCount = z.strictObject({
  countedAt: Instant,
  people: Count,
  askable: Count,
  thin: z.record(Reason, Count),
  /** People who could be asked a question of the family. */
  families: z.record(Family, Count),
  examples: z.array(z.strictObject({ id: Id, name: z.string(), reason: Reason })),
})
export type ThinCount = z.infer<typeof ThinCount>

/** Every kind of facts with its figures, who is a thin file, and the newest imports. */
export const SourcesPage = z
  .strictObject({
    sources: z.array(Source),
    /** Families that the policy in force switches off. */
    switchedOff: z.array(Family),
    questionsEnabled: z.boolean(),
    directory: z.strictObject({ people: Count, withManager: Count, readAt: Instant.nullable() }),
    /** Each directory that is read, and the result of the last reading. `heldPeople`, `heldContacts`: not taken away. */
    directories: z.array(
      z.strictObject({
        name: z.string(),
        people: Count,
        readAt: Instant.nullable(),
        trouble: z.enum(['away', 'held']).nullable(),
        heldPeople: Count,
        heldContacts: Count,
        /** The log of its sign-ins; null: it is not read. `readTo`: what is younger is not counted yet · `isStopped`: the last reading came to no end. */
        log: z
          .strictObject({ readTo: Instant.nullable(), signIns: Count, isStopped: z.boolean() })
          .nullable(),
      }),
    ),
    /** As last counted; null before the first time. */
    thin: ThinCount.nullable(),
    isCountWanted: z.boolean(),
    imports: z.array(SourceImport),
  })
  .meta({ id: 'SourcesPage' })
export type SourcesPage = z.infer<typeof SourcesPage>

export const UploadParams = z.strictObject({ kind: ImportKind })
export const UploadQuery = z.strictObject({
  mode: ImportMode.default('replace'),
  /** `stop`: a row about an unknown person keeps the whole file out; `leave_out`: only itself. */
  unknown: z.enum(['leave_out', 'stop']).default('leave_out'),
})
export const ImportParams = z.strictObject({ importId: Id })
export const ConfirmImportInput = z.strictObject({
  /** Many facts go, and that is meant. */
  isDropConfirmed: z.boolean(),
})

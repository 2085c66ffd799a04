/** One pass over a file: every row is read by its kind's schema, people are found, facts go to the store, faults to the report. */
import {
  importForms,
  importLimits,
  leavesOut,
  type ImportKind,
  type ImportProblem,
  type ImportProblemCode,
} from '#domain/questions/import-kinds.ts'
import type { StagedFact } from './import-rows.ts'
import { csvRows } from './csv-rows.ts'
import { textOf } from './decode.ts'
import { FileProblem, type RawRow } from './file-problem.ts'
import { jsonRows } from './json-rows.ts'
import { kinds, type ReadRow } from './kinds.ts'
import type { FindPerson } from './people-refs.ts'

/** A file to read. */
export type ImportFile = {
  readonly kind: ImportKind
  readonly format: 'csv' | 'json'
  readonly bytes: AsyncIterable<Uint8Array>
}

/** The result of one pass. `problems` are the first ones. */
export type ReadFile = {
  readonly rows: number
  readonly unknown: number
  readonly faults: number
  readonly problems: readonly ImportProblem[]
}

/** Rows handed on at once. */
const batchSize = 1_000

const rowsOf = ({ kind, format, bytes }: ImportFile): AsyncGenerator<RawRow> => {
  const { columns } = importForms[kind]
  return format === 'csv' ? csvRows(textOf(bytes), columns) : jsonRows(textOf(bytes), columns)
}

/** The first fault of each cell. */
const faultsOf = (line: number, issues: readonly { path: PropertyKey[]; message: string }[]) => {
  const faults = new Map<string, ImportProblem>()
  for (const { path, message } of issues) {
    const column = path[0] === undefined ? null : String(path[0])
    if (!faults.has(column ?? ''))
      faults.set(column ?? '', { line, column, code: message as ImportProblemCode })
  }
  return [...faults.values()]
}

type Outcome = { readonly facts: readonly StagedFact[] } | { readonly problems: readonly ImportProblem[] }

const found = (find: FindPerson, ref: string, line: number, column: string): string | ImportProblem => {
  const person = find(ref)
  if (person === null) return { line, column, code: 'unknown_person' }
  return person === 'several' ? { line, column, code: 'ambiguous_person' } : person.id
}

const factsOf = (row: ReadRow, line: number, find: FindPerson): Outcome => {
  const personId = found(find, row.person, line, 'person')
  const otherId = row.other === null ? '' : found(find, row.other.ref, line, row.other.column)
  const problems = [personId, otherId].filter((one): one is ImportProblem => typeof one !== 'string')
  if (typeof personId !== 'string' || typeof otherId !== 'string') return { problems }
  return { facts: row.facts(otherId).map((fact) => ({ line, personId, ...fact })) }
}

const outcomeOf = (kind: ImportKind, raw: RawRow, find: FindPerson): Outcome => {
  if (raw.problems.length > 0) return { problems: raw.problems }
  const parsed = kinds[kind].safeParse(raw.cells)
  return parsed.success
    ? factsOf(parsed.data, raw.line, find)
    : { problems: faultsOf(raw.line, parsed.error.issues) }
}

/** Collects the first faults and counts all. */
const createReport = (mostRows: number) => {
  const problems: ImportProblem[] = []
  const counts = { rows: 0, unknown: 0, faults: 0 }
  const name = (problem: ImportProblem): void => {
    if (problems.length < importLimits.problems) problems.push(problem)
  }
  return {
    row: (): void => {
      counts.rows += 1
      if (counts.rows > mostRows) throw new FileProblem('too_many_rows', null)
    },
    add: (found: readonly ImportProblem[]): void => {
      // A row that is left out is one row, however many people it names.
      if (found.every(({ code }) => leavesOut(code))) counts.unknown += 1
      else counts.faults += found.filter(({ code }) => !leavesOut(code)).length
      found.forEach(name)
    },
    end: (): ReadFile => ({ ...counts, problems }),
  }
}

type Report = ReturnType<typeof createReport>

const readAll = async (
  file: ImportFile,
  find: FindPerson,
  store: (facts: readonly StagedFact[]) => Promise<void>,
  report: Report,
): Promise<void> => {
  let batch: StagedFact[] = []
  for await (const raw of rowsOf(file)) {
    report.row()
    const outcome = outcomeOf(file.kind, raw, find)
    if ('problems' in outcome) report.add(outcome.problems)
    else batch.push(...outcome.facts)
    if (batch.length < batchSize) continue
    await store(batch)
    batch = []
  }
  await store(batch)
}

/**
 * Reads a file from beginning to end. A fault that makes the rest of it unreadable is the last of the report. Facts of rows
 * without fault go to `store` batch by batch; the caller throws them away again when there were faults.
 * @param mostRows with one more the file is refused
 */
export const readFile = async (
  file: ImportFile,
  find: FindPerson,
  store: (facts: readonly StagedFact[]) => Promise<void>,
  mostRows: number = importLimits.rows,
): Promise<ReadFile> => {
  const report = createReport(mostRows)
  try {
    await readAll(file, find, store, report)
    if (report.end().rows === 0) throw new FileProblem('no_rows')
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error
    report.add([error.problem])
  }
  return report.end()
}

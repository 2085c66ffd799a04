/** Rows of a CSV file by RFC 4180, with comma, semicolon or tab. */
import { CsvError, parse } from 'csv-parse'
import type { ImportColumn, ImportProblem } from '#domain/questions/import-kinds.ts'
import { FileProblem, longestRow, type RawRow } from './file-problem.ts'

const delimiters = [',', ';', '\t'] as const

/**
 * All line ends that one file may mix, the longest first: files that were put together, or went through several editors, have
 * several.
 */
const lineEnds = ['\r\n', '\n', '\r']

/** The first line, as far as it has come; quoted cells may hold what would end it. */
const firstLine = (text: string): { readonly line: string; readonly isWhole: boolean } => {
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '"') isQuoted = !isQuoted
    if (!isQuoted && (letter === '\n' || letter === '\r')) return { line: text.slice(0, at), isWhole: true }
  }
  return { line: text, isWhole: false }
}

/** The delimiter that the first line has most of, outside quotes. */
const delimiterOf = (line: string): string => {
  const bare = line.replace(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => bare.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

/** Reads until the first line is whole, then gives everything from the beginning. */
const withDelimiter = async (
  text: AsyncIterator<string>,
): Promise<{ readonly delimiter: string; readonly whole: AsyncGenerator<string> }> => {
  let head = ''
  let isDone = false
  while (!isDone && !firstLine(head).isWhole && head.length < longestRow) {
    const next = await text.next()
    if (next.done === true) isDone = true
    else head += next.value
  }
  const whole = async function* (): AsyncGenerator<string> {
    yield head
    for (let next = await text.next(); next.done !== true; next = await text.next()) yield next.value
  }
  return { delimiter: delimiterOf(firstLine(head).line), whole: whole() }
}

/** "Asset tag", "asset-tag" and "ASSET_TAG" are the same column. */
const nameOf = (header: string): string =>
  header
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')

/**
 * The column of ours at each place of the header.
 * @throws FileProblem when a needed column is missing, or one is there twice or not known
 */
const placesOf = (header: readonly string[], columns: readonly ImportColumn[]): readonly string[] => {
  const names = header.map(nameOf)
  const known = columns.map(({ name }) => name)
  if (!names.some((name) => known.includes(name))) throw new FileProblem('no_header', 1)
  for (const [at, name] of names.entries()) {
    if (!known.includes(name)) throw new FileProblem('unknown_column', 1, `#${String(at + 1)}`)
    if (names.indexOf(name) !== at) throw new FileProblem('repeated_column', 1, name)
  }
  const missing = columns.find(({ name, isRequired }) => isRequired && !names.includes(name))
  if (missing !== undefined) throw new FileProblem('missing_column', 1, missing.name)
  return names
}

const rowOf = (record: readonly string[], places: readonly string[], line: number): RawRow => {
  const problem = (code: 'too_few_cells' | 'too_many_cells'): readonly ImportProblem[] => [
    { line, column: null, code },
  ]
  if (record.length < places.length) return { line, cells: {}, problems: problem('too_few_cells') }
  if (record.length > places.length) return { line, cells: {}, problems: problem('too_many_cells') }
  return { line, cells: Object.fromEntries(places.map((name, at) => [name, record[at]])), problems: [] }
}

type Parsed = { readonly record: readonly string[]; readonly line: number }

/** Codes of faults that are seen long after the line on which the row begins. */
const seenLate: readonly string[] = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE']

/** `before`: the line on which the last whole row ends. */
const asProblem = (error: Error, before: number): Error => {
  if (!(error instanceof CsvError)) return error
  const code = error.code === 'CSV_MAX_RECORD_SIZE' ? 'row_too_long' : 'broken_quotes'
  const isLate = seenLate.includes(error.code) || typeof error['lines'] !== 'number'
  return new FileProblem(code, isLate ? before + 1 : Number(error['lines']))
}

/**
 * Parses piece by piece. Rows that were whole before a fault are still handed out, so that the report shows their own faults.
 */
const createParser = (delimiter: string) => {
  const found: Parsed[] = []
  let failure: Error | null = null
  const parser = parse({
    delimiter,
    record_delimiter: lineEnds,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    on_record: (record: readonly string[], { lines }) => {
      found.push({ record, line: lines })
      return null
    },
  })
  parser.on('error', (error) => (failure = error))
  parser.resume()
  const settled = (start: (done: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      start(resolve)
    })
  return {
    write: (piece: string) => settled((done) => parser.write(piece, () => done())),
    end: () => settled((done) => parser.end(() => done())),
    stop: () => parser.destroy(),
    take: (): readonly Parsed[] => found.splice(0),
    failure: (): Error | null => failure,
  }
}

/** Rows of the text, whole ones first. @throws FileProblem */
const parsed = async function* (text: AsyncIterable<string>, delimiter: string): AsyncGenerator<Parsed> {
  const parser = createParser(delimiter)
  let line = 0
  const rows = function* (): Generator<Parsed> {
    for (const row of parser.take()) {
      line = row.line
      yield row
    }
    const failure = parser.failure()
    if (failure !== null) throw asProblem(failure, line)
  }
  try {
    for await (const piece of text) {
      await parser.write(piece)
      yield* rows()
    }
    await parser.end()
    yield* rows()
  } finally {
    parser.stop()
  }
}

/**
 * The rows, with the line on which each ends. Stops at the first fault that leaves the rest without meaning.
 * @throws FileProblem
 */
export const csvRows = async function* (
  text: AsyncIterable<string>,
  columns: readonly ImportColumn[],
): AsyncGenerator<RawRow> {
  const { delimiter, whole } = await withDelimiter(text[Symbol.asyncIterator]())
  let places: readonly string[] | null = null
  for await (const { record, line } of parsed(whole, delimiter)) {
    if (places === null) places = placesOf(record, columns)
    else yield rowOf(record, places, line)
  }
  if (places === null) throw new FileProblem('empty_file')
}

/** Rows of a JSON file: a list of flat objects with the same names as the columns of a CSV file. */
import { JSONParser, TokenType } from '@streamparser/json'
import type { ImportColumn, ImportProblemCode } from '#domain/questions/import-kinds.ts'
import { FileProblem, longestRow, type RawRow } from './file-problem.ts'

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Beyond 2^53 a number has become another one in reading, and an id would be another person's. */
const isExact = (value: number): boolean => Math.abs(value) <= Number.MAX_SAFE_INTEGER

/** A cell as text, as a CSV file would have it; what is none is left for the row's schema to refuse. */
const cellOf = (value: unknown): unknown => {
  if (value === null) return ''
  if (typeof value === 'number') return isExact(value) ? String(value) : value
  return typeof value === 'boolean' ? String(value) : value
}

const noRow = (line: number, column: string | null, code: ImportProblemCode): RawRow => ({
  line,
  cells: {},
  problems: [{ line, column, code }],
})

/** An element of the list, and the first name that it has twice. */
type Element = { readonly value: unknown; readonly repeated: string | null }

const rowOf = ({ value, repeated }: Element, line: number, known: ReadonlySet<string>): RawRow => {
  if (!isObject(value)) return noRow(line, null, 'not_a_value')
  const entries = Object.entries(value)
  const odd = entries.findIndex(([name]) => !known.has(name))
  if (odd >= 0) return noRow(line, `#${String(odd + 1)}`, 'unknown_column')
  if (repeated !== null) return noRow(line, repeated, 'repeated_column')
  return {
    line,
    cells: Object.fromEntries(entries.map(([name, cell]) => [name, cellOf(cell)])),
    problems: [],
  }
}

const opening: readonly TokenType[] = [TokenType.LEFT_BRACE, TokenType.LEFT_BRACKET]
const closing: readonly TokenType[] = [TokenType.RIGHT_BRACE, TokenType.RIGHT_BRACKET]

/** Sees names that an element of the list has twice: the parsed object keeps only the last of them. */
const createNameWatch = () => {
  const names = new Set<string>()
  let depth = 0
  let last: unknown = null
  let repeated: string | null = null
  return {
    see: (type: TokenType, value: unknown): void => {
      if (opening.includes(type)) depth += 1
      if (closing.includes(type)) depth -= 1
      // A colon within an element, and not deeper, follows one of its names.
      if (type === TokenType.COLON && depth === 2) {
        const name = String(last)
        if (names.has(name)) repeated ??= name
        names.add(name)
      }
      last = value
    },
    /** The first repeated name of the element that ends here. */
    take: (): string | null => {
      const found = repeated
      names.clear()
      repeated = null
      return found
    },
  }
}

/** @throws FileProblem when the text does not begin with a list */
const requireList = (start: string): void => {
  if (!start.startsWith('[')) throw new FileProblem(/^[{"\d\-tfn]/.test(start) ? 'not_an_array' : 'not_json')
}

/** Characters that are parsed at once: a row is never longer than the limit and this. */
const sliceLength = 4_096

/** The parser waits for the second half of a character that is cut in two. */
const slicesOf = function* (piece: string): Generator<string> {
  for (let at = 0; at < piece.length; at += sliceLength) yield piece.slice(at, at + sliceLength)
}

/** Parses slice by slice; gives the elements of the list that ended in each. */
const createReader = () => {
  const names = createNameWatch()
  const found: Element[] = []
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false })
  let isOver = false
  /** Elements so far, and characters since the last of them ended. */
  let elements = 0
  let open = 0
  parser.onToken = ({ token, value }) => names.see(token, value)
  parser.onValue = ({ value }) => void found.push({ value, repeated: names.take() })
  parser.onEnd = () => {
    isOver = true
  }
  const fault = (code: ImportProblemCode): FileProblem => new FileProblem(code, elements + found.length + 1)
  const parse = (slice: string): void => {
    try {
      parser.write(slice)
    } catch {
      throw fault('not_json')
    }
  }
  return {
    isOver: (): boolean => isOver,
    /** @throws FileProblem */
    read: (slice: string): readonly Element[] => {
      // Nobody else reads the text after the list.
      if (isOver && slice.trim() !== '') throw fault('not_json')
      if (isOver) return []
      parse(slice)
      open = found.length > 0 ? 0 : open + slice.length
      // Open objects are held in memory, and all that is open within them: without a bound one file could take all
      // there is.
      if (open > longestRow) throw fault('row_too_long')
      elements += found.length
      return found.splice(0)
    },
  }
}

/**
 * The rows, with their place in the list from 1.
 * @throws FileProblem
 */
export const jsonRows = async function* (
  text: AsyncIterable<string>,
  columns: readonly ImportColumn[],
): AsyncGenerator<RawRow> {
  const known = new Set(columns.map(({ name }) => name))
  const reader = createReader()
  let line = 0
  let hasBegun = false
  for await (const piece of text) {
    const rest: string = hasBegun ? piece : piece.trimStart()
    if (!hasBegun && rest !== '') requireList(rest)
    hasBegun ||= rest !== ''
    for (const slice of slicesOf(rest))
      for (const element of reader.read(slice)) yield rowOf(element, (line += 1), known)
  }
  if (!hasBegun) throw new FileProblem('empty_file')
  if (!reader.isOver()) throw new FileProblem('not_json', line + 1)
}

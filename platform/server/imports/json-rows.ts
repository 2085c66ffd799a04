/** Rows of a JSON file: a list of flat objects with the same names as the columns of a CSV file. */
import { JSONParser, TokenType } from '@streamparser/json'
import type { ImportColumn, ImportProblemCode } from '#domain/questions/import-kinds.ts'
import { FileProblem, type RawRow } from './file-problem.ts'

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A cell as text, as a CSV file would have it; lists and objects are left for the row's schema to refuse. */
const cellOf = (value: unknown): unknown => {
  if (value === null) return ''
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
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

/** Sees names that stand twice in an element of the list: the parsed object keeps only the last of them. */
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

/**
 * The rows, with their place in the list from 1.
 * @throws FileProblem
 */
export const jsonRows = async function* (
  text: AsyncIterable<string>,
  columns: readonly ImportColumn[],
): AsyncGenerator<RawRow> {
  const known = new Set(columns.map(({ name }) => name))
  const found: Element[] = []
  const names = createNameWatch()
  let line = 0
  let start = ''
  let isOver = false
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false })
  parser.onToken = ({ token, value }) => names.see(token, value)
  parser.onValue = ({ value }) => void found.push({ value, repeated: names.take() })
  parser.onEnd = () => {
    isOver = true
  }
  const feed = (piece: string): void => {
    // What follows the list is read by nobody else.
    if (isOver && piece.trim() !== '') throw new FileProblem('not_json', line + 1)
    if (isOver) return
    try {
      parser.write(piece)
    } catch {
      throw new FileProblem('not_json', line + found.length + 1)
    }
  }
  for await (const piece of text) {
    if (start === '') {
      start = piece.trimStart().slice(0, 1)
      if (start !== '') requireList(start)
    }
    feed(piece)
    for (const element of found.splice(0)) yield rowOf(element, (line += 1), known)
  }
  if (start === '') throw new FileProblem('empty_file')
  if (!isOver) throw new FileProblem('not_json', line + 1)
}

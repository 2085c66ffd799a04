/** Rows of a JSON file: a list of flat objects with the same names as the columns of a CSV file. */
import { JSONParser } from '@streamparser/json'
import type { ImportColumn } from '#domain/questions/import-kinds.ts'
import { FileProblem, type RawRow } from './file-problem.ts'

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A cell as text, as a CSV file would have it; lists and objects are left for the row's schema to refuse. */
const cellOf = (value: unknown): unknown => {
  if (value === null) return ''
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value
}

const rowOf = (value: unknown, line: number, known: ReadonlySet<string>): RawRow => {
  if (!isObject(value)) return { line, cells: {}, problems: [{ line, column: null, code: 'not_a_value' }] }
  const entries = Object.entries(value)
  const odd = entries.findIndex(([name]) => !known.has(name))
  if (odd >= 0)
    return {
      line,
      cells: {},
      problems: [{ line, column: `#${String(odd + 1)}`, code: 'unknown_column' }],
    }
  return {
    line,
    cells: Object.fromEntries(entries.map(([name, cell]) => [name, cellOf(cell)])),
    problems: [],
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
  const found: unknown[] = []
  let line = 0
  let start = ''
  let isOver = false
  const parser = new JSONParser({ paths: ['$.*'], keepStack: false })
  parser.onValue = ({ value }) => void found.push(value)
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
    for (const value of found.splice(0)) yield rowOf(value, (line += 1), known)
  }
  if (start === '') throw new FileProblem('empty_file')
  if (!isOver) throw new FileProblem('not_json', line + 1)
}

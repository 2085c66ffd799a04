import { saveFile } from '../../lib/save-file.ts'

/** A cell of a tile's table. */
export type Cell = string | number

/** A tile as a table. */
export type Sheet = {
  readonly title: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** The text of a table as a CSV file; texts that a spreadsheet would run are quoted as text (K5). */
export const toCsv = ({ columns, rows }: Sheet): string => {
  const cell = (value: Cell) => {
    const text = String(value)
    const safe = typeof value === 'string' && /^[=+\-@\t\r\0＝＋－＠]/.test(text) ? `'${text}` : text
    return `"${safe.replaceAll('"', '""')}"`
  }
  return [columns, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')
}

/** Hands the table to the browser as a file of its title's name. */
export const saveSheet = (sheet: Sheet): void =>
  saveFile(new Blob([toCsv(sheet)], { type: 'text/csv;charset=utf-8' }), `${sheet.title}.csv`)

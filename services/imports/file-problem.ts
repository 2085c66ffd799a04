import type { ImportProblem, ImportProblemCode } from '#domain/questions/import-kinds.ts'

/** Longest row of a file, characters: all of it that is held at a time. */
export const longestRow = 65_536

/** A file that cannot be read any further. Names place and reason, never the content. */
export class FileProblem extends Error {
  override readonly name = 'FileProblem'
  readonly problem: ImportProblem
  constructor(code: ImportProblemCode, line: number | null = null, column: string | null = null) {
    super(code)
    this.problem = { line, column, code }
  }
}

/** One row of the file: cells by our own column names, or what keeps it from being one. */
export type RawRow = {
  readonly line: number
  readonly cells: Readonly<Record<string, unknown>>
  readonly problems: readonly ImportProblem[]
}

/** Values of rows as JSON gives them. Columns and their kinds are those of the data map; a test holds both together. */
import type { KeptRow } from './material.ts'

/** A text; empty where there is none. */
export const text = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''

/** One of the codes that a column may hold. @throws where it holds another */
export const oneOf = <Code extends string>(codes: readonly Code[], value: unknown): Code => {
  const found = codes.find((code) => code === value)
  if (found === undefined) throw new Error(`a column holds a code that is not known: ${text(value)}`)
  return found
}

/** A text, or null. */
export const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** A number, or null. */
export const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** A time in ISO 8601 UTC, or null. */
export const instantOrNull = (value: unknown): string | null =>
  typeof value === 'string' ? new Date(value).toISOString() : null

/** A time in ISO 8601 UTC of a column that is never empty. */
export const instant = (value: unknown): string => instantOrNull(value) ?? new Date(0).toISOString()

/** A row without some of its columns. */
export const without = (row: KeptRow, names: readonly string[]): KeptRow =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))

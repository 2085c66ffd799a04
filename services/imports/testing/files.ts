/** Reading files in tests. */
import type { ImportKind } from '#domain/questions/import-kinds.ts'
import type { StagedFact } from '../import-rows.ts'
import { findPersonAmong } from '../people-refs.ts'
import { readFile } from '../read-rows.ts'

/** Two people of the directory. */
export const anna = '00000000-0000-4000-8000-00000000000a'
/** The other. */
export const bert = '00000000-0000-4000-8000-00000000000b'
const find = findPersonAmong([
  { id: anna, directoryId: 'uid-a', login: 'anna', email: 'Anna@example.org' },
  { id: bert, directoryId: 'uid-b', login: 'bert', email: 'bert@example.org' },
  // The login of one is the directory id of another: a name that fits two people fits nobody.
  { id: '00000000-0000-4000-8000-00000000000c', directoryId: 'twin', login: 'carl', email: 'c@example.org' },
  { id: '00000000-0000-4000-8000-00000000000d', directoryId: 'uid-d', login: 'twin', email: 'd@example.org' },
])

const pieces = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  await Promise.resolve()
}

/** Reads a file in pieces of `size` bytes. */
export const read = async (
  kind: ImportKind,
  content: string | Uint8Array,
  format: 'csv' | 'json' = 'csv',
  size = 7,
  mostRows?: number,
) => {
  const facts: StagedFact[] = []
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const store = (batch: readonly StagedFact[]) => Promise.resolve(void facts.push(...batch))
  const found = await readFile({ kind, format, bytes: pieces(bytes, size) }, find, store, mostRows)
  return { ...found, facts }
}

/** The header of a file of tickets. */
export const head = 'person,ticket_id,category,opened\n'
/** A file of tickets. */
export const tickets = (...lines: string[]): string => head + lines.join('\n')
/** Line, column and code of each fault. */
export const codesOf = async (
  content: string | Uint8Array,
  kind: ImportKind = 'tickets',
  format: 'csv' | 'json' = 'csv',
) => {
  const { problems } = await read(kind, content, format)
  return problems.map(({ line, column, code }) => [line, column, code])
}

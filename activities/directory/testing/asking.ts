/** Tests of every adapter use these to ask for the reason of a missing answer, and for what a sync gave. */
import { randomUUID } from 'node:crypto'
import type { Directory, DirectoryPerson, SyncPart } from '../port.ts'

/** Asks for a person; returns why there was no answer, or `answered`. */
export const problemOf = (directory: Directory, id: string = randomUUID()): Promise<unknown> =>
  directory.find(id).then(
    () => 'answered',
    (error: unknown) => (error as { problem?: string }).problem,
  )

/** A whole sync. @throws where it is not offered, or broke off */
export const partsOf = async (directory: Directory, since: string | null): Promise<readonly SyncPart[]> => {
  const parts = directory.sync({ since })
  if (parts === 'not_offered') throw new Error('it syncs')
  const all: SyncPart[] = []
  for await (const part of parts) all.push(part)
  return all
}

/** Everybody whom a sync gave. */
export const peopleIn = (parts: readonly SyncPart[]): readonly DirectoryPerson[] =>
  parts.flatMap((part) => (part.kind === 'people' ? part.people : []))

/** The cursor from which the next sync continues. */
export const cursorOf = (parts: readonly SyncPart[]): string => {
  const end = parts.at(-1)
  return end?.kind === 'end' ? end.cursor : ''
}

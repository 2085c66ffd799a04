import type { AskedBefore } from '#domain/questions/prepare.ts'
import type { SeedPerson } from '../people.ts'
import type { Device } from './devices.ts'

/** The memory of one person from the rows of earlier cases, kept while the past is played in order. Times in ms since 1970. */
export type PersonMemory = {
  readonly asked: AskedBefore[]
  /** Starts of question sets. */
  readonly sets: number[]
  readonly starts: { readonly at: number; isFailed: boolean }[]
  readonly reports: number[]
  /** Own devices, and how often each was seen in a case that passed. */
  readonly devices: { readonly device: Device; times: number; lastAt: number }[]
  /** Writes to the account, each of which raised its version by one. */
  writes: number
}

/** Gives the memory of a person, the same one each time. */
export const createMemories = (): ((person: SeedPerson) => PersonMemory) => {
  const memories = new Map<string, PersonMemory>()
  return (person) => {
    const known = memories.get(person.id)
    if (known !== undefined) return known
    const fresh: PersonMemory = { asked: [], sets: [], starts: [], reports: [], devices: [], writes: 0 }
    memories.set(person.id, fresh)
    return fresh
  }
}

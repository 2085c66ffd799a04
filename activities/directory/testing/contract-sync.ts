import { describe, expect, it } from 'vitest'
import type { Directory, DirectoryPerson, SyncCursor } from '../port.ts'
import type { DirectoryBench } from './bench.ts'

/** The result of a sync. */
type Synced = {
  readonly people: readonly DirectoryPerson[]
  readonly gone: readonly string[]
  readonly present: readonly string[]
  readonly cursor: SyncCursor
  readonly isWhole: boolean
}

const collect = async (directory: Directory, since: SyncCursor | null): Promise<Synced | 'not_offered'> => {
  const parts = directory.sync({ since })
  if (parts === 'not_offered') return 'not_offered'
  const people: DirectoryPerson[] = []
  const [gone, present]: [string[], string[]] = [[], []]
  for await (const part of parts) {
    if (part.kind === 'people') people.push(...part.people)
    if (part.kind === 'gone') gone.push(...part.ids)
    if (part.kind === 'present') present.push(...part.ids)
    if (part.kind === 'end') return { people, gone, present, cursor: part.cursor, isWhole: part.isWhole }
  }
  throw new Error('the sync did not end')
}

/** The people of those known whom the sync reports as gone. */
const goneOf = (synced: Synced, known: readonly string[]): string[] => {
  const there = new Set([...synced.present, ...synced.people.map(({ directoryId }) => directoryId)])
  return known.filter((id) => synced.gone.includes(id) || (synced.isWhole && !there.has(id)))
}

/** Full and incremental sync. */
export const describeSync = (open: () => DirectoryBench): void => {
  describe('a sync', () => {
    it('gives everybody once, and a cursor for the next sync', async () => {
      const bench = open()
      const accounts = [await bench.newAccount(), await bench.newAccount()]
      const synced = await collect(bench.directory, null)
      if (synced === 'not_offered') {
        expect(bench.directory.offers.has('sync')).toBe(false)
        return
      }
      const ids = synced.people.map(({ directoryId }) => directoryId)
      expect(new Set(ids).size).toBe(ids.length)
      for (const { directoryId } of accounts) expect(ids).toContain(directoryId)
      expect(synced.isWhole).toBe(true)
    })

    it('gives what changed next: new, renamed, deleted and moved away, by immutable id', async () => {
      const bench = open()
      if (bench.people === undefined) {
        expect(bench.directory.sync({ since: null })).toBe('not_offered')
        return
      }
      const [kept, renamed, removed, moved] = [
        await bench.newAccount(),
        await bench.newAccount(),
        await bench.newAccount(),
        await bench.newAccount(),
      ]
      const all = [kept, renamed, removed, moved].map(({ directoryId }) => directoryId)
      const first = await collect(bench.directory, null)
      if (first === 'not_offered') throw new Error('a directory with people syncs')
      const handleBefore = first.people.find((one) => one.directoryId === renamed.directoryId)?.handle
      await bench.people.rename(renamed, 'Newname')
      await bench.people.remove(removed)
      await bench.people.moveAway(moved)
      const added = await bench.newAccount()

      const second = await collect(bench.directory, first.cursor)
      if (second === 'not_offered') throw new Error('a directory that synced once syncs again')
      const changed = new Map(second.people.map((one) => [one.directoryId, one]))
      expect(changed.get(renamed.directoryId)).toMatchObject({ familyName: 'Newname' })
      const isNamedAnew = changed.get(renamed.directoryId)?.handle !== handleBefore
      expect(isNamedAnew).toBe(bench.namesByIds !== true)
      expect(changed.has(added.directoryId)).toBe(true)
      expect(goneOf(second, all).sort()).toEqual([removed.directoryId, moved.directoryId].sort())

      const third = await collect(bench.directory, second.cursor)
      expect(third === 'not_offered' ? null : goneOf(third, [kept.directoryId, renamed.directoryId])).toEqual(
        [],
      )
    })
  })
}

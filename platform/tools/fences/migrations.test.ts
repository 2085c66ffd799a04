import { describe, expect, it } from 'vitest'
import { currentChecksums, differencesOf, frozenChecksums } from '../freeze-migrations.ts'

describe('migrations', () => {
  const { changed, gone, added } = differencesOf(frozenChecksums(), currentChecksums())

  it('that were frozen are never edited or removed: a change is a new one', () => {
    expect({ changed, gone }).toEqual({ changed: [], gone: [] })
  })

  it('that are new are frozen: npm run db:freeze writes them down', () => {
    expect(added).toEqual([])
  })

  it('would be caught: an edited, a removed and a forgotten one', () => {
    const frozen = { '0001-a': '1', '0002-b': '2' }
    expect(differencesOf(frozen, { '0001-a': 'x', '0003-c': '3' })).toEqual({
      changed: ['0001-a'],
      gone: ['0002-b'],
      added: ['0003-c'],
    })
  })
})

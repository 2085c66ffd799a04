import type { Client } from 'ldapts'
import { describe, expect, it } from 'vitest'
import { askOne, is } from './questions.ts'

/** A client that finds so many entries. */
const finding = (count: number): Client =>
  ({
    search: () =>
      Promise.resolve({
        searchEntries: Array.from({ length: count }, (_, index) => ({ dn: `uid=p${index}` })),
        searchReferences: ['ldap://elsewhere.example'],
      }),
  }) as unknown as Client

const question = { base: 'dc=x', filter: is('entryUUID', 'x'), attributes: [] }

describe('N6: one entry', () => {
  it('none is none, also where the server refers to another', async () => {
    expect(await askOne(finding(0), question)).toBeNull()
  })

  it('two under one id are refused', async () => {
    expect(await askOne(finding(1), question)).toEqual({ dn: 'uid=p0' })
    await expect(askOne(finding(2), question)).rejects.toMatchObject({ problem: 'ambiguous' })
  })
})

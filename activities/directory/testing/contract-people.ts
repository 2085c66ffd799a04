import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DirectoryError } from '../directory-error.ts'
import type { DirectoryPerson } from '../port.ts'
import type { DirectoryBench } from './bench.ts'

const found = (answer: readonly DirectoryPerson[] | 'not_offered'): readonly DirectoryPerson[] =>
  answer === 'not_offered' ? [] : answer

/** Search, refresh, privilege and our own rights. */
export const describePeople = (open: () => DirectoryBench): void => {
  describe('looking for people', () => {
    it('finds by a part of the login, and says so where it cannot', async () => {
      const bench = open()
      const { login, directoryId } = await bench.newAccount()
      const answer = await bench.directory.search(login.slice(0, -1), 20)
      if (!bench.directory.offers.has('search')) {
        expect(answer).toBe('not_offered')
        return
      }
      expect(found(answer).map((person) => person.directoryId)).toContain(directoryId)
    })

    it('K2, D9: a joker is a letter like others, and no more come than were asked for', async () => {
      const { directory, newAccount } = open()
      await newAccount()
      await newAccount()
      for (const text of ['***', '*)(objectClass=*', '(((', '\\2a\\2a\\2a'])
        expect(found(await directory.search(text, 20))).toEqual([])
      expect(found(await directory.search('test', 1)).length).toBeLessThanOrEqual(1)
    })

    it('D9: fewer than three characters find nobody', async () => {
      const { directory, newAccount } = open()
      await newAccount()
      for (const text of ['', 't', 'te']) expect(found(await directory.search(text, 20))).toEqual([])
    })
  })

  it('N8: a search ends when its deadline comes', async () => {
    const { directory } = open()
    const asked = directory.search('somebody', 20, AbortSignal.abort())
    if (directory.offers.has('search')) await expect(asked).rejects.toThrow(DirectoryError)
    else expect(await asked).toBe('not_offered')
  })

  describe('a refresh', () => {
    it('gives the person as the directory has them now, and null for one that is not there', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const person = await bench.directory.refresh(account.directoryId)
      if (!bench.directory.offers.has('refresh')) {
        expect(person).toBe('not_offered')
        return
      }
      expect(person).toMatchObject({
        directoryId: account.directoryId,
        login: account.login,
        state: 'active',
      })
      expect(await bench.directory.refresh(randomUUID())).toBeNull()
    })

    it('N8: ends when its deadline comes', async () => {
      const bench = open()
      const { directoryId } = await bench.newAccount()
      const over = AbortSignal.abort()
      const asked = bench.directory.refresh(directoryId, over)
      if (bench.directory.offers.has('refresh')) await expect(asked).rejects.toThrow(DirectoryError)
      else expect(await asked).toBe('not_offered')
    })
  })

  describe('D1, D2: privilege', () => {
    it('is found through a group within a group, and an ordinary account has none', async () => {
      const bench = open()
      const [ordinary, nested] = [await bench.newAccount(), await bench.newAccount()]
      if (!bench.directory.offers.has('privilege')) {
        expect(await bench.directory.privilegeOf(ordinary.directoryId)).toEqual({ kind: 'not_offered' })
        return
      }
      await bench.makePrivileged?.(nested)
      expect(await bench.directory.privilegeOf(ordinary.directoryId)).toEqual({ kind: 'standard' })
      const { kind, ...rest } = await bench.directory.privilegeOf(nested.directoryId)
      expect(kind).toBe('privileged')
      expect('through' in rest ? rest.through.length : 0).toBeGreaterThan(0)
    })

    it('is listed by group for everybody at once, groups within groups too', async () => {
      const bench = open()
      const [ordinary, nested] = [await bench.newAccount(), await bench.newAccount()]
      if (!bench.directory.offers.has('list_privileged')) {
        expect(await bench.directory.listPrivileged()).toBe('not_offered')
        return
      }
      await bench.makePrivileged?.(nested)
      const listed = await bench.directory.listPrivileged()
      expect(listed).toContain(nested.directoryId)
      expect(listed).not.toContain(ordinary.directoryId)
    })

    it('is unknown of an account that is not there', async () => {
      const { directory } = open()
      const expected = directory.offers.has('privilege') ? 'unknown' : 'not_offered'
      expect((await directory.privilegeOf(randomUUID())).kind).toBe(expected)
    })
  })

  it('N1: our own account holds what it needs and no more, and the check names what it holds beyond that', async () => {
    const { directory, tooPowerful } = open()
    if (!directory.offers.has('self_check')) {
      expect(await directory.checkSelf()).toEqual({ kind: 'not_offered' })
      return
    }
    expect(await directory.checkSelf()).toEqual({ kind: 'checked', findings: [] })
    const checked = await tooPowerful?.checkSelf()
    const findings = checked?.kind === 'checked' ? checked.findings : []
    expect(findings.map(({ kind }) => kind)).toContain('excess')
  })
}

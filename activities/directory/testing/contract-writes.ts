import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { goodPassword, plain, writeOf, type DirectoryBench } from './bench.ts'

/** Names that would match others if they were pasted into a question. */
const injected = [
  '*',
  '*)(uid=*',
  '*)(objectClass=*))(|(cn=*',
  '\\2a',
  'CN=Administrator',
  '',
  '\u0000',
  'x'.repeat(4000),
]

/** Passwords that have to arrive as they were typed (N5). */
const unusual = [
  ['emoji', 'Quiet 🌋 harbour 🧭 Nine-9'],
  ['right to left', 'מילה שלמה Harbour-9 כאן'],
  ['combining marks', 'Cafe\u0301 naïve Harbour-99'],
  ['quotes and backslashes', String.raw`"Quiet" \Harbour\ 'Nine' 9`],
  ['64 characters', `Quiet-Harbour-9-${'x'.repeat(48)}`],
] as const

/** Finding, setting and reading back. */
export const describeWrites = (open: () => DirectoryBench): void => {
  describe('finding', () => {
    it('N6: one account by its immutable id, and none by any other', async () => {
      const bench = open()
      const { directoryId } = await bench.newAccount()
      expect(await bench.directory.find(directoryId)).toMatchObject({ directoryId, state: 'active' })
      expect(await bench.directory.find(randomUUID())).toBeNull()
    })

    it('K2: what is no id matches nobody', async () => {
      const bench = open()
      for (const id of injected) expect(await bench.directory.find(id)).toBeNull()
    })
  })

  describe('a new password', () => {
    it('N3, R4: is one write, and signs in instead of the old one', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const [write, password] = [await writeOf(bench, account), goodPassword()]
      expect(await bench.signsIn(account, account.password)).toBe(true)
      expect(await bench.directory.readBack(write)).toEqual({
        kind: 'not_done',
        version: write.expectedVersion,
      })
      expect(await bench.directory.setPassword(write, password, plain)).toEqual({ kind: 'accepted' })
      expect(await bench.passwordWrites(account)).toBe(1)
      expect([
        await bench.signsIn(account, password),
        await bench.signsIn(account, account.password),
      ]).toEqual([true, false])
      const back = await bench.directory.readBack(write)
      expect(back.kind).toBe('done')
      expect(back.version).not.toBe(write.expectedVersion)
    })

    it('N4: that the directory’s own rules refuse writes nothing and repeats nothing', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const write = await writeOf(bench, account)
      const answer = await bench.directory.setPassword(write, 'abc', plain)
      expect(answer.kind).toBe('password_refused')
      expect(JSON.stringify(answer)).not.toContain('abc')
      expect(await bench.passwordWrites(account)).toBe(0)
      expect(await bench.directory.readBack(write)).toMatchObject({ kind: 'not_done' })
      expect(await bench.signsIn(account, account.password)).toBe(true)
    })

    it('R13: that comes too late is not written', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const late = { ...(await writeOf(bench, account)), notAfter: new Date(Date.now() - 1).toISOString() }
      expect(await bench.directory.setPassword(late, goodPassword(), plain)).toEqual({ kind: 'not_written' })
      expect(await bench.passwordWrites(account)).toBe(0)
    })

    it('R4: is not written over a newer write of another party', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const [write, theirs] = [await writeOf(bench, account), goodPassword()]
      await bench.setElsewhere(account, theirs)
      const before = await bench.passwordWrites(account)
      expect(await bench.directory.setPassword(write, goodPassword(), plain)).toEqual({ kind: 'not_written' })
      expect(await bench.passwordWrites(account)).toBe(before)
      expect(await bench.signsIn(account, theirs)).toBe(true)
      expect((await bench.directory.readBack(write)).kind).not.toBe('not_done')
    })

    it('R4: more writes than one since the intent are never called done', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const write = await writeOf(bench, account)
      await bench.setElsewhere(account, goodPassword())
      await bench.setElsewhere(account, goodPassword())
      const { kind } = await bench.directory.readBack(write)
      expect(bench.tellsOneWriteFromTwo ? kind : 'unknown').toBe('unknown')
    })

    it('N2: is never written to a disabled account, and to one that is gone neither', async () => {
      const bench = open()
      const account = await bench.newAccount()
      await bench.disable(account)
      const write = await writeOf(bench, account)
      expect(await bench.directory.find(account.directoryId)).toMatchObject({ state: 'disabled' })
      expect(await bench.directory.setPassword(write, goodPassword(), plain)).toEqual({ kind: 'not_written' })
      expect(await bench.passwordWrites(account)).toBe(0)
      const gone = { ...write, directoryId: randomUUID() }
      expect(await bench.directory.setPassword(gone, goodPassword(), plain)).toEqual({ kind: 'not_written' })
      expect(await bench.directory.readBack(gone)).toEqual({ kind: 'unknown', version: null })
    })

    it.each(unusual)('N5: with %s arrives as it was typed', async (_what, password) => {
      const bench = open()
      const account = await bench.newAccount()
      const answer = await bench.directory.setPassword(await writeOf(bench, account), password, plain)
      expect(answer).toEqual({ kind: 'accepted' })
      expect(await bench.signsIn(account, password)).toBe(true)
    })

    it('comes with the duty to change it, where the directory has one', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const write = await writeOf(bench, account)
      const isOffered = bench.directory.offers.has('must_change')
      expect(await bench.directory.setPassword(write, goodPassword(), { mustChange: true })).toEqual({
        kind: isOffered ? 'accepted' : 'not_offered',
      })
      expect([await bench.mustChange(account), await bench.passwordWrites(account)]).toEqual(
        isOffered ? [true, 1] : [false, 0],
      )
    })
  })
}

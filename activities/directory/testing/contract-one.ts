import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DirectoryError } from '../directory-error.ts'
import type { Directory, Write } from '../port.ts'
import { goodPassword, plain, writeOf, type BenchAccount, type DirectoryBench } from './bench.ts'

const writes: readonly (readonly [string, (on: Directory, write: Write) => Promise<object>])[] = [
  ['a new password', (on, write) => on.setPassword(write, goodPassword(), plain)],
  ['an unlock', (on, write) => on.unlock(write)],
  ['an MFA reset', (on, write) => on.resetMfa(write)],
  ['a lock', (on, write) => on.lockAccount(write)],
]

/** The account as it was: no write counted, its own password good, its state the same. */
const untouched = async (bench: DirectoryBench, account: BenchAccount, state: string): Promise<void> => {
  expect(await bench.passwordWrites(account)).toBe(0)
  expect(await bench.directory.find(account.directoryId)).toMatchObject({ state })
  expect(await bench.signsIn(account, account.password)).toBe(true)
}

const isNoWrite = (answer: object): boolean =>
  'kind' in answer && (answer.kind === 'not_written' || answer.kind === 'not_offered')

/** N6: an immutable id that is not exactly one account is never written. */
export const describeOne = (open: () => DirectoryBench): void => {
  describe('N6: exactly one account of an id', () => {
    it.each(writes)('%s of an id that nobody has is not written, and is said so', async (_what, act) => {
      const bench = open()
      const account = await bench.newAccount()
      const write = { ...(await writeOf(bench, account)), directoryId: randomUUID() }
      expect(isNoWrite(await act(bench.directory, write))).toBe(true)
      await untouched(bench, account, 'active')
    })
  })
}

/** The same directory through a server that gives two for every id. */
export type Doubled = { readonly directory: Directory; close(): Promise<void> | void }

/** N6: as it would be where two accounts had one id; `doubled` is called within the tests. */
export const describeTwo = (open: () => DirectoryBench, doubled: () => Promise<Doubled>): void => {
  describe('N6: an id for which the server gives two accounts', () => {
    it.each(writes)('%s is refused before any write, and is said so', async (_what, act) => {
      const bench = open()
      const account = await bench.newAccount()
      const write = await writeOf(bench, account)
      const twice = await doubled()
      const problemOf = async (asked: Promise<unknown>): Promise<unknown> =>
        asked.then(
          (answer) => answer,
          (error: unknown) => (error instanceof DirectoryError ? error.problem : error),
        )
      const unclear = expect.stringMatching(/^(ambiguous|answer)$/) as unknown
      try {
        expect(await problemOf(twice.directory.find(account.directoryId))).toEqual(unclear)
        const answer = await problemOf(act(twice.directory, write))
        if (typeof answer === 'string') expect(answer).toEqual(unclear)
        else expect(answer).toEqual({ kind: 'not_offered' })
      } finally {
        await twice.close()
      }
      await untouched(bench, account, 'active')
    })
  })
}

import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { goodPassword, plain, writeOf, type DirectoryBench } from './bench.ts'

/** Lockouts, locks, sessions and factors. */
export const describeLocks = (open: () => DirectoryBench): void => {
  const lockedOut = ({ tellsLockouts }: DirectoryBench) => (tellsLockouts === false ? 'active' : 'locked')
  const stateOf = async ({ directory }: DirectoryBench, id: string) => (await directory.find(id))?.state

  describe('an account locked out by wrong passwords', () => {
    it('is seen as locked, and open again after a new password', async () => {
      const bench = open()
      const account = await bench.newAccount()
      await bench.lockOut(account)
      expect(await stateOf(bench, account.directoryId)).toBe(lockedOut(bench))
      expect(await bench.signsIn(account, account.password)).toBe(false)
      const [write, password] = [await writeOf(bench, account), goodPassword()]
      expect(await bench.directory.setPassword(write, password, plain)).toEqual({ kind: 'accepted' })
      const lifted = await bench.directory.clearLockout(account.directoryId, write.operationId)
      expect(lifted).toBe(bench.directory.offers.has('clear_lockout') ? 'done' : 'not_offered')
      expect([await stateOf(bench, account.directoryId), await bench.signsIn(account, password)]).toEqual([
        'active',
        true,
      ])
      expect(await bench.passwordWrites(account)).toBe(1)
    })

    it('is opened without a new password where the directory offers it', async () => {
      const bench = open()
      const account = await bench.newAccount()
      await bench.lockOut(account)
      const isOffered = bench.directory.offers.has('unlock')
      const answer = await bench.directory.unlock(await writeOf(bench, account))
      expect(answer).toEqual({ kind: isOffered ? 'accepted' : 'not_offered' })
      expect([await stateOf(bench, account.directoryId), await bench.passwordWrites(account)]).toEqual([
        isOffered ? 'active' : lockedOut(bench),
        0,
      ])
      expect(await bench.signsIn(account, account.password)).toBe(isOffered)
    })

    it('R13: is not opened too late', async () => {
      const bench = open()
      const account = await bench.newAccount()
      await bench.lockOut(account)
      const late = { ...(await writeOf(bench, account)), notAfter: new Date(Date.now() - 1).toISOString() }
      expect((await bench.directory.unlock(late)).kind).toBe(
        bench.directory.offers.has('unlock') ? 'not_written' : 'not_offered',
      )
      expect(await stateOf(bench, account.directoryId)).toBe(lockedOut(bench))
    })
  })

  describe('B13: a lock under a report', () => {
    it('signs nobody in, is read back, and opens with a new password', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const write = await writeOf(bench, account)
      const isOffered = bench.directory.offers.has('lock_account')
      expect(await bench.directory.lockAccount(write)).toEqual({
        kind: isOffered ? 'accepted' : 'not_offered',
      })
      expect(await bench.signsIn(account, account.password)).toBe(!isOffered)
      expect(await bench.directory.readBack({ ...write, effect: 'lock_account' })).toMatchObject({
        kind: isOffered ? 'done' : 'not_done',
      })
      const [next, password] = [await writeOf(bench, account), goodPassword()]
      expect(await bench.directory.setPassword(next, password, plain)).toEqual({ kind: 'accepted' })
      await bench.directory.clearLockout(account.directoryId, next.operationId)
      expect(await bench.signsIn(account, password)).toBe(true)
    })

    it('that was set after the new password is not lifted with it', async () => {
      const bench = open()
      const account = await bench.newAccount()
      const reset = await writeOf(bench, account)
      await bench.directory.setPassword(reset, goodPassword(), plain)
      const { kind } = await bench.directory.lockAccount(await writeOf(bench, account))
      const lifted = await bench.directory.clearLockout(account.directoryId, reset.operationId)
      if (kind === 'accepted') expect(lifted).not.toBe('done')
      expect(await stateOf(bench, account.directoryId)).toBe(kind === 'accepted' ? 'locked' : 'active')
    })

    it('leaves a disabled account as it is', async () => {
      const bench = open()
      const account = await bench.newAccount()
      await bench.disable(account)
      const { kind } = await bench.directory.lockAccount(await writeOf(bench, account))
      expect(kind).toBe(bench.directory.offers.has('lock_account') ? 'not_written' : 'not_offered')
      expect(await stateOf(bench, account.directoryId)).toBe('disabled')
    })
  })

  it('B14: sessions and factors say what came of them, or that there are none to end', async () => {
    const bench = open()
    const account = await bench.newAccount()
    const { offers } = bench.directory
    expect(await bench.directory.endSessions(account.directoryId)).toBe(
      offers.has('end_sessions') ? 'done' : 'not_offered',
    )
    expect((await bench.directory.resetMfa(await writeOf(bench, account))).kind).toBe(
      offers.has('reset_mfa') ? 'accepted' : 'not_offered',
    )
  })

  it('N6, K2: nobody’s sessions end by what is no id', async () => {
    const { directory } = open()
    if (directory.offers.has('end_sessions'))
      for (const id of ['../../x', '', '*', randomUUID()])
        expect(await directory.endSessions(id)).toBe('failed')
    else expect(await directory.endSessions(randomUUID())).toBe('not_offered')
  })
}

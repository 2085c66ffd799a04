import { setTimeout as rest } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Directory, DirectorySignIn } from '../port.ts'
import type { DirectoryBench } from './bench.ts'

/** All sign-ins of a span. @throws where the log is not read, or reading broke off */
export const signInsOf = async (
  directory: Directory,
  from: Date,
  until: Date,
): Promise<readonly DirectorySignIn[]> => {
  const pages = directory.signIns({ from, until })
  if (pages === 'not_offered') throw new Error('its log is read')
  const all: DirectorySignIn[] = []
  for await (const page of pages) all.push(...page)
  return all
}

/** The log of sign-ins, which is read where the operator says so and nowhere else. */
export const describeSignIns = (open: () => DirectoryBench): void => {
  describe('the log of sign-ins', () => {
    it('is not read unless the operator says so', () => {
      const { directory } = open()
      const now = new Date()
      expect(directory.signIns({ from: now, until: now })).toBe('not_offered')
      expect(directory.offers.has('sign_in_log')).toBe(false)
    })

    it('gives what succeeded, by immutable id with the address, each once, from the first moment up to the last', async () => {
      const bench = open()
      const { log } = bench
      if (log === undefined) return
      expect(log.directory.offers.has('sign_in_log')).toBe(true)
      const [account, other] = [await bench.newAccount(), await bench.newAccount()]
      const from = new Date()
      expect(await bench.signsIn(account, 'wrong')).toBe(false)
      for (const one of [account, other, account]) {
        expect(await bench.signsIn(one, one.password)).toBe(true)
        await rest(5)
      }
      const until = new Date(Date.now() + 1)
      const own = async (first: Date, last: Date) =>
        (await signInsOf(log.directory, first, last)).filter(
          ({ directoryId }) => directoryId === account.directoryId,
        )
      const all = await own(from, until)
      expect(all.map(({ address }) => address)).toEqual([log.address, log.address])
      const times = all.map(({ at }) => Date.parse(at)).sort()
      expect(times[0]).toBeGreaterThanOrEqual(from.getTime())
      expect(times[1]).toBeLessThan(until.getTime())
      // Two spans that meet at a sign-in have it once together.
      const second = new Date(times[1] ?? 0)
      expect([(await own(from, second)).length, (await own(second, until)).length]).toEqual([1, 1])
      expect(await own(new Date(from.getTime() - 60_000), from)).toEqual([])
      expect(await signInsOf(log.directory, from, until)).toHaveLength(3)
    })

    it('N1: that our account may not read is a missing right, and all else goes on', async () => {
      const bench = open()
      const { log } = bench
      if (log === undefined) return
      const checked = await log.withoutRight.checkSelf()
      const findings = checked.kind === 'checked' ? checked.findings : []
      expect(findings.filter(({ kind }) => kind === 'missing')).toHaveLength(1)
      const now = new Date()
      await expect(signInsOf(log.withoutRight, new Date(now.getTime() - 1_000), now)).rejects.toThrow()
      const account = await bench.newAccount()
      expect(await log.withoutRight.find(account.directoryId)).not.toBeNull()
    })
  })
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createBreaker } from './breaker.ts'
import { completeDirectory, type Adapter } from './complete.ts'
import { DirectoryError } from './directory-error.ts'
import { withLimits, directoryLimits, type DirectoryLimits } from './limits.ts'

const never = (): Promise<never> => new Promise(() => undefined)
const gone = (): Promise<never> => Promise.reject(new DirectoryError('unreachable'))

const directoryOf = (given: Partial<Adapter>) =>
  completeDirectory({
    canForceChange: true,
    find: () => Promise.resolve(null),
    setPassword: () => Promise.resolve({ kind: 'accepted' }),
    readBack: () => Promise.resolve({ kind: 'done', version: '2' }),
    ...given,
  })

const fast = (change: Partial<DirectoryLimits> = {}): DirectoryLimits => ({
  ...directoryLimits,
  operationMs: 40,
  writeEveryMs: 0,
  ...change,
})

const write = (inMs = 60_000) => ({
  directoryId: 'a',
  operationId: 'o',
  expectedVersion: '1',
  notAfter: new Date(Date.now() + inMs).toISOString(),
})

describe('N8: every adapter', () => {
  it('a question and a write that are not answered end by their time, and a sync by that of one part', async () => {
    const silent = withLimits(
      directoryOf({
        find: never,
        setPassword: never,
        sync: () => ({ [Symbol.asyncIterator]: () => ({ next: never }) }),
      }),
      fast({ failures: 100 }),
    ).directory
    await expect(silent.find('a')).rejects.toMatchObject({ problem: 'unreachable' })
    await expect(silent.setPassword(write(), 'x', { mustChange: false })).rejects.toMatchObject({
      problem: 'unreachable',
    })
    const parts = silent.sync({ since: null })
    if (parts === 'not_offered') throw new Error('it syncs')
    await expect(parts[Symbol.asyncIterator]().next()).rejects.toMatchObject({ problem: 'unreachable' })
  })

  it('what is not offered stays so, and what is offered is passed on', async () => {
    const { directory } = withLimits(directoryOf({}), fast())
    expect(directory.sync({ since: null })).toBe('not_offered')
    expect(await directory.search('abc', 1)).toBe('not_offered')
    expect(await directory.privilegeOf('a')).toEqual({ kind: 'not_offered' })
    expect([...directory.offers]).toEqual(['must_change'])
    expect(await directory.setPassword(write(), 'x', { mustChange: true })).toEqual({ kind: 'accepted' })
  })

  it('writes keep their distance, and one whose time would be over is not begun', async () => {
    const at: number[] = []
    const { directory } = withLimits(
      directoryOf({
        setPassword: () => {
          at.push(performance.now())
          return Promise.resolve({ kind: 'accepted' })
        },
      }),
      fast({ writeEveryMs: 30, operationMs: 5_000 }),
    )
    const set = (inMs?: number) => directory.setPassword(write(inMs), 'x', { mustChange: false })
    await Promise.all([set(), set(), set()])
    expect(at).toHaveLength(3)
    expect((at[2] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(55)
    expect(await set(900)).toEqual({ kind: 'not_written' })
    expect(at).toHaveLength(3)
  })
})

describe('N8: a directory that does not answer', () => {
  it('is left alone after five failures in a row, probed by one question, and asked as ever once it answers', async () => {
    let now = 0
    let isThere = false
    let asked = 0
    const { directory, state } = withLimits(
      directoryOf({
        find: () => {
          asked += 1
          return isThere ? Promise.resolve(null) : gone()
        },
      }),
      fast({ now: () => now }),
    )
    for (let tries = 0; tries < 8; tries += 1)
      await expect(directory.find('a')).rejects.toBeInstanceOf(DirectoryError)
    expect([asked, state()]).toEqual([5, 'open'])
    now += 15_000
    expect(state()).toBe('half_open')
    const probes = await Promise.allSettled([directory.find('a'), directory.find('a'), directory.find('a')])
    expect(probes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect([asked, state()]).toEqual([6, 'open'])
    now += 15_000
    isThere = true
    expect(await directory.find('a')).toBeNull()
    expect(state()).toBe('closed')
  })

  it('an answer that refuses is an answer', async () => {
    const { directory, state } = withLimits(
      directoryOf({ find: () => Promise.reject(new DirectoryError('rights')) }),
      fast(),
    )
    for (let tries = 0; tries < 8; tries += 1) await expect(directory.find('a')).rejects.toThrow()
    expect(state()).toBe('closed')
  })

  it('for any order of answers and waits: never more than the allowed failures in a row reach it without a rest', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), works: fc.boolean() }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 40 }) }),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        async (steps, failures) => {
          let now = 0
          const breaker = createBreaker({ failures, restMs: 20, now: () => now })
          let inARow = 0
          let lastFailureAt = -Infinity
          for (const one of steps) {
            if (one.kind === 'wait') {
              now += one.ms
              continue
            }
            let reached = false
            await breaker
              .ask(() => {
                reached = true
                return one.works ? Promise.resolve(1) : gone()
              })
              .catch(() => undefined)
            const mustRest = inARow >= failures && now - lastFailureAt < 20
            expect(reached).toBe(!mustRest)
            if (!reached) continue
            inARow = one.works ? 0 : inARow + 1
            if (!one.works) lastFailureAt = now
          }
        },
      ),
    )
  })
})

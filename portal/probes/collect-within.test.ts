import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProbeReport } from '#domain/risk/probe.ts'
import { collectWithin, type Collector } from './collect-within.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const loadOf = (collect: Collector['collect']) => () => Promise.resolve({ collect })
const never = <T>() => new Promise<T>(() => undefined)

describe('the collector', () => {
  it('is asked with the step’s nonce, and its report is what comes back', async () => {
    const collect = vi.fn(() => Promise.resolve({ nonce: 'n1' } as ProbeReport))
    expect(await collectWithin('n1', loadOf(collect))).toEqual({ nonce: 'n1' })
    expect(collect).toHaveBeenCalledExactlyOnceWith('n1')
  })

  it('comes to nothing when it fails or cannot be loaded', async () => {
    expect(
      await collectWithin(
        'n1',
        loadOf(() => Promise.reject(new Error('no'))),
      ),
    ).toBeNull()
    expect(await collectWithin('n1', () => Promise.reject(new TypeError('no network')))).toBeNull()
  })

  it.each([
    ['hangs', loadOf(() => never())],
    ['takes for ever to load', () => never<Collector>()],
  ])('comes to nothing after ten seconds, and not before, when it %s', async (_, load) => {
    const settled = vi.fn()
    void collectWithin('n1', load).then(settled)
    await vi.advanceTimersByTimeAsync(9900)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    expect(settled).toHaveBeenCalledExactlyOnceWith(null)
  })
})

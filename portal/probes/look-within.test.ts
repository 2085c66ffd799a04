import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ProbeReport } from '#domain/risk/probe.ts'
import { lookWithin } from './look-within.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => void vi.useRealTimers())

const report = { nonce: 'n1' } as ProbeReport

describe('the collector', () => {
  it('is asked with the step’s nonce, and its report is what comes back', async () => {
    const collect = vi.fn(() => Promise.resolve(report))
    expect(await lookWithin('n1', collect).inTime).toEqual({ nonce: 'n1' })
    expect(collect).toHaveBeenCalledExactlyOnceWith('n1')
  })

  it('comes to nothing when it fails', async () => {
    const { inTime, whole } = lookWithin('n1', () => Promise.reject(new Error('no')))
    expect([await inTime, await whole]).toEqual([null, null])
  })

  it('comes to nothing after ten seconds, and not before; what comes later is not lost', async () => {
    const settled = vi.fn()
    let finish: (report: ProbeReport) => void = () => undefined
    const { inTime, whole } = lookWithin('n1', () => new Promise((resolve) => (finish = resolve)))
    void inTime.then(settled)
    await vi.advanceTimersByTimeAsync(9900)
    expect(settled).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    expect(settled).toHaveBeenCalledExactlyOnceWith(null)
    finish(report)
    expect(await whole).toEqual({ nonce: 'n1' })
  })
})

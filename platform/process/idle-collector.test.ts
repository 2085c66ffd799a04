import { afterEach, describe, expect, it, vi } from 'vitest'
import { createCpuShare, startIdleCollector, type IdleCollectorDeps } from './idle-collector.ts'

const megabyte = 1024 * 1024
let used = 60 * megabyte
let share = 0
let collections = 0
let collector: ReturnType<typeof startIdleCollector> | undefined
const start = (deps: Partial<IdleCollectorDeps> = {}) => {
  collector = startIdleCollector({
    collect: () => {
      collections += 1
      used = 40 * megabyte
      return Promise.resolve()
    },
    usedBytes: () => used,
    cpuShare: () => share,
    everyMs: 60_000,
    ...deps,
  })
  return collector
}

afterEach(() => {
  collector?.stop()
  ;[used, share, collections] = [60 * megabyte, 0, 0]
})

describe('the idle collector', () => {
  it('collects what a start left once there was no work for two looks in a row', async () => {
    const { look } = start()
    for (const next of [0.9, 0.03, 0.3, 0.03]) {
      share = next
      await look()
    }
    expect(collections).toBe(0)
    await look()
    expect(collections).toBe(1)
  })

  it('does not collect again until there is something to gain', async () => {
    const { look } = start()
    await look()
    await look()
    used = 47 * megabyte
    await look()
    expect(collections).toBe(1)
    used = 48 * megabyte
    await look()
    expect(collections).toBe(2)
  })

  it('looks by itself until it is stopped', async () => {
    vi.useFakeTimers()
    try {
      const { stop } = start({ everyMs: 1_000 })
      await vi.advanceTimersByTimeAsync(2_000)
      expect(collections).toBe(1)
      stop()
      used = 90 * megabyte
      await vi.advanceTimersByTimeAsync(10_000)
      expect(collections).toBe(1)
    } finally {
      vi.useRealTimers()
    }
  })

  it('counts the processor time of an interval against its length', () => {
    let [now, user, system] = [1_000, 500_000, 100_000]
    const ask = createCpuShare(
      () => now,
      () => ({ user, system }),
    )
    ;[now, user, system] = [11_000, 900_000, 200_000]
    expect(ask()).toBeCloseTo(0.05)
    ;[now, user] = [21_000, 8_900_000]
    expect(ask()).toBeCloseTo(0.8)
    now = 31_000
    expect(ask()).toBe(0)
  })

  it('frees objects that nobody holds, in this process', async () => {
    let freed = false
    const registry = new FinalizationRegistry(() => {
      freed = true
    })
    const dropped = (): void => {
      registry.register({ text: 'x'.repeat(1_000) }, 0)
    }
    dropped()
    collector = startIdleCollector({ usedBytes: () => used, cpuShare: () => 0, everyMs: 60_000 })
    await collector.look()
    await collector.look()
    await expect.poll(() => freed).toBe(true)
  })
})

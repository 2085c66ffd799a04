import { createRoot } from 'solid-js'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { useFollowing } from './Behind.tsx'

const secondMs = 1000
const hourMs = 3600 * secondMs

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T09:00:00Z') })
})

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString()

/** Follows figures as a reader does who leaves the page open; counts how often they are asked for again. */
const follow = (asOf: string | null) => {
  const figures = { asOf }
  const again = vi.fn()
  const leave = createRoot((dispose) => {
    useFollowing(() => figures, again)
    return dispose
  })
  return { figures, again, leave }
}

describe('figures that are behind', () => {
  it('are asked for ever more seldom while they do not move, at most once a minute in the end', () => {
    const { again } = follow(ago(hourMs))
    const asked: number[] = []
    for (let second = 1; second <= 300; second += 1) {
      vi.advanceTimersByTime(secondMs)
      if (again.mock.calls.length > asked.length) asked.push(second)
    }
    expect(asked).toEqual([3, 6, 12, 24, 48, 96, 156, 216, 276])
    again.mockClear()
    vi.advanceTimersByTime(hourMs)
    expect(again).toHaveBeenCalledTimes(60)
  })

  it('are asked for every three seconds as long as they catch up', () => {
    const { figures, again } = follow(null)
    again.mockImplementation(() => {
      figures.asOf = ago(hourMs)
    })
    vi.advanceTimersByTime(30 * secondMs)
    expect(again).toHaveBeenCalledTimes(10)
  })

  it('are asked for quickly again after a stop, not once they are up to date, and not after the page is left', () => {
    const { figures, again, leave } = follow(ago(hourMs))
    vi.advanceTimersByTime(hourMs)
    figures.asOf = ago(0)
    again.mockClear()
    vi.advanceTimersByTime(120 * secondMs)
    expect(again).not.toHaveBeenCalled()
    figures.asOf = ago(hourMs)
    vi.advanceTimersByTime(6 * secondMs)
    expect(again).toHaveBeenCalledTimes(2)
    leave()
    vi.advanceTimersByTime(hourMs)
    expect(again).toHaveBeenCalledTimes(2)
  })
})

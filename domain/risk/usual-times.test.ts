import { describe, expect, it } from 'vitest'
import { timeLimits } from './usual-times.ts'

const rounded = (usual: Parameters<typeof timeLimits>[0]) => {
  const { fast, slow } = timeLimits(usual)
  return [Math.round(fast * 10) / 10, Math.round(slow)]
}

describe('limits of the time of an answer', () => {
  it.each([
    ['too few people: fixed ones', undefined, [0.8, 75]],
    ['an ordinary family', { low: 6, high: 20 }, [2, 57]],
    ['a family that needs a thought', { low: 8, high: 35 }, [2, 120]],
    ['a quick family', { low: 2, high: 6 }, [0.8, 30]],
    ['quick, and all alike', { low: 1.5, high: 1.5 }, [1.5, 30]],
    ['times that cannot be', { low: 0, high: 20 }, [0.8, 75]],
    ['ends that are swapped', { low: 20, high: 10 }, [2, 30]],
  ])('%s', (_name, usual, expected) => {
    expect(rounded(usual)).toEqual(expected)
  })

  it('stay within bounds, whatever slow or quick cases an attacker feeds them', () => {
    expect(rounded({ low: 200, high: 600 })).toEqual([2, 120])
    expect(rounded({ low: 1, high: 600 })).toEqual([0.8, 120])
    expect(rounded({ low: 0.1, high: 0.2 })).toEqual([0.8, 30])
  })
})

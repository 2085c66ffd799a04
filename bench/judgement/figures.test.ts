import { describe, expect, it } from 'vitest'
import { areaOf, caughtAt, curveOf } from './figures.ts'

describe('the figures of the judgement', () => {
  it('count a tie as half, and say how sure they are', () => {
    expect(areaOf([1, 2], [3, 4])).toEqual({ auc: 1, from: 1, to: 1 })
    expect(areaOf([1, 2, 3], [1, 2, 3]).auc).toBe(0.5)
    const few = areaOf([1, 2, 3, 9], [2, 5, 7, 8])
    expect(few.auc).toBe(0.656)
    expect(few.to - few.from).toBeGreaterThan(0.3)
  })

  it('find the threshold that asks at most so many genuine people for more', () => {
    const genuine = Array.from({ length: 100 }, (_, n) => n / 10)
    const curve = curveOf(genuine, [9.95, 9.5, 9.2, 1])
    expect(curve[0]).toEqual({ genuine: 0, attackers: 0 })
    expect(curve.at(-1)).toEqual({ genuine: 1, attackers: 1 })
    expect(caughtAt(curve, 0.01)).toBe(25)
    expect(caughtAt(curve, 0.05)).toBe(50)
    expect(caughtAt(curve, 1)).toBe(100)
  })
})

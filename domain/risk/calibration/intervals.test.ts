import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateOf, ratioOf } from './intervals.ts'

const counts = fc
  .integer({ min: 1, max: 5000 })
  .chain((of) => fc.record({ of: fc.constant(of), hits: fc.integer({ min: 0, max: of }) }))

describe('Wilson’s interval', () => {
  it('is what a table of it says', () => {
    // By hand for 10 of 100: middle (0.1 + 0.019207) / 1.038415, half 1.96·√(0.0009 + 0.000096) / 1.038415.
    const { share, lo, hi } = rateOf(10, 100)
    expect([share, lo?.toFixed(4), hi?.toFixed(4)]).toEqual([0.1, '0.0552', '0.1744'])
    expect(rateOf(0, 20).hi?.toFixed(4)).toBe('0.1611')
    expect(rateOf(0, 0)).toEqual({ hits: 0, of: 0, share: null, lo: null, hi: null })
  })

  it('holds the share, stays within 0 and 1, and narrows with more of the same', () => {
    fc.assert(
      fc.property(counts, ({ hits, of }) => {
        const [few, more] = [rateOf(hits, of), rateOf(hits * 4, of * 4)]
        const [lo, share, hi] = [few.lo ?? NaN, few.share ?? NaN, few.hi ?? NaN]
        expect(lo).toBeLessThanOrEqual(share + 1e-12)
        expect(hi).toBeGreaterThanOrEqual(share - 1e-12)
        expect(lo).toBeGreaterThanOrEqual(0)
        expect(hi).toBeLessThanOrEqual(1)
        expect((more.hi ?? NaN) - (more.lo ?? NaN)).toBeLessThan(hi - lo)
      }),
    )
  })
})

describe('the ratio of two shares', () => {
  it('is their quotient, within an interval that turns round when the shares do', () => {
    const ratio = ratioOf(rateOf(40, 200), rateOf(100, 1000))
    expect(ratio.value).toBeCloseTo(2, 1)
    // By hand: exp(ln 2.01 ± 1.96·√(1/40.5 − 1/200.5 + 1/100.5 − 1/1000.5)).
    expect([ratio.lo.toFixed(2), ratio.hi.toFixed(2)]).toEqual(['1.44', '2.80'])
    const turned = ratioOf(rateOf(100, 1000), rateOf(40, 200))
    expect(turned.value).toBeCloseTo(1 / ratio.value, 9)
    expect(turned.hi).toBeCloseTo(1 / ratio.lo, 9)
  })

  it('says something where nobody was hit', () => {
    const { value, lo, hi } = ratioOf(rateOf(0, 50), rateOf(0, 50))
    expect(value).toBeCloseTo(1, 9)
    expect([lo < 0.1, hi > 10]).toEqual([true, true])
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clip, defaultRates, isEnough, measuredWeight, mostMoved, nextWeight } from './weights.ts'

const weights = fc.integer({ min: -150, max: 150 }).map((tenths) => tenths / 10)
const side = fc
  .integer({ min: 0, max: 5000 })
  .chain((looked) => fc.record({ looked: fc.constant(looked), hits: fc.integer({ min: 0, max: looked }) }))
const none = { genuine: 0, fraud: 0 }

describe('measured weights', () => {
  it('are what the formula gives by hand', () => {
    // Default −6: rates 0.3·10^−0.6 = 0.0754 and 0.3. Genuine (30 + 20·0.0754)/(1000 + 20) = 0.03089,
    // impostors (40 + 20·0.3)/(80 + 20) = 0.46: 10·log10(0.03089/0.46) = −11.73.
    const { value, lo, hi } = measuredWeight({ genuine: 30, fraud: 40 }, { genuine: 1000, fraud: 80 }, -6)
    expect(value.toFixed(2)).toBe('-11.73')
    // ± 10·1.96/ln 10·√(0.96911/(0.03089·1020) + 0.54/(0.46·100)) = ± 1.75
    expect([(value - lo).toFixed(2), (hi - value).toFixed(2)]).toEqual(['1.75', '1.75'])
    // Credit, default +12: rates 0.3 and 0.0189. (400 + 6)/1020 = 0.398, (2 + 0.3785)/100 = 0.02379: +12.24.
    expect(
      measuredWeight({ genuine: 400, fraud: 2 }, { genuine: 1000, fraud: 80 }, 12).value.toFixed(2),
    ).toBe('12.24')
  })

  it('are the default weight where nothing was counted', () => {
    fc.assert(
      fc.property(weights, (weight) => {
        expect(measuredWeight(none, none, weight).value).toBeCloseTo(weight, 9)
        const { genuine, fraud } = defaultRates(weight)
        expect(10 * Math.log10(genuine / fraud)).toBeCloseTo(weight, 9)
      }),
    )
  })

  it('fall with each hit on an impostor, rise with each on a genuine participant, and lie in their interval', () => {
    fc.assert(
      fc.property(side, side, weights, (genuine, fraud, weight) => {
        const looked = { genuine: genuine.looked + 1, fraud: fraud.looked + 1 }
        const at = (g: number, f: number) => measuredWeight({ genuine: g, fraud: f }, looked, weight)
        const { value, lo, hi } = at(genuine.hits, fraud.hits)
        expect(at(genuine.hits, fraud.hits + 1).value).toBeLessThan(value)
        expect(at(genuine.hits + 1, fraud.hits).value).toBeGreaterThan(value)
        expect(lo).toBeLessThanOrEqual(value)
        expect(hi).toBeGreaterThanOrEqual(value)
      }),
    )
  })

  it('need enough cases on both sides, and hits', () => {
    const looked = { genuine: 100, fraud: 20 }
    expect(isEnough({ genuine: 3, fraud: 2 }, looked)).toBe(true)
    expect(isEnough({ genuine: 3, fraud: 1 }, looked)).toBe(false)
    expect(isEnough({ genuine: 30, fraud: 20 }, { ...looked, genuine: 99 })).toBe(false)
    expect(isEnough({ genuine: 30, fraud: 19 }, { ...looked, fraud: 19 })).toBe(false)
  })
})

describe('the next weight', () => {
  it('moves at most 3 dB, within ±15, and never changes sides', () => {
    expect(nextWeight(-6, -11.73, -6)).toBe(-9)
    expect(nextWeight(-13, -40, -14)).toBe(-15)
    expect(nextWeight(-2, 4, -2)).toBe(0)
    expect(nextWeight(4, -7, 6)).toBe(1)
    expect(nextWeight(2, -7, 6)).toBe(0)
    expect(nextWeight(12, 11.04, 12)).toBe(11)
    fc.assert(
      fc.property(
        weights,
        fc.double({ min: -60, max: 60, noNaN: true }),
        weights,
        (current, measured, own) => {
          const next = nextWeight(current, measured, own)
          expect(Math.abs(next - current)).toBeLessThanOrEqual(mostMoved + 0.05 + 1e-9)
          expect(Math.round(next * 10)).toBeCloseTo(next * 10, 9)
          if (own > 0 && current >= 0) expect(next).toBeGreaterThanOrEqual(0)
          if (own <= 0 && current <= 0) expect(next).toBeLessThanOrEqual(0)
          expect(Math.abs(next)).toBeLessThanOrEqual(clip)
        },
      ),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { riskOf } from '../score.ts'
import { many } from '../testing/calibration.ts'
import { measuredCurve, reliabilityOf, type Judged } from './reliability.ts'

const genuine = (r: number, e = 10): Judged => ({ e, r, isFraud: false })
const fraud = (r: number, e = -10): Judged => ({ e, r, isFraud: true })

const judgedCases = fc.array(
  fc
    .record({ e: fc.integer({ min: -40, max: 40 }), isFraud: fc.boolean() })
    .map((one) => ({ ...one, r: riskOf(one.e) })),
  { minLength: 1, maxLength: 400 },
)

describe('the reliability diagram', () => {
  it('counts each case in its bin, and weighs both sides alike', () => {
    // 90 genuine and 10 impostors in all; in the bin of 5: 9 and 5, balanced (5/10)/(5/10 + 9/90) = 0.833.
    const { bins, brier } = reliabilityOf([
      ...many(81, () => genuine(1)),
      ...many(9, () => genuine(5.4)),
      ...many(5, () => fraud(5.6)),
      ...many(5, () => fraud(10)),
    ])
    expect(bins.map(({ genuine: g, fraud: f }) => g + f)).toEqual([0, 81, 0, 0, 0, 14, 0, 0, 0, 5])
    expect(bins[5]?.observed?.value.toFixed(3)).toBe('0.833')
    expect(bins[5]?.predicted?.toFixed(4)).toBe('0.5471')
    expect(bins[0]).toMatchObject({ from: 0, to: 1, predicted: null, observed: null })
    // (81·0.01 + 9·0.2916)/90 = 0.03816 and (5·0.1936 + 0)/10 = 0.0968: their mean.
    expect(brier?.toFixed(4)).toBe('0.0675')
  })

  it('has no observed share and no Brier score while one side is missing', () => {
    for (const cases of [[genuine(3)], [fraud(8)], []]) {
      const { bins, brier } = reliabilityOf(cases)
      expect(brier).toBe(null)
      expect(bins.every(({ observed }) => observed === null)).toBe(true)
    }
  })

  it('keeps every case, and every observed share within its interval', () => {
    fc.assert(
      fc.property(judgedCases, (cases) => {
        const { bins, brier } = reliabilityOf(cases)
        expect(bins.reduce((sum, bin) => sum + bin.genuine + bin.fraud, 0)).toBe(cases.length)
        for (const { observed } of bins) {
          if (observed === null) continue
          expect(observed.lo).toBeLessThanOrEqual(observed.value + 1e-12)
          expect(observed.hi).toBeGreaterThanOrEqual(observed.value - 1e-12)
        }
        if (brier !== null) expect(brier).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('the measured curve', () => {
  it('waits for 200 labelled cases with 20 impostors among them', () => {
    expect(measuredCurve([...many(179, () => genuine(2)), ...many(20, () => fraud(8))])).toBe(null)
    expect(measuredCurve([...many(181, () => genuine(2)), ...many(19, () => fraud(8))])).toBe(null)
    expect(measuredCurve(many(200, () => fraud(8)))).toBe(null)
    expect(measuredCurve([...many(180, () => genuine(2)), ...many(20, () => fraud(8))])).toEqual([
      { from: -10, to: -10, cases: 20, r: 10 },
      { from: 10, to: 10, cases: 180, r: 0 },
    ])
  })

  it('joins what is out of order', () => {
    // At −10 dB 10 impostors and 90 genuine: balanced 0.5/(0.5 + 0.5) = 0.5. At 0 dB 10 and 90 as well, so both are one.
    const cases = [-10, 0].flatMap((e) => [...many(90, () => genuine(5, e)), ...many(10, () => fraud(5, e))])
    expect(measuredCurve(cases)).toEqual([{ from: -10, to: 0, cases: 200, r: 5 }])
  })

  it('never rises with evidence, covers every case once, and is the same in any order', () => {
    const enough = judgedCases.map((cases) => [
      ...cases,
      ...many(200, (index) => genuine(3, index % 40)),
      ...many(20, (index) => fraud(7, 0 - index)),
    ])
    fc.assert(
      fc.property(enough, (cases) => {
        const curve = measuredCurve(cases) ?? []
        expect(curve.reduce((sum, step) => sum + step.cases, 0)).toBe(cases.length)
        curve.forEach((step, index) => {
          const before = curve[index - 1]
          if (before === undefined) return
          expect(step.r).toBeLessThanOrEqual(before.r)
          expect(step.from).toBeGreaterThan(before.to)
        })
        expect(measuredCurve([...cases].reverse())?.map(({ from, r }) => [from, r])).toEqual(
          curve.map(({ from, r }) => [from, r]),
        )
      }),
      { numRuns: 60 },
    )
  })
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CheckResult } from './check.ts'
import { score } from './score.ts'
import { defaultScorePolicy } from './settings.ts'
import { say } from './text.ts'

/**
 * Expected numbers come from `testing/golden/reference.py`: a second implementation of the score, written from its
 * text, in another language, with exact arithmetic. It is run by hand; its output is checked in.
 */
const file = new URL('./testing/golden/cases.jsonl', import.meta.url)

type Row = [
  code: CheckResult['code'],
  category: CheckResult['category'],
  group: string,
  mode: CheckResult['mode'],
  status: CheckResult['status'],
  weight: number,
  maxWeight: number,
  quality: number,
  floor: number | null,
  evidenceClass: 'possession' | null,
]

type Golden = {
  readonly name: string
  readonly results: readonly Row[]
  readonly expected: {
    readonly e: number
    readonly categories: Readonly<Record<string, number>>
    readonly r: number
    readonly rDecide: number
    readonly band: string
    readonly bandDecide: string
    readonly floors: readonly number[]
  }
}

const cases = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Golden)

const resultOf = (row: Row): CheckResult => {
  const [code, category, group, mode, status, weight, maxWeight, quality, floor, evidenceClass] = row
  return {
    ...{ code, category, group, mode, status, weight, maxWeight, quality },
    ...{ ruleVersion: 1, applied: 0, evidence: [], text: say('client_ip.pass', { hops: 0 }) },
    ...(floor !== null && { floor: { value: floor, expiresAt: '2027-01-01T00:00:00.000Z' } }),
    ...(evidenceClass !== null && { evidenceClass }),
    source: { name: 'golden', version: '1', asOf: '2026-11-25' },
  }
}

describe('the score beside its reference', () => {
  it('has 200 drawn cases and the nine worked examples, which reach every rule', () => {
    expect(cases).toHaveLength(209)
    const floors = new Set(cases.flatMap(({ expected }) => expected.floors))
    expect([...floors].sort()).toEqual([3.5, 5, 7.5, 8, 8.5, 9, 9.5])
    expect(new Set(cases.map(({ expected }) => expected.band)).size).toBe(4)
    expect(cases.filter(({ expected }) => expected.r !== expected.rDecide).length).toBeGreaterThan(30)
  })

  it.each(cases)(
    '$name: R, R_decide, bands, floors and every category to the hundredth',
    ({ results, expected }) => {
      const risk = score(results.map(resultOf), defaultScorePolicy)
      expect({
        e: risk.e,
        categories: Object.fromEntries(risk.categories.map(({ category, e }) => [category, e])),
        r: risk.r,
        rDecide: risk.rDecide,
        band: risk.band,
        bandDecide: risk.bandDecide,
        floors: risk.floors.map(({ value }) => value),
      }).toEqual(expected)
    },
  )
})

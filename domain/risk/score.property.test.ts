import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckCategory, CheckResult } from './check.ts'
import { makeUpOf } from './groups.ts'
import { score } from './score.ts'
import type { RiskScore } from './score.ts'
import { defaultCaps, defaultScorePolicy } from './settings.ts'
import { say } from './text.ts'

const runs = { numRuns: 300 }
const prefixes = {
  network: 'NET',
  endpoint: 'END',
  persona: 'PER',
  challenge: 'CHA',
  possession: 'POS',
} as const
const categories: readonly CheckCategory[] = ['network', 'endpoint', 'persona', 'challenge', 'possession']

const measure = (results: readonly CheckResult[]): RiskScore => score(results, defaultScorePolicy)

function result(changes: Partial<CheckResult> & { category: CheckCategory; name: string }): CheckResult {
  const { name, ...rest } = changes
  return {
    code: `${prefixes[changes.category]}_${name}`,
    ruleVersion: 1,
    group: 'g0',
    mode: 'live',
    status: 'pass',
    weight: 0,
    maxWeight: 15,
    quality: 1,
    applied: 0,
    evidence: [],
    text: say('client_ip.pass', { hops: 0 }),
    source: { name: 'test', version: '1', asOf: '2026-11-24' },
    ...rest,
  }
}

const weight = fc.integer({ min: -1500, max: 1500 }).map((hundredths) => hundredths / 100)

/** Any result: live or shadow, with or without floor, evidence class and data. */
const anyResult = fc
  .record({
    category: fc.constantFrom(...categories),
    number: fc.integer({ min: 0, max: 60 }),
    group: fc.constantFrom('g0', 'g1', 'g2', 'auto'),
    mode: fc.constantFrom<'live' | 'shadow'>('live', 'live', 'live', 'shadow'),
    status: fc.constantFrom<CheckResult['status']>(
      'pass',
      'flag',
      'unknown',
      'not_applicable',
      'error',
      'info',
    ),
    weight,
    quality: fc.constantFrom(1, 1, 0.5, 0.37, 0),
    floor: fc.option(fc.integer({ min: 30, max: 95 }), { freq: 20 }),
    hasClass: fc.boolean(),
  })
  .map(({ number, weight: db, floor, hasClass, ...rest }) => {
    const isSilent = rest.status !== 'pass' && rest.status !== 'flag'
    return result({
      ...rest,
      name: `T${String(number)}`,
      weight: isSilent ? 0 : db,
      ...(floor !== null && { floor: { value: floor / 10, expiresAt: '2026-12-01T00:00:00.000Z' } }),
      ...(hasClass && rest.category === 'possession' && { evidenceClass: 'possession' as const }),
    })
  })
const anyResults = fc.array(anyResult, { maxLength: 40 })

/** The same check finds `db` instead of nothing, so that coverage is the same on both sides. */
const hit = (db: number, category: CheckCategory, group: string): [CheckResult, CheckResult] => [
  result({ category, group, name: 'ADDED' }),
  result({ category, group, name: 'ADDED', weight: db, status: db < 0 ? 'flag' : 'pass' }),
]

/** Sets of answers; each is its own group, as the answer check makes them. */
const answers = fc
  .array(fc.integer({ min: -11, max: 9 }), { maxLength: 6 })
  .map((points) =>
    points.map((db, i) =>
      result({ category: 'challenge', name: 'ANSWER', group: `answer:Q${String(i)}`, weight: db }),
    ),
  )

describe('properties of the score', () => {
  it('stays within 0.0 and 10.0, one decimal', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const { r, rDecide } = measure(results)
        for (const value of [r, rDecide]) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(10)
          expect(Math.round(value * 10) / 10).toBe(value)
        }
      }),
      runs,
    )
  })

  it('does not depend on the order of results', () => {
    const withOrder = anyResults.chain((results) =>
      fc.tuple(fc.constant(results), fc.shuffledSubarray(results, { minLength: results.length })),
    )
    fc.assert(
      fc.property(withOrder, ([results, shuffled]) => {
        const [a, b] = [measure(results), measure(shuffled)]
        expect([b.e, b.r, b.rDecide, b.categories]).toEqual([a.e, a.r, a.rDecide, a.categories])
      }),
      runs,
    )
  })

  it('never falls by a hit against and never rises by one for the participant', () => {
    const place = fc.tuple(weight, fc.constantFrom(...categories), fc.constantFrom('g0', 'g1', 'auto'))
    fc.assert(
      fc.property(anyResults, place, (results, [db, category, group]) => {
        const [nothing, found] = hit(db, category, group)
        const [before, after] = [measure([...results, nothing]), measure([...results, found])]
        if (db <= 0) {
          expect(after.r).toBeGreaterThanOrEqual(before.r)
          expect(after.rDecide).toBeGreaterThanOrEqual(before.rDecide)
        }
        if (db >= 0) {
          expect(after.r).toBeLessThanOrEqual(before.r)
          expect(after.rDecide).toBeLessThanOrEqual(before.rDecide)
        }
      }),
      { numRuns: 800 },
    )
  })

  it('changes by an unknown result in coverage and its floors only', () => {
    fc.assert(
      fc.property(anyResults, fc.constantFrom(...categories), (results, category) => {
        const unknown = result({ category, name: 'ADDED', status: 'unknown' })
        const [before, after] = [measure(results), measure([...results, unknown])]
        expect(after.e).toBe(before.e)
        expect(after.r).toBeGreaterThanOrEqual(before.r)
        const others = (risk: RiskScore) => risk.floors.filter(({ code }) => !code.startsWith('COVERAGE'))
        expect(others(after)).toEqual(others(before))
      }),
      runs,
    )
  })

  it('counts two like hits of one group as less than their sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800, max: -10 }), (hundredths) => {
        const db = hundredths / 100
        const two = ['A', 'B'].map((name) =>
          result({ category: 'network', name, weight: db, status: 'flag' }),
        )
        const { e } = measure(two)
        expect(e).toBeGreaterThan(2 * db)
        expect(e).toBeLessThan(db)
      }),
      runs,
    )
  })

  it('lets floors dominate every weight', () => {
    fc.assert(
      fc.property(anyResults, fc.integer({ min: 30, max: 95 }), (results, tenths) => {
        const floor = { value: tenths / 10, expiresAt: '2026-12-01T00:00:00.000Z' }
        const critical = result({ category: 'persona', name: 'ADDED', status: 'critical', floor })
        const after = measure([...results, critical])
        expect(after.r).toBeGreaterThanOrEqual(floor.value)
        expect(after.rDecide).toBeGreaterThanOrEqual(floor.value)
      }),
      runs,
    )
  })

  it('B4, questions 14: no set of answers lowers the number that decides, nor do more answers', () => {
    fc.assert(
      fc.property(anyResults, answers, answers, (results, some, more) => {
        const extra = more.map((r, i) => ({ ...r, group: `answer:R${String(i)}` }))
        const none = measure(results).rDecide
        const few = measure([...results, ...some]).rDecide
        const all = measure([...results, ...some, ...extra]).rDecide
        expect(few).toBeGreaterThanOrEqual(none)
        expect(all).toBeGreaterThanOrEqual(few)
      }),
      { numRuns: 800 },
    )
  })

  it('is made up of what `makeUpOf` tells: every category before its cap, hit by hit', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const live = results.filter(({ mode }) => mode === 'live')
        for (const { category, e } of measure(results).categories) {
          const { sum, groups } = makeUpOf(live.filter((result) => result.category === category))
          const { lo, hi } = defaultCaps[category]
          expect(e).toBe(Math.min(hi, Math.max(lo, sum)))
          const hits = groups.flatMap((group) => group.hits.map(({ db }) => db))
          expect(Math.abs(hits.reduce((all, db) => all + db, 0) - sum)).toBeLessThan(
            0.01 * (groups.length + 1),
          )
        }
      }),
      runs,
    )
  })

  it('ignores checks in shadow', () => {
    fc.assert(
      fc.property(anyResults, anyResult, (results, extra) => {
        expect(measure([...results, { ...extra, mode: 'shadow' }])).toEqual(measure(results))
      }),
      runs,
    )
  })

  it('gives the same numbers and order for a case that was stored and read back', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const stored = JSON.parse(JSON.stringify(results)) as CheckResult[]
        expect(measure(stored)).toEqual(measure(results))
      }),
      runs,
    )
  })

  it('scores the table of worked examples', () => {
    const table: readonly [readonly number[], number, number, boolean][] = [
      [[2, 12, 8, 0, 9], 0.3, 0.3, true],
      [[-1, -3, 5, 0, 9], 2.4, 2.4, true],
      [[-1, -3, 5, 28, 9], 0.6, 2.4, true],
      [[-1, -3, -8, 28, 4], 3.3, 7.2, false],
      [[-16, -3, 5, 0, 0], 8.3, 8.3, false],
      [[-12, 12, 0, 0, 0], 5, 5, false],
      [[-6, -30, -5, 0, 0], 9.7, 9.7, false],
    ]
    for (const [weights, r, rDecide, hasClass] of table) {
      const results = categories.map((category, i) =>
        result({ category, name: 'SUM', weight: weights[i] ?? 0 }),
      )
      const evidence = result({
        category: 'possession',
        name: 'OTP',
        ...(hasClass && { evidenceClass: 'possession' }),
      })
      const risk = measure([...results, evidence])
      expect([risk.r, risk.rDecide]).toEqual([r, rDecide])
    }
  })
})

describe('leave-one-out', () => {
  it('is what the whole score would be, had the check found nothing', () => {
    fc.assert(
      fc.property(anyResults, (results) => {
        const live = results.filter(({ mode }) => mode === 'live')
        const keys = live.map(({ code, group, category }) => `${category} ${code} ${group}`)
        fc.pre(new Set(keys).size === keys.length)
        for (const reason of measure(live).reasons) {
          const without = live.map((other) => {
            if (other.code !== reason.code || other.group !== reason.group) return other
            const { floor: _floor, evidenceClass: _class, ...rest } = other
            return { ...rest, status: 'pass' as const, weight: 0 }
          })
          // A floor may rest on a result that had no data; silencing it would change coverage as well.
          const cause = live.find(({ code, group }) => code === reason.code && group === reason.group)
          if (cause?.status === 'pass' || cause?.status === 'flag')
            expect(reason.leaveOneOut).toBe(measure(without).r)
        }
      }),
      { numRuns: 60 },
    )
  })
})

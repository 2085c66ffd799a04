import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checks } from '../checks/index.ts'
import type { CheckSettings } from '../settings.ts'
import {
  calibratedAt as now,
  calibrationCase,
  calibrationHit as hit,
  calibrationResult as nothing,
  impostorCase,
  many,
  possession,
} from '../testing/calibration.ts'
import { dayMs, type CalibrationCase, type CalibrationResult } from './case.ts'
import { calibrate, type CalibrationReport } from './report.ts'

const defaults: CheckSettings = { checks: {} }
const report = (
  cases: readonly CalibrationCase[],
  settings: CheckSettings = defaults,
  settingsOf: (version: number) => CheckSettings | undefined = () => settings,
): CalibrationReport => calibrate(cases, { settings, settingsOf, now })

const checkIn = (found: CalibrationReport, code: string) => {
  const check = found.checks.find((one) => one.code === code)
  if (check === undefined) throw new Error(`no check ${code}`)
  return check
}
const weightIn = (found: CalibrationReport, code: string, name: string) => {
  const weight = checkIn(found, code).weights.find((one) => one.name === name)
  if (weight === undefined) throw new Error(`no weight ${name}`)
  return weight
}

/** So many genuine people and impostors, and so many hits of one result among each. */
const sides = (
  result: (isHit: boolean) => CalibrationResult,
  genuine: [number, number],
  fraud: [number, number],
) => [
  ...many(genuine[1], (index) => calibrationCase({ results: [possession, result(index < genuine[0])] })),
  ...many(fraud[1], (index) => impostorCase({ results: [result(index < fraud[0])] })),
]
const hosting = (isHit: boolean) => (isHit ? hit('NET_HOSTING_ASN', -6) : nothing('NET_HOSTING_ASN'))

describe('the calibration report', () => {
  it('proposes the measured weight, three decibans away at most, and leaves everything else', () => {
    // Worked out by hand in weights.test.ts: −11.73.
    const found = report(sides(hosting, [30, 1000], [40, 80]), { checks: { END_CDP: { mode: 'shadow' } } })
    expect(weightIn(found, 'NET_HOSTING_ASN', 'listed')).toMatchObject({
      current: -6,
      default: -6,
      hits: { genuine: 30, fraud: 40 },
      state: 'proposed',
      proposed: -9,
      isOtherWay: false,
    })
    expect(weightIn(found, 'NET_HOSTING_ASN', 'named')).toMatchObject({
      state: 'too_little_data',
      proposed: null,
    })
    expect(found.settings.checks).toEqual({
      END_CDP: { mode: 'shadow' },
      NET_HOSTING_ASN: { weights: { listed: -9 } },
    })
  })

  it('keeps what a policy has set besides', () => {
    const settings: CheckSettings = {
      checks: { NET_HOSTING_ASN: { mode: 'live', weights: { named: -2, listed: -6 } } },
    }
    const found = report(sides(hosting, [30, 1000], [40, 80]), settings)
    expect(found.settings.checks['NET_HOSTING_ASN']).toEqual({
      mode: 'live',
      weights: { named: -2, listed: -9 },
    })
  })

  it('proposes nothing with too little data, and says so', () => {
    const found = report(sides(hosting, [3, 99], [15, 30]))
    expect(weightIn(found, 'NET_HOSTING_ASN', 'listed')).toMatchObject({
      state: 'too_little_data',
      measured: null,
      proposed: null,
    })
    expect(found.settings).toEqual(defaults)
    expect(report([]).checks.every(({ weights }) => weights.every(({ proposed }) => proposed === null))).toBe(
      true,
    )
  })

  it('leaves a weight that lies within the interval', () => {
    const found = report(sides(hosting, [100, 1000], [32, 80]))
    expect(weightIn(found, 'NET_HOSTING_ASN', 'listed').state).toBe('agrees')
    // Nor is there a proposal where the way is barred: more than 15 dB, and the policy is there already.
    const automated = (isHit: boolean) => (isHit ? hit('END_WEBDRIVER', -15) : nothing('END_WEBDRIVER'))
    const atTheEnd = report(sides(automated, [0, 3000], [60, 80]), {
      checks: { END_WEBDRIVER: { weights: { automated: -15 } } },
    })
    expect(weightIn(atTheEnd, 'END_WEBDRIVER', 'automated')).toMatchObject({ state: 'agrees', current: -15 })
  })

  it('never turns a check round, and says that its rule wants a look', () => {
    const found = report(sides(hosting, [600, 1000], [5, 80]))
    expect(weightIn(found, 'NET_HOSTING_ASN', 'listed')).toMatchObject({ proposed: -3, isOtherWay: true })
    const key = (isHit: boolean) => (isHit ? hit('END_KNOWN_KEY', 12) : nothing('END_KNOWN_KEY'))
    expect(weightIn(report(sides(key, [50, 1000], [70, 80])), 'END_KNOWN_KEY', 'known')).toMatchObject({
      proposed: 9,
      isOtherWay: true,
    })
  })

  it('does not follow labels that depend on decisions where independent ones say something else', () => {
    // Undisputed passes never have the hit, since it leads to refusal; of those that staff cleared, most have it.
    const found = report([
      ...sides(hosting, [0, 1000], [40, 80]),
      ...many(60, () =>
        calibrationCase({ outcome: 'failed', staffLabel: 'false_refusal', results: [hosting(true)] }),
      ),
    ])
    const weight = weightIn(found, 'NET_HOSTING_ASN', 'listed')
    expect(weight).toMatchObject({ state: 'sources_disagree', proposed: null })
    expect(weight.independent?.value).toBeGreaterThan(weight.measured?.hi ?? NaN)
  })

  it('measures checks in shadow and proposes nothing for them', () => {
    const paste = (isHit: boolean) =>
      isHit ? hit('PER_PASTE', -2, { mode: 'shadow' }) : nothing('PER_PASTE', { mode: 'shadow' })
    const found = report(sides(paste, [300, 1000], [5, 80]))
    expect(weightIn(found, 'PER_PASTE', 'pasted')).toMatchObject({ state: 'in_shadow', proposed: null })
    expect(checkIn(found, 'PER_PASTE')).toMatchObject({
      mode: 'shadow',
      advice: 'demote',
      alarms: { hits: 300, of: 1000 },
    })
  })

  it('takes the weights of the policy that a case was decided by', () => {
    const old: CheckSettings = { checks: { NET_HOSTING_ASN: { weights: { listed: -4 } } } }
    const cases = [
      ...sides(
        (isHit) => (isHit ? hit('NET_HOSTING_ASN', -4) : nothing('NET_HOSTING_ASN')),
        [30, 1000],
        [40, 80],
      ).map((one) => ({ ...one, policyVersion: 7 })),
      // A result of an unknown version has the default weight.
      calibrationCase({ policyVersion: 8, results: [possession, hosting(true)] }),
    ]
    const found = report(cases, defaults, (version) => (version === 7 ? old : undefined))
    expect(weightIn(found, 'NET_HOSTING_ASN', 'listed').hits).toEqual({ genuine: 31, fraud: 40 })
  })

  it('leaves out hits that several weights made together, and counts a case once', () => {
    const found = report([
      calibrationCase({
        results: [possession, hit('PER_REQUEST_RATE', -6), hit('NET_NEW_ASN', -1, { quality: 0 })],
      }),
      calibrationCase({
        results: [
          possession,
          hit('PER_CONTACT_CHANGED', -8),
          hit('PER_CONTACT_CHANGED', -8),
          hit('GONE', -3),
        ],
      }),
    ])
    expect(checkIn(found, 'PER_REQUEST_RATE')).toMatchObject({ combined: 1, alarms: { hits: 1, of: 1 } })
    expect(weightIn(found, 'PER_CONTACT_CHANGED', 'days3').hits).toEqual({ genuine: 1, fraud: 0 })
    expect(checkIn(found, 'NET_NEW_ASN').alarms).toMatchObject({ hits: 0, of: 1 })
  })

  it('does not count a check that had no answer', () => {
    const found = report([
      calibrationCase({ results: [possession, nothing('NET_TOR_EXIT', { status: 'unknown' })] }),
      impostorCase({ results: [nothing('NET_TOR_EXIT', { status: 'not_applicable' })] }),
    ])
    expect(checkIn(found, 'NET_TOR_EXIT').looked).toEqual({ genuine: 0, fraud: 0 })
  })

  it('calls a check the wrong way round only beyond what chance gives, and proposes nothing for one that is off', () => {
    // Measured a little above nought: chance alone gives that.
    const found = report(sides(hosting, [110, 1000], [3, 80]))
    const weight = weightIn(found, 'NET_HOSTING_ASN', 'listed')
    expect(weight.measured?.value).toBeGreaterThan(0)
    expect(weight.measured?.lo).toBeLessThan(0)
    expect(weight.isOtherWay).toBe(false)
    const off: CheckSettings = { checks: { NET_HOSTING_ASN: { mode: 'off' } } }
    expect(
      weightIn(report(sides(hosting, [30, 1000], [40, 80]), off), 'NET_HOSTING_ASN', 'listed'),
    ).toMatchObject({
      state: 'in_shadow',
      proposed: null,
    })
  })

  it('counts alarms on people whose thirty days are not over yet, and no label of theirs', () => {
    const young = { startedAt: now - 20 * dayMs, closedAt: now - 20 * dayMs }
    const found = report([
      ...many(60, () => calibrationCase({ results: [possession, hosting(false)] })),
      ...many(60, () => calibrationCase({ ...young, results: [possession, hosting(true)] })),
      impostorCase({ startedAt: now - dayMs, staffLabel: null, results: [hosting(true)] }),
    ])
    expect(checkIn(found, 'NET_HOSTING_ASN')).toMatchObject({
      looked: { genuine: 60, fraud: 0 },
      alarms: { hits: 60, of: 120 },
      // Two weeks are counted from the first case that has a result of the check, not from the last.
      advice: 'demote',
    })
    const recent = { startedAt: now - 13 * dayMs, closedAt: now - 13 * dayMs }
    const begun = report(
      many(120, () => calibrationCase({ ...recent, results: [possession, hosting(true)] })),
    )
    expect(checkIn(begun, 'NET_HOSTING_ASN').advice).toBe('too_young')
  })

  it('counts no hit that the data gave no trust, and an information as an answer', () => {
    const found = report([
      calibrationCase({ results: [possession, hit('NET_NEW_ASN', -1, { quality: 0 })] }),
      calibrationCase({ results: [possession, nothing('NET_NEW_ASN', { status: 'info' })] }),
    ])
    expect(checkIn(found, 'NET_NEW_ASN').looked).toEqual({ genuine: 2, fraud: 0 })
    expect(weightIn(found, 'NET_NEW_ASN', 'first').hits).toEqual({ genuine: 0, fraud: 0 })
  })

  it('does not touch possession, nor checks without weights', () => {
    const found = report(
      sides(
        (isHit) => (isHit ? hit('POS_NUMBER_MATCH', 4) : nothing('POS_NUMBER_MATCH')),
        [900, 1000],
        [1, 80],
      ),
    )
    for (const code of ['POS_NUMBER_MATCH', 'POS_OTP', 'CHA_ANSWER'])
      expect(checkIn(found, code)).toMatchObject({ isCalibrated: false, weights: [], combined: 0 })
    expect(checkIn(found, 'POS_OTP').advice).toBe(null)
  })

  it('tells where labels come from, what decisions hide and what a sample of passes says', () => {
    const young = { startedAt: now - 1000, closedAt: now - 500 }
    const found = report([
      calibrationCase(),
      calibrationCase(young),
      impostorCase(),
      impostorCase({ staffLabel: null }),
      impostorCase({ staffLabel: null, isExercise: true }),
      calibrationCase({ outcome: 'failed', staffLabel: 'false_refusal' }),
    ])
    expect(found.labels).toEqual({
      genuine: { red_team: 0, reported: 0, staff: 1, undisputed: 1 },
      fraud: { red_team: 1, reported: 0, staff: 1, undisputed: 0 },
      unlabelled: {
        unsure: 0,
        too_young: 1,
        disputed_elsewhere: 0,
        not_passed: 1,
        score_seen: 0,
        no_possession: 0,
      },
    })
    expect([found.cases, found.refused, found.audit.passes]).toEqual([6, { cases: 4, labelled: 3 }, 2])
    expect(found.curve).toBe(null)
  })

  it('whatever was counted, proposals are within 3 dB of what holds, within 15, and on the check’s own side', () => {
    const codes = checks.filter(({ category }) => category !== 'possession').map(({ code }) => code)
    const anyHit = fc.record({
      code: fc.constantFrom(...codes),
      which: fc.nat({ max: 4 }),
      of: fc.nat({ max: 60 }),
      fraud: fc.nat({ max: 40 }),
    })
    fc.assert(
      fc.property(fc.array(anyHit, { minLength: 1, maxLength: 4 }), (rows) => {
        const results = (index: number, side: 'of' | 'fraud') =>
          rows.map((row) => {
            const own = Object.values(checks.find(({ code }) => code === row.code)?.defaultWeights ?? {})
            const weight = own[row.which % Math.max(1, own.length)] ?? 0
            return index < row[side] ? hit(row.code, weight) : nothing(row.code)
          })
        const found = report([
          ...many(120, (index) => calibrationCase({ results: [possession, ...results(index, 'of')] })),
          ...many(40, (index) => impostorCase({ results: results(index, 'fraud') })),
        ])
        for (const { weights, mode } of found.checks)
          for (const { proposed, current, default: own } of weights) {
            if (proposed === null) continue
            expect(mode).toBe('live')
            expect(Math.abs(proposed - current)).toBeLessThanOrEqual(3 + 1e-9)
            expect(Math.abs(proposed)).toBeLessThanOrEqual(15)
            expect(proposed * own).toBeGreaterThanOrEqual(0)
          }
      }),
      { numRuns: 40 },
    )
  })
})

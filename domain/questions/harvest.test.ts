import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded, type Random } from '../risk/testing/random.ts'
import { harvestRuleFor, isHarvest, mostUsual, type Ordinary, type ShownLists } from './harvest.ts'

const shown = (change: Partial<ShownLists>): ShownLists => ({
  family: 'manager',
  asn: null,
  cases: 10,
  lists: 5,
  ...change,
})
const ordinary = (change: Partial<Ordinary> = {}): Ordinary => ({ inForce: 12, usualCases: 0, ...change })

describe('a harvest of lists', () => {
  it.each([
    ['at the least of all', {}, {}, true],
    ['too few cases', { cases: 9 }, {}, false],
    ['no more than is usual', { cases: 11 }, { usualCases: 3 }, false],
    ['one more than is usual', { cases: 12 }, { usualCases: 3 }, true],
    ['a quarter of the lists', { lists: 3 }, {}, true],
    ['too few lists, although they are all', { lists: 2 }, { inForce: 2 }, false],
    ['too small a share', { lists: 9 }, { inForce: 40 }, false],
    ['a quarter, rounded up', { lists: 4 }, { inForce: 13 }, true],
    ['a small share of very many', { cases: 20, lists: 20 }, { inForce: 600 }, true],
    ['not quite so many', { cases: 20, lists: 19 }, { inForce: 600 }, false],
    ['as many cases as by chance', { cases: 10 }, { usualCases: 3 }, false],
    ['more than by chance', { cases: 12 }, { usualCases: 3 }, true],
    ['half of it from one network', { asn: 64500, cases: 5, lists: 3 }, { inForce: 24 }, true],
    ['four cases from one network', { asn: 64500, cases: 4, lists: 4 }, {}, false],
  ] as const)('%s', (_, change, around, expected) => {
    expect(isHarvest(shown(change), ordinary(around))).toBe(expected)
  })

  const anything = fc.record({
    asn: fc.option(fc.integer({ min: 1, max: 70_000 })),
    cases: fc.nat({ max: 200 }),
    lists: fc.nat({ max: 200 }),
    inForce: fc.integer({ min: 1, max: 800 }),
    usualCases: fc.double({ min: 0, max: 100, noNaN: true }),
  })

  it('never comes of a few cases, in however small an organisation', () => {
    fc.assert(
      fc.property(anything, ({ asn, lists, ...around }) => {
        const cases = harvestRuleFor({ asn }).leastCases - 1
        expect(isHarvest(shown({ asn, cases, lists }), around)).toBe(false)
      }),
    )
  })

  it('does not go away with more cases, more lists, fewer lists in force or quieter weeks before', () => {
    fc.assert(
      fc.property(anything, fc.nat({ max: 9 }), ({ asn, cases, lists, ...around }, more) => {
        if (!isHarvest(shown({ asn, cases, lists }), around)) return
        expect(isHarvest(shown({ asn, cases: cases + more, lists }), around)).toBe(true)
        expect(isHarvest(shown({ asn, cases, lists: lists + more }), around)).toBe(true)
        const quieter = {
          inForce: Math.max(1, around.inForce - more),
          usualCases: Math.max(0, around.usualCases - more),
        }
        expect(isHarvest(shown({ asn, cases, lists }), quieter)).toBe(true)
      }),
    )
  })

  it('is worth looking back for wherever it is one', () => {
    fc.assert(
      fc.property(anything, ({ asn, cases, lists, ...around }) => {
        const now = shown({ asn, cases, lists })
        if (isHarvest(now, around)) expect(isHarvest(now, { ...around, usualCases: 0 })).toBe(true)
      }),
    )
  })

  it('takes more above a busier day, and at least five cases above none', () => {
    expect([0, 3, 8].map(mostUsual)).toEqual([4, 11, 20])
  })
})

/** Genuine days: one case in ten is left or goes wrong, twice as many on a Monday, none at the weekend. */
const organisations = [
  { people: 120, casesADay: 1, lists: 2 },
  { people: 600, casesADay: 3, lists: 12 },
  { people: 6_000, casesADay: 25, lists: 120 },
  { people: 30_000, casesADay: 120, lists: 600 },
  { people: 30_000, casesADay: 120, lists: 6 },
] as const
type Organisation = (typeof organisations)[number]

/** The company's own network, and those of carriers. */
const networks = [64496, 64496, 64496, 64497, 64497, 64498, 64499, 64500] as const

type BadCase = { readonly list: number; readonly asn: number }

const casesOn = (random: Random, day: number, { casesADay, lists }: Organisation): readonly BadCase[] => {
  const weekday = day % 7
  const started = weekday > 4 ? 0 : casesADay * (weekday === 0 ? 2 : 1)
  const tries = Array.from({ length: started * 2 })
  // As many on average as started, more or fewer by chance; of them one in ten.
  return tries
    .filter(() => random.chance(0.05))
    .map(() => ({ list: random.int(1, lists), asn: random.one(networks) }))
}

const isAlarm = (today: readonly BadCase[], weeks: readonly (readonly BadCase[])[], inForce: number) =>
  [null, ...new Set(today.map(({ asn }) => asn))].some((asn) => {
    const from = (day: readonly BadCase[]) => day.filter((one) => asn === null || one.asn === asn)
    const now = from(today)
    const usualCases = weeks.reduce((sum, day) => sum + from(day).length, 0) / weeks.length
    const lists = new Set(now.map(({ list }) => list)).size
    return isHarvest(shown({ asn, cases: now.length, lists }), { inForce, usualCases })
  })

const weeksBefore = (days: readonly (readonly BadCase[])[], day: number) =>
  [7, 14, 21, 28].map((back) => days[day - back] ?? [])

describe('simulated organisations', () => {
  const year = (organisation: Organisation) => {
    const random = seeded(organisation.people + organisation.lists)
    return Array.from({ length: 28 + 364 }, (_, day) => casesOn(random, day, organisation))
  }

  it.each(organisations)('a year of ordinary days alarms once at most: %o', (organisation) => {
    const days = year(organisation)
    const alarms = days.filter(
      (today, day) => day >= 28 && isAlarm(today, weeksBefore(days, day), organisation.lists),
    )
    expect(alarms.length).toBeLessThanOrEqual(1)
  })

  it.each(organisations.filter(({ lists }) => lists > 2))(
    'thirty people played from one foreign network in a day are noticed: %o',
    (organisation) => {
      const days = year(organisation)
      const random = seeded(30)
      for (let day = 28; day < 33; day += 1) {
        const played = Array.from({ length: 30 }, () => ({
          list: random.int(1, organisation.lists),
          asn: 65_550,
        }))
        expect(isAlarm([...(days[day] ?? []), ...played], weeksBefore(days, day), organisation.lists)).toBe(
          true,
        )
      }
    },
  )
})

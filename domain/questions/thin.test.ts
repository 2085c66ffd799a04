import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../policy/defaults.ts'
import type { Block } from './cells.ts'
import { factRowsOf } from './fact-rows.ts'
import { cellFamilies, cutFamily, tenantFacts, type TenantFacts } from './facts.ts'
import { families } from './families/index.ts'
import type { ParticipantFacts } from './participant-facts.ts'
import { questionFamilies } from './plan.ts'
import { preparePlan } from './prepare.ts'
import { familyDefinitions, questionSources } from './definitions.ts'
import { createTestTools } from './testing/plans.ts'
import { createPeople, dayMs } from './testing/tenants.ts'
import { createThinCounter, mostExamples, type ThinInput } from './thin.ts'

const now = Date.UTC(2026, 10, 24, 12)
const tools = createTestTools()
const settings = defaultPolicy().questions

const tenantOf = (people: readonly ParticipantFacts[], shown = people): TenantFacts => {
  const rows = people.flatMap((person) => factRowsOf(person, tools))
  const cut = shown.flatMap((person) => factRowsOf(person, tools))
  const blocks: readonly Block[] = cellFamilies.flatMap(
    (family) => cutFamily(cut, family, '2026-Q4', tools).blocks,
  )
  return tenantFacts(rows, blocks)
}

const inputFor = (people: readonly ParticipantFacts[], tenant = tenantOf(people)): ThinInput => ({
  tenant,
  settings,
  ruleOf: () => ({ minAnswered: 3, maxAsked: 6 }),
  purpose: 'password_reset',
  now,
})

const countOf = (people: readonly ParticipantFacts[], change: Partial<ThinInput> = {}) => {
  const counter = createThinCounter({ ...inputFor(people), ...change }, tools)
  const reasons = people.map((facts) => counter.add(facts, 'standard'))
  return { ...counter.counts(), reasons }
}

const planReason = (facts: ParticipantFacts, { tenant, settings: asked }: ThinInput): string | null => {
  const plan = preparePlan(
    {
      verificationId: 'v',
      purpose: 'password_reset',
      facts,
      tenant,
      settings: asked,
      rule: { minAnswered: 3, maxAsked: 6 },
      askedBefore: [],
      disclosures: [],
      isLimitReached: false,
      hasSecondContact: false,
      now,
    },
    tools,
  )
  return plan.route === 'questions' ? null : plan.reason
}

const bare = (facts: ParticipantFacts): ParticipantFacts => ({
  ...facts,
  inventory: null,
  tickets: null,
  groups: null,
  calendar: null,
  signIn: null,
})

describe('thin files', () => {
  it.each([60, 300])('of %i people are exactly those for whom a verification finds no set', (size) => {
    // Every third person lacks sources, so that both kinds are there.
    const people = createPeople(size, now).map((one, index) =>
      index % 3 === 0 ? { ...one, inventory: null, tickets: null, groups: null } : one,
    )
    const input = inputFor(people)
    const { reasons, askable, thin, families: able } = countOf(people, input)
    for (const [index, facts] of people.entries())
      expect([index, reasons[index] === null]).toEqual([index, planReason(facts, input) === null])
    expect(askable + Object.values(thin).reduce((sum, count) => sum + count, 0)).toBe(size)
    expect(askable).toBeGreaterThan(0)
    expect(able.asset_tag).toBe(people.filter(({ inventory }) => inventory !== null).length)
  })

  it('say the people check where a verification says so', () => {
    const people = createPeople(40, now)
    const input = inputFor(people)
    const { reasons } = countOf(people, input)
    const checked = people.filter((_, index) => reasons[index] === 'people_check')
    for (const facts of checked) expect(planReason(facts, input)).toBe('people_check')
    const { thin } = countOf(people, { settings: { ...settings, minPeople: 41 } })
    expect(thin.people_check).toBeGreaterThan(0)
  })

  it('are stale where the same facts would do if they had been read today', () => {
    const old = createPeople(120, now - 2 * dayMs)
    const { thin, reasons } = countOf(old)
    expect(thin.stale).toBeGreaterThan(100)
    expect(reasons).not.toContain(null)
    // Only what was read is old: an office whose own source was not read makes no other fact stale.
    const people = createPeople(120, now)
    const offices = people.map((one) => {
      const { directory } = one
      if (directory === null || directory.office === null) return one
      const office = { ...directory.office, asOf: now - 2 * dayMs }
      return { ...one, directory: { ...directory, office } }
    })
    expect(countOf(offices).families.office).toBe(0)
    expect(countOf(people).families.office).toBeGreaterThan(0)
  })

  it('have too small a list where enough is known and nobody shares it', () => {
    const few = createPeople(6, now)
    const { thin } = countOf(few)
    expect(thin.short_list).toBe(6)
  })

  it('lack a source where not even lists would help, and are too new before anything else', () => {
    const people = createPeople(120, now)
    const { thin, examples } = countOf(people.map(bare))
    expect(thin.no_source).toBe(120)
    expect(examples.no_source).toHaveLength(mostExamples)
    const nothing = people.map((one) => ({ ...bare(one), directory: null, hr: null }))
    expect(countOf(nothing).thin.no_source).toBe(120)
    const homeless = people.map((one) => ({
      ...bare(one),
      directory: one.directory === null ? null : { ...one.directory, office: null },
    }))
    expect(countOf(homeless).thin.no_source).toBe(120)
    expect(countOf(people.map((one) => ({ ...one, tenureDays: 3 }))).thin.short_tenure).toBe(120)
    const unknown = countOf(people.map((one) => ({ ...one, tenureDays: null })))
    expect(unknown.thin.short_tenure).toBe(0)
  })

  it('count no family that the policy does not name', () => {
    const people = createPeople(120, now)
    const off = Object.fromEntries(questionFamilies.map((family) => [family, false]))
    const none = countOf(people, { settings: { ...settings, families: off as typeof settings.families } })
    expect(none.askable).toBe(0)
    expect(Object.values(none.families)).toEqual(questionFamilies.map(() => 0))
  })
})

describe('where families come from', () => {
  it('is what every instance of the family says', () => {
    const people = createPeople(300, now)
    const tenant = tenantOf(people)
    const seen = new Set<string>()
    for (const facts of people)
      for (const family of families)
        for (const instance of family.instances({ facts, purpose: 'identity_check', tenant, now, tools })) {
          seen.add(instance.family)
          const { family: named, source, exposure } = instance
          const { source: from, exposure: how } = familyDefinitions[named]
          expect([named, source, exposure]).toEqual([named, from, how])
        }
    expect([...seen].sort()).toEqual([...questionFamilies].sort())
    expect(new Set(Object.values(familyDefinitions).map(({ source }) => source))).toEqual(
      new Set(questionSources),
    )
  })
})

import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../policy/defaults.ts'
import type { Block } from './cells.ts'
import { factRowsOf } from './fact-rows.ts'
import { cellFamilies, cutFamily, tenantFacts } from './facts.ts'
import { families } from './families/index.ts'
import type { Instance } from './families/family.ts'
import { grade } from './grading/grade.ts'
import type { ParticipantFacts } from './participant-facts.ts'
import { pickQuestions } from './pick.ts'
import { allQuestions, type AskingPlan, type PlannedQuestion, type QuestionPlan } from './plan.ts'
import { listedDigests, preparePlan, renewOptionIds, valueDigest, type PrepareInput } from './prepare.ts'
import { createTestTools } from './testing/plans.ts'
import { createPeople, dayMs } from './testing/tenants.ts'

const now = Date.UTC(2026, 10, 24, 12)
const tools = createTestTools()
const people = createPeople(300, now)
const rows = people.flatMap((person) => factRowsOf(person, tools))
const blocks: readonly Block[] = cellFamilies.flatMap(
  (family) => cutFamily(rows, family, '2026-Q4', tools).blocks,
)
const tenant = tenantFacts(rows, blocks)

const input = (facts: ParticipantFacts, change: Partial<PrepareInput> = {}): PrepareInput => ({
  verificationId: 'verification-1',
  purpose: 'password_reset',
  facts,
  tenant,
  settings: defaultPolicy().questions,
  rule: { minAnswered: 3, maxAsked: 6 },
  askedBefore: [],
  disclosures: [],
  isLimitReached: false,
  hasSecondContact: true,
  now,
  ...change,
})

const askingPlans = (change: Partial<PrepareInput> = {}): readonly AskingPlan[] =>
  people
    .map((person) => preparePlan(input(person, change), createTestTools()))
    .filter((plan): plan is AskingPlan => plan.route === 'questions')

const person = (change: Partial<ParticipantFacts> = {}): ParticipantFacts => ({
  ...(people.find((candidate) => preparePlan(input(candidate), tools).route === 'questions') ??
    (people[0] as ParticipantFacts)),
  ...change,
})

const instancesOf = (facts: ParticipantFacts): readonly Instance[] =>
  families.flatMap((family) => family.instances({ facts, purpose: 'password_reset', tenant, now, tools }))

const reasonOf = (plan: QuestionPlan): string | null => (plan.route === 'questions' ? null : plan.reason)

describe('plans of an organisation of 300', () => {
  const plans = askingPlans()

  it('exist for nearly everybody', () => {
    expect(plans.length).toBeGreaterThan(240)
  })

  it('keep every constraint of selection: one public, two sources, one a family, one typed, from easy to hard', () => {
    for (const plan of plans) {
      const all = allQuestions(plan)
      expect(plan.questions.length).toBeGreaterThanOrEqual(3)
      expect(all.filter((question) => question.exposure === 'public').length).toBeLessThanOrEqual(1)
      expect(new Set(plan.questions.map((question) => question.source)).size).toBeGreaterThanOrEqual(2)
      expect(new Set(all.map((question) => question.family)).size).toBe(all.length)
      expect(plan.questions.some((question) => question.ask.form === 'typed')).toBe(true)
      expect(plan.questions.at(-1)?.points).toBe('typed_private')
      expect(pairsOf(all)).toEqual([])
      expect(all.map((question) => question.position)).toEqual(all.map((_, index) => index + 1))
      if (plan.spare !== null) expect(plan.spare.ask.form).toBe('choice')
    }
  })

  it('questions 8: leave at least 20 people behind all lists of a set', () => {
    for (const plan of plans) {
      const lists = allQuestions(plan).flatMap((question) => (question.list === null ? [] : [question]))
      const holders = lists.map((question) => peopleBehind(question))
      const common = [...(holders[0] ?? new Set<string>())].filter((one) =>
        holders.every((set) => set.has(one)),
      )
      if (lists.length > 0) expect(common.length).toBeGreaterThanOrEqual(20)
    }
  })

  it('hold one true value in every list, so that "none of the above" is never the truth', () => {
    for (const plan of plans) {
      for (const question of allQuestions(plan)) {
        if (question.ask.form !== 'choice' || question.key.kind !== 'choice') continue
        const { correctOptionId } = question.key
        expect(new Set(question.ask.options.map((option) => option.id)).size).toBe(
          question.ask.options.length,
        )
        // Each option is a value of a published list or a fixed window: there is no option for "none of these".
        const right = question.ask.options.filter(
          ({ id }) => grade(question, { kind: 'option', optionId: id }, {}, tools).verdict === 'correct',
        )
        expect(right.map(({ id }) => id)).toEqual([correctOptionId])
        expect(question.ask.options.length).toBe(question.list?.values)
      }
    }
  })

  it('questions 5: are the same after a restart but for the random option ids, and show everyone with a fact the same list', () => {
    const bare = (plan: QuestionPlan): string => JSON.stringify(plan).replace(/option-\d+/g, 'option')
    const seen = new Map<string, string>()
    for (const one of people.slice(0, 80)) {
      const again = preparePlan(input(one), createTestTools())
      expect(bare(preparePlan(input(one), createTestTools()))).toBe(bare(again))
      if (again.route !== 'questions') continue
      const other = preparePlan(input(one, { verificationId: 'verification-2' }), createTestTools())
      for (const plan of [again, other]) {
        if (plan.route !== 'questions') continue
        for (const { family, list, ask } of allQuestions(plan)) {
          if (list === null || ask.form !== 'choice') continue
          const labels = JSON.stringify(ask.options.map((option) => option.label))
          expect(seen.get(`${family} ${list.valueDigest}`) ?? labels).toBe(labels)
          seen.set(`${family} ${list.valueDigest}`, labels)
        }
      }
    }
    expect(seen.size).toBeGreaterThan(10)
  })
})

/** Pairs of a set of which one question helps with the other. */
const pairsOf = (all: readonly PlannedQuestion[]): readonly string[] => {
  const families = all.map((question) => question.family)
  return [
    ['manager', 'team_mate'],
    ['manager', 'meeting_organiser'],
    ['team_mate', 'meeting_organiser'],
    ['meeting_slot', 'free_weekday'],
  ].flatMap(([a, b]) => (families.includes(a as never) && families.includes(b as never) ? [`${a} ${b}`] : []))
}

/** Everybody in the tenant whose value is in the question's list. */
const peopleBehind = (question: PlannedQuestion): ReadonlySet<string> => {
  const id = question.list?.blockId
  const found = instancesAll.find(({ body }) => body.form === 'choice' && body.block.id === id)
  return found?.body.form === 'choice' ? found.body.people : new Set()
}
const instancesAll = people.flatMap((one) => instancesOf(one))

describe('other routes', () => {
  it('challenges 9: take the place of questions where there is too little data, never weaker questions', () => {
    const thin = person({ inventory: null, tickets: null, calendar: null, groups: null, signIn: null })
    expect(preparePlan(input(thin), tools)).toEqual({
      route: 'second_contact',
      reason: 'too_few_instances',
    })
    expect(preparePlan(input(thin, { hasSecondContact: false }), tools).route).toBe('none')
  })

  it('are named with their reason', () => {
    expect(reasonOf(preparePlan(input(person({ tenureDays: 29 })), tools))).toBe('short_tenure')
    expect(reasonOf(preparePlan(input(person({ tenureDays: 30 })), tools))).toBeNull()
    expect(reasonOf(preparePlan(input(person({ tenureDays: null })), tools))).toBeNull()
    expect(reasonOf(preparePlan(input(person(), { isLimitReached: true }), tools))).toBe('limit_reached')
    expect(reasonOf(preparePlan(input(person(), { isAgentLimitReached: true }), tools))).toBe('agent_limit')
    const off = { ...defaultPolicy().questions, enabled: false }
    expect(reasonOf(preparePlan(input(person(), { settings: off }), tools))).toBe('switched_off')
  })

  it('are taken where the lists of a set would leave fewer than 20 people', () => {
    const settings = { ...defaultPolicy().questions, minPeople: 301 }
    const plan = preparePlan(input(person(), { settings }), tools)
    expect(plan.route === 'questions' ? null : plan.reason).toBe('people_check')
  })
})

describe('rest', () => {
  it('does not ask a family twice in 30 days nor a fact in 90, and the lab may', () => {
    const first = preparePlan(input(person()), tools)
    if (first.route !== 'questions') throw new Error('no questions')
    const askedAt = (days: number): PrepareInput['askedBefore'] =>
      allQuestions(first).map(({ family, factDigest }) => ({ family, factDigest, at: now - days * dayMs }))
    const again = (days: number, settings = defaultPolicy().questions): QuestionPlan =>
      preparePlan(input(person(), { askedBefore: askedAt(days), settings }), tools)
    const sharedWith = (plan: QuestionPlan, of: (question: PlannedQuestion) => string): readonly string[] => {
      const before = allQuestions(first).map(of)
      return plan.route === 'questions'
        ? allQuestions(plan)
            .map(of)
            .filter((one) => before.includes(one))
        : []
    }
    expect(sharedWith(again(29), ({ family }) => family)).toEqual([])
    expect(sharedWith(again(89), ({ factDigest }) => factDigest)).toEqual([])
    expect(sharedWith(again(91), ({ factDigest }) => factDigest)).not.toEqual([])
    const lab = { ...defaultPolicy().questions, familyRestDays: 0, factRestDays: 0 }
    expect(sharedWith(again(0, lab), ({ factDigest }) => factDigest)).not.toEqual([])
  })

  it('does not use a list for a value that was shown in another list', () => {
    const facts = person()
    const model = facts.inventory?.devices[0]?.model ?? ''
    const disclosures = [
      { valueDigest: valueDigest('device_model', model, tools), blockId: 'an older list', at: now - dayMs },
    ]
    const plan = preparePlan(input(facts, { disclosures }), tools)
    const asked = plan.route === 'questions' ? allQuestions(plan).map((question) => question.family) : []
    expect(asked).not.toContain('device_model')
  })

  it('leaves out a family that the policy switches off', () => {
    const base = defaultPolicy().questions
    const settings = { ...base, families: { ...base.families, ticket_category: false } }
    for (const plan of askingPlans({ settings }))
      expect(allQuestions(plan).map((question) => question.family)).not.toContain('ticket_category')
  })
})

describe('what the log is read for', () => {
  it('is every value whose list may be shown, so that no rest is missed, and no typed one', () => {
    for (const facts of people.slice(0, 60)) {
      const digests = listedDigests(input(facts), tools)
      const plan = preparePlan(input(facts), tools)
      const shown = plan.route === 'questions' ? allQuestions(plan) : []
      for (const { list } of shown) if (list !== null) expect(digests).toContain(list.valueDigest)
      const lists = instancesOf(facts).filter(({ body }) => body.form === 'choice')
      expect(digests).toHaveLength(lists.length)
    }
  })
})

describe('option ids', () => {
  it('are new for a new portal session, but for questions already answered', () => {
    const plan = askingPlans().find(
      (candidate) => candidate.questions[0]?.ask.form === 'choice',
    ) as AskingPlan
    let n = 0
    const fresh = renewOptionIds(plan, [2], () => `fresh-${(n += 1)}`)
    const bare = renewOptionIds({ ...plan, spare: null }, [], () => 'x')
    expect(bare.spare).toBeNull()
    const ids = (question: PlannedQuestion | undefined): readonly string[] =>
      question?.ask.form === 'choice' ? question.ask.options.map((option) => option.id) : []
    expect(ids(fresh.questions[0]).every((id) => id.startsWith('fresh-'))).toBe(true)
    expect(fresh.questions[1]).toEqual(plan.questions[1])
    const [question] = fresh.questions
    if (question?.key.kind !== 'choice') throw new Error('not a choice')
    const before = plan.questions[0]
    const place = (one: PlannedQuestion | undefined): number =>
      one?.key.kind === 'choice' ? ids(one).indexOf(one.key.correctOptionId) : -1
    expect(place(question)).toBe(place(before))
    const canary = { ...question, key: { ...question.key, canaryOptionId: ids(question)[1] ?? null } }
    const again = renewOptionIds({ ...plan, questions: [canary] }, [], () => `again-${(n += 1)}`).questions[0]
    expect(again?.key.kind === 'choice' ? again.key.canaryOptionId : null).toBe(ids(again)[1])
  })
})

describe('selection', () => {
  const typed = instancesAll.filter((instance) => instance.body.form === 'typed')
  const rule = { minAnswered: 3, maxAsked: 6, minPeople: 20, verificationId: 'v' }

  it('needs two sources', () => {
    const inventoryOnly = ['a', 'b', 'c'].map((name) => ({
      ...(typed[0] as Instance),
      family: name as Instance['family'],
      source: 'inventory' as const,
      exposure: 'private' as const,
    }))
    expect(pickQuestions(inventoryOnly, rule, tools, tenant.sets)).toEqual({
      picked: null,
      reason: 'too_few_sources',
    })
  })

  it('ends in time with many families, and asks at most the maximum and a spare', () => {
    const many = Array.from({ length: 24 }, (_, index) => {
      const base = typed[index % typed.length] as Instance
      return {
        ...base,
        family: `family ${index}` as Instance['family'],
        exposure: 'private' as const,
        source: index % 2 === 0 ? ('hr' as const) : ('tickets' as const),
      }
    })
    const result = pickQuestions(many, rule, tools, tenant.sets)
    expect(result.picked?.set).toHaveLength(6)
    expect(result.picked?.spare).toBeNull()
  })

  it('varies the spare between verifications', () => {
    const plansOf = (id: string): readonly (string | undefined)[] =>
      people.slice(0, 40).map((one) => {
        const plan = preparePlan(input(one, { verificationId: id }), tools)
        return plan.route === 'questions' ? plan.spare?.family : undefined
      })
    expect(new Set([...plansOf('v1'), ...plansOf('v2'), ...plansOf('v3')]).size).toBeGreaterThan(2)
  })
})

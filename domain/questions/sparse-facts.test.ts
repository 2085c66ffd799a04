/** Sources that hold little: what is missing makes no fact, no list and no question, and breaks nothing. */
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from '../policy/defaults.ts'
import type { Block } from './cells.ts'
import { changeEpoch } from './epochs.ts'
import { factRowsOf } from './fact-rows.ts'
import { freeWeekday, meetingsOf, teamFace } from './fact-values.ts'
import { cellFamilies, cellRules, cellValuesOf, cutFamily, tenantFacts, type CellFamily } from './facts.ts'
import type { Family, FamilyInput } from './families/family.ts'
import { families } from './families/index.ts'
import { isStillTrue } from './freshness.ts'
import { plainLabel } from './grading/labels.ts'
import { lastMonday } from './moments.ts'
import { readMonth } from './months.ts'
import type { CalendarFacts, ParticipantFacts } from './participant-facts.ts'
import { pickQuestions } from './pick.ts'
import { dropping, type QuestionPlan } from './plan.ts'
import { preparePlan } from './prepare.ts'
import { createTestTools, testPlan } from './testing/plans.ts'
import { createPeople } from './testing/tenants.ts'

const now = Date.UTC(2026, 10, 24, 12)
const tools = createTestTools()
const [person] = createPeople(3, now)
if (person === undefined) throw new Error('three people were made')
const { directory, calendar } = person
if (directory === null || calendar === null) throw new Error('test people have a directory and a calendar')
const empty = tenantFacts([], [])
const bare: ParticipantFacts = {
  ...person,
  directory: null,
  hr: null,
  inventory: null,
  tickets: null,
  groups: null,
  calendar: null,
  signIn: null,
}
const rowsOf = (facts: Partial<ParticipantFacts>) => factRowsOf({ ...bare, ...facts }, tools)
const inputOf = (facts: ParticipantFacts): FamilyInput => ({
  facts,
  purpose: 'identity_check',
  tenant: empty,
  now,
  tools,
})

describe('a directory that holds little', () => {
  it('makes no fact of a manager, a team or an office that is missing, and no band of an unknown country', () => {
    expect(rowsOf({ directory: { ...directory, manager: null, office: null, team: [] } })).toEqual([])
    const office = { name: 'Annex', country: null }
    const [row] = rowsOf({ directory: { ...directory, manager: null, office, team: [] } })
    expect(row).toMatchObject({ family: 'office', value: 'Annex' })
    expect(row).not.toHaveProperty('band')
    const known = rowsOf({
      directory: { ...directory, manager: null, office: { ...office, country: 'GB' }, team: [] },
    })
    expect(known[0]).toMatchObject({ value: 'Annex', band: 'GB' })
    expect(cellValuesOf(known, 'office')).toMatchObject([{ value: 'Annex', band: 'GB', holders: 1 }])
  })

  it('takes who joined a team at an unknown time for its oldest member, the first by id among several', () => {
    const member = (id: string, since: number | null) => ({ id, name: id, since })
    expect(teamFace([member('a', 5), member('b', null)])?.id).toBe('b')
    expect(teamFace([member('b', null), member('a', null), member('c', 1)])?.id).toBe('a')
  })
})

describe('a calendar that holds little', () => {
  const week = (busy: readonly number[]): CalendarFacts => ({
    ...calendar,
    week: { startsAt: lastMonday(now), busy },
  })
  it('has a free day only where it is the only one', () => {
    expect(freeWeekday(week([1, 2, 3, 4]), now)).toBe(5)
    expect(freeWeekday(week([1, 2, 3]), now)).toBeNull()
    expect(freeWeekday(week([1, 2, 3, 4, 5]), now)).toBeNull()
    expect(freeWeekday({ ...calendar, week: null }, now)).toBeNull()
    const quiet = { ...week([]), asOf: now, weekly: [], joined: [] }
    expect(rowsOf({ calendar: quiet })).toEqual([])
    expect(meetingsOf({ participantId: person.participantId, calendar: quiet })).toEqual([])
  })

  it('asks nothing where nobody else is counted', () => {
    const input = inputOf({ ...bare, calendar: { ...week([1, 2, 3, 4]), asOf: now } })
    expect(families.flatMap((family) => family.instances(input))).toEqual([])
  })
})

describe('a sign-in record that holds little', () => {
  it('makes a fact of each change that is dated, and of no other', () => {
    const signIn = { asOf: now, passwordChangedAt: null, secondStepChangedAt: Date.UTC(2026, 7, 3) }
    expect(rowsOf({ signIn }).map(({ value }) => value)).toEqual(['second_step 2026-08'])
  })
})

describe('every family', () => {
  it.each(families.map((family): [string, Family] => [family.family, family]))(
    '%s has neither fact nor question where its source is missing',
    (_name, family) => {
      expect(family.factsNow(inputOf(bare))).toEqual([])
      expect(family.instances(inputOf(bare))).toEqual([])
    },
  )
})

describe('a planned question', () => {
  it('stays true while its family still says so', () => {
    const family = families.find((one) => one.factsNow(inputOf(person)).length > 0)
    const [fact] = family?.factsNow(inputOf(person)) ?? []
    if (family === undefined || fact === undefined) throw new Error('test people have facts')
    const { family: name } = family
    expect(isStillTrue({ family: name, fact }, inputOf(person))).toBe(true)
    expect(isStillTrue({ family: name, fact: 'another' }, inputOf(person))).toBe(false)
    expect(isStillTrue({ family: name, fact }, inputOf(bare))).toBe(false)
  })

  it('is dropped from a plan that asks; other plans have none', () => {
    const plan = testPlan(3)
    expect(dropping(plan, [2])).toEqual({ ...plan, dropped: [2] })
    const other: QuestionPlan = { route: 'second_contact', reason: 'too_few_sources' }
    expect(dropping(other, [2])).toBe(other)
  })

  it('is never chosen from too few, nor from one source', () => {
    const rule = { minAnswered: 3, maxAsked: 6, minPeople: 20, verificationId: 'v' }
    expect(pickQuestions([], rule, tools, empty.sets)).toEqual({ picked: null, reason: 'too_few_instances' })
  })
})

describe('a published list', () => {
  const block = (family: CellFamily, values: readonly string[], canary?: string): Block => ({
    id: values.join(),
    family,
    epoch: '2026-Q3',
    values: values.map((value) => ({
      value,
      label: { kind: 'text', text: value },
      ...(value === canary ? { canary: true } : {}),
    })),
  })
  it('takes as canary of the next epoch only what no list has shown and nobody holds now', () => {
    const value = (name: string) => ({
      value: name,
      label: { kind: 'text' as const, text: name },
      holders: 4,
    })
    const listable = Array.from({ length: 8 }, (_, index) => value(`Group ${String(index)}`))
    const old = [value('shown before'), value('held again'), value('long gone')]
    const change = changeEpoch(
      [block('group', ['shown before', 'dead one', 'dead two', 'dead three'])],
      { listable, alive: new Set([...listable.map((one) => one.value), 'held again']), old },
      cellRules.group,
      '2026-Q4',
      tools,
    )
    const canaries = change.publish.flatMap(({ values }) => values.filter((one) => one.canary === true))
    expect(canaries.map(({ value: name }) => name)).toEqual(['long gone'])
  })

  it('is kept with one dead value beside its canary, which was dead from the start', () => {
    const names = ['one', 'two', 'three', 'gone', 'old']
    const kept = block('group', names, 'old')
    const alive = new Set(names.slice(0, 3))
    const changeOf = (of: ReadonlySet<string>) =>
      changeEpoch([kept], { listable: [], alive: of, old: [] }, cellRules.group, '2026-Q4', tools)
    expect(changeOf(alive)).toMatchObject({ keep: [kept], retire: [] })
    expect(changeOf(new Set(['one', 'two']))).toMatchObject({ keep: [], retire: [kept] })
  })

  it('shows a canary as an option like the others, and the key knows it', () => {
    const people = createPeople(300, now)
    const rows = people.flatMap((one) => factRowsOf(one, tools))
    const gone = { value: 'gone', label: { kind: 'text', text: 'Gone' }, canary: true } as const
    const blocks = cellFamilies
      .flatMap((family) => cutFamily(rows, family, '2026-Q4', tools).blocks)
      .map((one) => ({ ...one, values: [...one.values.slice(0, -1), gone] }))
    const tenant = tenantFacts(rows, blocks)
    const plans = people.map((facts) =>
      preparePlan(
        {
          ...{ verificationId: 'v', purpose: 'identity_check', facts, tenant, now },
          ...{ settings: defaultPolicy().questions, rule: { minAnswered: 3, maxAsked: 6 } },
          ...{ askedBefore: [], disclosures: [], isLimitReached: false, hasSecondContact: true },
        },
        createTestTools(),
      ),
    )
    const shown = plans.flatMap((plan) => (plan.route === 'questions' ? plan.questions : []))
    const canaries = shown.flatMap(({ ask, key }) =>
      ask.form === 'choice' && key.kind === 'choice'
        ? ask.options.filter(({ id }) => id === key.canaryOptionId).map(({ label }) => plainLabel(label))
        : [],
    )
    expect(new Set(canaries)).toEqual(new Set(['Gone']))
  })

  it('of a family without any is empty', () => {
    for (const family of cellFamilies) expect(empty.blockOf(family, 'anything')).toBeUndefined()
  })
})

describe('labels and months', () => {
  it('read as plain text; a day that is none is left out', () => {
    expect(plainLabel({ kind: 'month', year: 2026, month: 3 })).toBe('2026-03')
    expect(plainLabel({ kind: 'quarter', year: 2026, quarter: 1 })).toBe('2026 Q1')
    expect(plainLabel({ kind: 'weekday', weekday: 1 })).toBe('Mon')
    expect(plainLabel({ kind: 'weekday', weekday: 9 })).toBe('')
    expect(plainLabel({ kind: 'slot', weekday: 5, hour: 9 })).toBe('Fri 09:00')
    expect(plainLabel({ kind: 'slot', weekday: 9, hour: 9 })).toBe(' 09:00')
  })
  it('a word or number that is no month is none', () => {
    for (const reply of ['foo 2019', '13 2019', '0 2019', '123 2019']) expect(readMonth(reply)).toBeNull()
    expect(readMonth('12 2019')).toEqual({ year: 2019, month: 12 })
  })
})

import { describe, expect, it } from 'vitest'
import type { Purpose } from '../../verification/verification.ts'
import { factRowsOf } from '../fact-rows.ts'
import { slotValue, teamFace, type FactRow } from '../fact-values.ts'
import { cellFamilies, cutFamily, tenantFacts, type TenantFacts } from '../facts.ts'
import { lastMonday, monthIndex } from '../moments.ts'
import type { CalendarFacts, ParticipantFacts } from '../participant-facts.ts'
import type { QuestionFamily } from '../plan.ts'
import { createTestTools } from '../testing/plans.ts'
import { createPeople, dayMs } from '../testing/tenants.ts'
import type { Instance } from './family.ts'
import { families } from './index.ts'

const now = Date.UTC(2026, 10, 24, 12)
const tools = createTestTools()
const people = createPeople(400, now)
const rows = people.flatMap((person) => factRowsOf(person, tools))
const blocks = cellFamilies.flatMap((family) => cutFamily(rows, family, '2026-Q4', tools).blocks)
const tenant = tenantFacts(rows, blocks)

const ask = (
  facts: ParticipantFacts,
  family: QuestionFamily,
  purpose: Purpose = 'identity_check',
  of: TenantFacts = tenant,
): Instance | undefined =>
  families
    .find((one) => one.family === family)
    ?.instances({ facts, purpose, tenant: of, now, tools })
    .find((instance) => instance.body.form === 'choice')

/** A person whom a family can ask. */
const somebody = (family: QuestionFamily): ParticipantFacts => {
  const found = people.find((person) => ask(person, family) !== undefined)
  if (found === undefined) throw new Error(`nobody can be asked ${family}`)
  return found
}

const optionsOf = (instance: Instance | undefined): readonly string[] =>
  instance?.body.form === 'choice' ? instance.body.block.values.map((entry) => entry.value) : []

const crowd = (family: QuestionFamily, value: string): readonly FactRow[] =>
  Array.from({ length: 900 }, (_, index) => ({
    personId: `crowd-${index}`,
    family,
    value,
    label: { kind: 'text', text: value },
  }))

describe('Q3, a person with the same manager', () => {
  const base = somebody('team_mate')
  const directory = base.directory as NonNullable<ParticipantFacts['directory']>
  const manager = directory.manager as NonNullable<typeof directory.manager>
  const withDirectory = (change: Partial<typeof directory>): Instance | undefined =>
    ask({ ...base, directory: { ...directory, ...change } }, 'team_mate')

  it('shows one name of the team among names of other teams, and everybody of the team the same five', () => {
    const options = optionsOf(ask(base, 'team_mate'))
    const team = directory.team.map((member) => member.id)
    expect(options.filter((option) => team.includes(option))).toEqual([teamFace(directory.team)?.id])
    const lists = people
      .filter((person) => team.includes(person.participantId))
      .map((person) => optionsOf(ask(person, 'team_mate')))
      .filter((list) => list.length > 0)
    expect(lists.length).toBeGreaterThan(2)
    for (const list of lists) expect(list).toEqual(options)
  })

  it('is not asked of the person whose name represents the team', () => {
    const face = people.find((person) => person.participantId === teamFace(directory.team)?.id)
    expect(face && ask(face, 'team_mate')).toBeUndefined()
  })

  it('keeps the name when a newcomer joins the team', () => {
    const team = [...directory.team, { id: 'a newcomer', name: 'Ada Adler', since: now - dayMs }]
    expect(withDirectory({ team })?.fact).toBe(ask(base, 'team_mate')?.fact)
  })

  it('refuses executives, a new manager, a small team, a stale directory and a second team-mate in the list', () => {
    expect(withDirectory({ isExecutive: true })).toBeUndefined()
    expect(withDirectory({ manager: { ...manager, since: now - 29 * dayMs } })).toBeUndefined()
    expect(withDirectory({ team: directory.team.slice(0, 3) })).toBeUndefined()
    expect(withDirectory({ asOf: now - dayMs })).toBeUndefined()
    const other = optionsOf(ask(base, 'team_mate')).find((id) => id !== teamFace(directory.team)?.id) ?? ''
    const team = [...directory.team, { id: other, name: 'Ada Adler', since: now - 10 * dayMs }]
    expect(withDirectory({ team })).toBeUndefined()
  })
})

describe('Q4, a group', () => {
  const base = somebody('group')
  const groups = base.groups as NonNullable<ParticipantFacts['groups']>
  const mine = groups.groups.find(({ id }) => id === ask(base, 'group')?.fact)
  if (mine === undefined) throw new Error('no group')
  const withGroup = (change: Partial<typeof mine>, asOf = now): Instance | undefined =>
    ask({ ...base, groups: { asOf, groups: [{ ...mine, ...change }] } }, 'group')

  it('is asked about when it is used, and refused when it is not, or the source is stale', () => {
    expect(withGroup({})).toBeDefined()
    expect(withGroup({ activeAt: now - 89 * dayMs })).toBeDefined()
    expect(withGroup({ activeAt: now - 90 * dayMs })).toBeUndefined()
    expect(withGroup({}, now - dayMs)).toBeUndefined()
    expect(ask({ ...base, groups: null }, 'group')).toBeUndefined()
  })

  it('questions 18: is about work by the word of its source, and has no sensitive name', () => {
    for (const kind of ['list', 'security', 'project'] as const)
      expect(withGroup({ kind }), kind).toBeUndefined()
    expect(withGroup({ name: 'Betriebsrat Nord' })).toBeUndefined()
  })

  it('questions 18: has no sensitive name in any language', () => {
    expect(withGroup({ names: { de: 'Schichtplanung' } })).toBeDefined()
    expect(withGroup({ names: { de: 'Elternrunde' } })).toBeUndefined()
  })

  it.each([
    ['football', 'Street Football', 'Betriebsfußball', 'Fútbol los viernes'],
    ['choir', 'Choir Practice', 'Kirchenchor', 'Chorale du midi'],
    ['parents', 'Parents at Work', 'Elternstammtisch', 'Parents et enfants'],
    ['faith', 'Faith Network', 'Gebetskreis', 'Iglesia amiga'],
    ['health', 'Mental Health Allies', 'Frauengesundheit', 'Santé au travail'],
    ['union', 'Union Reps', 'Gewerkschaftsmitglieder', 'Section syndicale'],
  ])('questions 18: is never about %s, though its source calls it work', (_what, ...names) => {
    for (const name of names) expect(withGroup({ name }), name).toBeUndefined()
  })

  it('is rejected where the participant is in another listed group too', () => {
    const other = optionsOf(withGroup({})).find((id) => id !== mine.id) ?? ''
    const both = {
      ...base,
      groups: { asOf: now, groups: [mine, { ...mine, id: other, kind: 'security' as const }] },
    }
    expect(ask(both, 'group')).toBeUndefined()
  })

  it('is listed only where four of one unit are in it', () => {
    const scattered = people.flatMap((person) =>
      factRowsOf(
        { ...person, directory: person.directory && { ...person.directory, unit: person.participantId } },
        tools,
      ),
    )
    expect(cutFamily(scattered, 'group', 'e', tools).blocks).toEqual([])
  })
})

describe('Q5, the office', () => {
  const base = somebody('office')
  const directory = base.directory as NonNullable<ParticipantFacts['directory']>

  it('counts least of all, and refuses an unknown office, a stale directory and a place where most sit', () => {
    expect(ask(base, 'office')).toMatchObject({ exposure: 'public', points: 'choice_public' })
    const at = (office: typeof directory.office, asOf = now): Instance | undefined =>
      ask({ ...base, directory: { ...directory, office, asOf } }, 'office')
    expect(at(null)).toBeUndefined()
    expect(at({ name: 'Nowhere', country: null })).toBeUndefined()
    expect(at(directory.office, now - dayMs)).toBeUndefined()
    const most = crowd('office', directory.office?.name ?? '')
    expect(ask(base, 'office', 'identity_check', tenantFacts([...rows, ...most], blocks))).toBeUndefined()
  })
})

describe('Q8, Q9, Q10: the calendar', () => {
  const calendarOf = (person: ParticipantFacts): CalendarFacts => person.calendar as CalendarFacts
  const withCalendar = (
    base: ParticipantFacts,
    family: QuestionFamily,
    change: Partial<CalendarFacts>,
  ): Instance | undefined => ask({ ...base, calendar: { ...calendarOf(base), ...change } }, family)

  it('Q8: names the time zone of its hours, where that is known', () => {
    const base = somebody('meeting_slot')
    const key = 'question.meeting_slot.choice'
    expect(ask(base, 'meeting_slot')?.text).toEqual({ key, zone: 'Europe/Berlin' })
    expect(withCalendar(base, 'meeting_slot', { timeZone: null })?.text).toEqual({ key, zone: null })
  })

  it('Q8: asks the slot of the one weekly meeting of five to ten people', () => {
    const base = somebody('meeting_slot')
    const [meeting] = calendarOf(base).weekly
    if (meeting === undefined) throw new Error('no meeting')
    const weekly = (change: Partial<typeof meeting>): Instance | undefined =>
      withCalendar(base, 'meeting_slot', { weekly: [{ ...meeting, ...change }] })
    expect(optionsOf(weekly({}))).toContain(slotValue(meeting.weekday, meeting.hour))
    expect([4, 5, 10, 11].map((attendees) => weekly({ attendees }) !== undefined)).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(withCalendar(base, 'meeting_slot', { weekly: [meeting, { ...meeting, id: 'b' }] })).toBeUndefined()
    expect(withCalendar(base, 'meeting_slot', { asOf: now - dayMs })).toBeUndefined()
    const [weekday, hour] = (
      optionsOf(weekly({})).find((slot) => slot !== slotValue(meeting.weekday, meeting.hour)) ?? '1-09'
    )
      .split('-')
      .map(Number) as [number, number]
    const small = { ...meeting, id: 'talk', weekday, hour, attendees: 2 }
    expect(withCalendar(base, 'meeting_slot', { weekly: [meeting, small] })).toBeUndefined()
  })

  it('Q9: asks who called a meeting of the last five days that was joined', () => {
    const base = somebody('meeting_organiser')
    const fact = ask(base, 'meeting_organiser')?.fact
    const meeting = calendarOf(base).joined.find(({ id, organiserId }) => `${id} ${organiserId}` === fact)
    if (meeting === undefined) throw new Error('no meeting')
    const joined = (change: Partial<typeof meeting>): boolean =>
      withCalendar(base, 'meeting_organiser', { joined: [{ ...meeting, ...change }] }) !== undefined
    expect(joined({})).toBe(true)
    expect(joined({ at: now - 5 * dayMs })).toBe(false)
    expect(joined({ at: now + 1 })).toBe(false)
    expect(joined({ attendees: 2 })).toBe(false)
    expect(joined({ isAccepted: false })).toBe(false)
    expect(joined({ isCancelled: true })).toBe(false)
    expect(joined({ organiserId: base.participantId })).toBe(false)
  })

  it('Q9: rejects the question where another listed person called a meeting too', () => {
    const base = somebody('meeting_organiser')
    const instance = ask(base, 'meeting_organiser')
    const meeting = calendarOf(base).joined.find(
      ({ id, organiserId }) => `${id} ${organiserId}` === instance?.fact,
    )
    if (meeting === undefined) throw new Error('no meeting')
    const organiserId = optionsOf(instance).find((id) => id !== meeting.organiserId) ?? ''
    const declined = { ...meeting, id: 'other', organiserId, isAccepted: false }
    expect(withCalendar(base, 'meeting_organiser', { joined: [meeting, declined] })).toBeUndefined()
  })

  it('Q10: asks the one free working day of last week, of all five', () => {
    const base = somebody('free_weekday')
    const week = (busy: readonly number[], startsAt = lastMonday(now)): Instance | undefined =>
      withCalendar(base, 'free_weekday', { week: { startsAt, busy } })
    expect(optionsOf(week([1, 2, 4, 5]))).toEqual(['1', '2', '3', '4', '5'])
    expect(week([1, 2, 4, 5])?.body).toMatchObject({ value: '3' })
    expect(week([1, 2, 4])).toBeUndefined()
    expect(week([1, 2, 3, 4, 5])).toBeUndefined()
    expect(week([1, 2, 4, 5], lastMonday(now) - 7 * dayMs)).toBeUndefined()
    expect(withCalendar(base, 'free_weekday', { week: null })).toBeUndefined()
    const fridays = tenantFacts([...rows, ...crowd('free_weekday', '5')], blocks)
    expect(ask(base, 'free_weekday', 'identity_check', fridays)).toBeUndefined()
  })

  it('Q10: knows last week on a Monday and on a Sunday', () => {
    const monday = Date.UTC(2026, 10, 16)
    expect([Date.UTC(2026, 10, 23), Date.UTC(2026, 10, 29, 23, 59)].map(lastMonday)).toEqual([monday, monday])
  })
})

describe('Q17, the month of a change of sign-in', () => {
  const base = somebody('sign_in_change')
  /** Windows of five months end in a month whose index is 4 of 5. */
  const index = Math.floor((monthIndex(now) + 1) / 5) * 5 - 1
  const at = Date.UTC(Math.floor(index / 12), index % 12, 15)
  const changed = (
    signIn: Partial<NonNullable<ParticipantFacts['signIn']>>,
    purpose: Purpose = 'identity_check',
  ): Instance | undefined =>
    ask(
      { ...base, signIn: { asOf: now, passwordChangedAt: null, secondStepChangedAt: null, ...signIn } },
      'sign_in_change',
      purpose,
    )

  it('shows five months in order, the same for everybody of the window', () => {
    const instance = changed({ passwordChangedAt: at })
    expect(instance?.text).toEqual({ key: 'question.sign_in_change.choice', what: 'password' })
    const options = optionsOf(instance)
    expect(options).toHaveLength(5)
    expect([...options].sort()).toEqual(options)
    expect(options.at(-1)).toBe(instance?.fact)
  })

  it('never asks what the case is about', () => {
    const both = { passwordChangedAt: at, secondStepChangedAt: at }
    const what = (purpose: Purpose): unknown => changed(both, purpose)?.text
    expect(what('password_reset')).toMatchObject({ what: 'second_step' })
    expect(what('account_unlock')).toMatchObject({ what: 'second_step' })
    expect(what('mfa_reset')).toMatchObject({ what: 'password' })
    expect(changed({ passwordChangedAt: at }, 'password_reset')).toBeUndefined()
  })

  it('refuses a window that is not over, a change of long ago, and a stale source', () => {
    expect(
      changed({ passwordChangedAt: Date.UTC(Math.floor((index + 1) / 12), (index + 1) % 12, 2) }),
    ).toBeUndefined()
    expect(changed({ passwordChangedAt: now - 420 * dayMs })).toBeUndefined()
    expect(changed({ passwordChangedAt: at, asOf: now - dayMs })).toBeUndefined()
    expect(ask({ ...base, signIn: null }, 'sign_in_change')).toBeUndefined()
  })
})

describe('facts that are true now', () => {
  it('questions 16: hold the fact of every question that can be asked, and lose it when the source says otherwise', () => {
    let seen = 0
    for (const facts of people.slice(0, 120)) {
      for (const family of families) {
        const input = { facts, purpose: 'identity_check' as const, now, tools }
        for (const instance of family.instances({ ...input, tenant })) {
          seen += 1
          expect(family.factsNow(input)).toContain(instance.fact)
          expect(family.factsNow({ ...input, now: now + 2 * dayMs })).not.toContain(instance.fact)
        }
      }
    }
    expect(seen).toBeGreaterThan(500)
  })
})

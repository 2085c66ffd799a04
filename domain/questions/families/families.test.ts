import { describe, expect, it } from 'vitest'
import type { Block } from '../cells.ts'
import { factRowsOf } from '../fact-rows.ts'
import { faceFor, slotsOf, text, type FactRow } from '../fact-values.ts'
import { cellFamilies, cutFamily, tenantFacts } from '../facts.ts'
import type { ParticipantFacts } from '../participant-facts.ts'
import { createTestTools } from '../testing/plans.ts'
import { createPeople, dayMs } from '../testing/tenants.ts'
import type { Instance } from './family.ts'
import { families } from './index.ts'

const now = Date.UTC(2026, 10, 24, 12)
const quartersFrom2025 = ['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4', '2026-Q1']
const tools = createTestTools()
const people = createPeople(300, now)
const rows = people.flatMap((person) => factRowsOf(person, tools))
const blocks: readonly Block[] = cellFamilies.flatMap(
  (family) => cutFamily(rows, family, '2026-Q4', tools).blocks,
)
const tenant = tenantFacts(rows, blocks)

const instancesOf = (facts: ParticipantFacts, of = tenant): readonly Instance[] =>
  families.flatMap((family) => family.instances({ facts, purpose: 'identity_check', tenant: of, now, tools }))

/** A person whom every family can ask. */
const asked = people.find((candidate) => {
  const own = new Set(instancesOf(candidate).map((instance) => instance.family))
  return (['manager', 'start_month', 'device_model', 'asset_tag', 'ticket_category'] as const).every(
    (family) => own.has(family),
  )
})
if (asked === undefined) throw new Error('nobody can be asked all five')

describe('families', () => {
  const only = (facts: ParticipantFacts, family: string, of = tenant): readonly Instance[] =>
    instancesOf(facts, of).filter((instance) => instance.family === family)
  const base: ParticipantFacts = asked
  const directory = base.directory as NonNullable<ParticipantFacts['directory']>
  const manager = directory.manager as NonNullable<typeof directory.manager>
  const inventory = base.inventory as NonNullable<ParticipantFacts['inventory']>
  const [device] = inventory.devices
  if (device === undefined) throw new Error('no device')
  const tickets = base.tickets as NonNullable<ParticipantFacts['tickets']>
  const last = tickets.last as NonNullable<typeof tickets.last>
  const hr = base.hr as NonNullable<ParticipantFacts['hr']>

  it('ask the manager as a choice and typed, not after a change, not executives, not from a stale source', () => {
    const settled = { ...base, directory: { ...directory, manager: { ...manager, since: null } } }
    expect(only(settled, 'manager').map((instance) => instance.body.form)).toContain('typed')
    const changed = { ...manager, since: now - 29 * dayMs }
    expect(only({ ...base, directory: { ...directory, manager: changed } }, 'manager')).toEqual([])
    expect(only({ ...base, directory: { ...directory, isExecutive: true } }, 'manager')).toEqual([])
    expect(only({ ...base, directory: { ...directory, asOf: now - dayMs } }, 'manager')).toEqual([])
    expect(only({ ...base, directory: { ...directory, manager: null } }, 'manager')).toEqual([])
    expect(only({ ...base, directory: null }, 'manager')).toEqual([])
  })

  it('never ask a name typed that only another script holds, unless a romanised spelling is on file', () => {
    const kanji = { ...manager, name: '田中太郎' }
    const forms = (spellings: readonly string[]): readonly string[] =>
      only(
        { ...base, directory: { ...directory, manager: { ...kanji, otherSpellings: spellings } } },
        'manager',
      ).map((instance) => instance.body.form)
    expect(forms([])).not.toContain('typed')
    expect(forms(['Tanaka Taro'])).toContain('typed')
  })

  const crowd = tenantFacts(
    createPeople(900, now).flatMap((person) => factRowsOf(person, tools)),
    [],
  )
  const started = (startYear: number, startMonth: number): readonly Instance[] =>
    only({ ...base, hr: { ...hr, startYear, startMonth } }, 'start_month', crowd)

  it('ask the start month by a window of quarters that has passed, not after a merger', () => {
    const choice = started(2025, 5).find((instance) => instance.body.form === 'choice')
    if (choice?.body.form !== 'choice') throw new Error('no choice')
    expect(choice.body.block.values.map(({ value }) => value)).toEqual(quartersFrom2025)
    expect(started(2026, 10).map((instance) => instance.body.form)).toEqual(['typed'])
    expect(only({ ...base, hr: { ...hr, isByMerger: true } }, 'start_month')).toEqual([])
    expect(only({ ...base, hr: null }, 'start_month')).toEqual([])
  })

  it('ask the start year, and never the month, from three years on', () => {
    const keysOf = (instances: readonly Instance[]) => instances.map(({ text }) => text.key)
    expect(keysOf(started(2023, 11))).toEqual(['question.start_month.year'])
    expect(keysOf(started(2016, 1))).toEqual(['question.start_month.year'])
    expect(keysOf(started(2023, 12))).toEqual(['question.start_month.typed'])
    const [year] = started(2016, 1)
    expect(year).toMatchObject({
      fact: '2016',
      points: 'typed_medium',
      body: { form: 'typed', field: { kind: 'year', maxLength: 4 }, key: { kind: 'year', year: 2016 } },
    })
  })

  it('show no quarter that only people who are asked for the year could have begun in', () => {
    for (let month = 1; month <= 48; month += 1) {
      const index = 2026 * 12 + 10 - month
      for (const { body } of started(Math.floor(index / 12), (index % 12) + 1))
        if (body.form === 'choice')
          for (const { label } of body.block.values)
            if (label.kind === 'quarter') expect(label.year * 4 + label.quarter).toBeGreaterThan(2023 * 4 + 4)
    }
  })

  it('ask the model of a computer seen lately, and reject the question where two options are true', () => {
    const block = tenant.blockOf('device_model', device.model)
    const other = block?.values.find((value) => value.value !== device.model)?.value ?? ''
    const withDevices = (devices: typeof inventory.devices): readonly Instance[] =>
      only({ ...base, inventory: { ...inventory, devices } }, 'device_model')
    expect(withDevices([device])).toHaveLength(1)
    expect(withDevices([device, { ...device, id: 'second', model: other }])).toEqual([])
    expect(withDevices([{ ...device, seenAt: now - 60 * dayMs }])).toEqual([])
    expect(withDevices([{ ...device, kind: 'other' }])).toEqual([])
    expect(withDevices([{ ...device, model: 'One of its kind' }])).toEqual([])
  })

  it('ask the end of an asset tag that has one', () => {
    const tagged = (assetTag: string | null): readonly Instance[] =>
      only({ ...base, inventory: { ...inventory, devices: [{ ...device, assetTag }] } }, 'asset_tag')
    expect(tagged('NB-00 47-11')[0]?.body).toMatchObject({ key: { kind: 'characters', truth: '4711' } })
    expect(tagged('4-11')).toEqual([])
    expect(tagged(null)).toEqual([])
  })

  it('ask the last ticket between 7 and 180 days old', () => {
    const opened = (days: number): number =>
      only(
        { ...base, tickets: { ...tickets, last: { ...last, openedAt: now - days * dayMs } } },
        'ticket_category',
      ).length
    expect([6, 7, 180, 181].map(opened)).toEqual([0, 1, 1, 0])
    expect(only({ ...base, tickets: { ...tickets, last: null } }, 'ticket_category')).toEqual([])
    const payroll = { ...last, category: 'Payroll question' }
    expect(only({ ...base, tickets: { ...tickets, last: payroll } }, 'ticket_category')).toEqual([])
  })

  it('questions 18: never list sensitive words', () => {
    const odd: ParticipantFacts = {
      ...base,
      tickets: { ...tickets, last: { ...last, category: 'Sick leave' } },
    }
    expect(factRowsOf(odd, tools).map((row) => row.family)).not.toContain('ticket_category')
  })

  it('ask nothing in a tenant that has too few values, or one too common', () => {
    expect(instancesOf(base, tenantFacts([], []))).toEqual([])
    const crowd: readonly FactRow[] = Array.from({ length: 400 }, (_, index) => ({
      personId: `crowd-${index}`,
      family: 'ticket_category',
      value: last.category,
      label: { kind: 'text', text: last.category },
    }))
    expect(only(base, 'ticket_category', tenantFacts([...rows, ...crowd], blocks))).toEqual([])
    const sameStart: readonly FactRow[] = crowd.map((row) => ({
      ...row,
      family: 'start_month',
      value: '2019-05',
    }))
    const started = { ...base, hr: { ...hr, startYear: 2019, startMonth: 5 } }
    expect(only(started, 'start_month', tenantFacts([...rows, ...sameStart], blocks))).toEqual([])
  })

  it('questions 18: look at the words of a published list again when it is used', () => {
    const dirty = blocks.map((block) => ({
      ...block,
      values: block.values.map((entry) =>
        block.family === 'ticket_category' && entry.value !== last.category
          ? { value: 'Salary and bonus', label: { kind: 'text' as const, text: 'Salary and bonus' } }
          : entry,
      ),
    }))
    expect(only(base, 'ticket_category')).toHaveLength(1)
    expect(only(base, 'ticket_category', tenantFacts(rows, dirty))).toEqual([])
  })

  it('pick among several devices always the same one', () => {
    const second = { ...device, id: 'another', assetTag: 'NB-99-99' }
    const both = { ...base, inventory: { ...inventory, devices: [device, second] } }
    const turned = { ...base, inventory: { ...inventory, devices: [second, device] } }
    expect(only(both, 'asset_tag')).toEqual(only(turned, 'asset_tag'))
  })

  it('have rows for whatever a person has, and none for what is missing', () => {
    expect(factRowsOf(base, tools).map((row) => row.family)).toEqual(
      [
        'manager',
        ...(faceFor(base.participantId, directory) === undefined ? [] : ['team_mate']),
        'office',
        'start_month',
        ...(base.groups?.groups ?? []).map(() => 'group'),
        'sign_in_change',
        'sign_in_change',
        'free_weekday',
        ...slotsOf(base.calendar as NonNullable<typeof base.calendar>).map(() => 'meeting_slot'),
        ...new Set((base.calendar?.joined ?? []).map((meeting) => meeting.organiserId)),
        'device_model',
        'ticket_category',
        'asset_tag',
      ].map((family) => (family.startsWith('manager-') ? 'meeting_organiser' : family)),
    )
    const bare: ParticipantFacts = {
      ...base,
      directory: null,
      hr: null,
      inventory: null,
      tickets: null,
      groups: null,
      calendar: null,
      signIn: null,
    }
    expect(factRowsOf(bare, tools)).toEqual([])
    const untagged = { ...inventory, devices: [{ ...device, assetTag: null }] }
    expect(factRowsOf({ ...bare, inventory: untagged }, tools).map((row) => row.family)).toEqual([
      'device_model',
    ])
  })

  it('count only text labels as names of managers', () => {
    const odd: FactRow = {
      personId: 'p',
      family: 'manager',
      value: 'm',
      label: { kind: 'quarter', year: 2019, quarter: 1 },
    }
    expect(tenantFacts([odd], []).managerNames).toEqual([])
  })
})

it('K6: a name in another language holds no invisible letters either', () => {
  expect(text('Wire\u200bless', { de: 'W\u200bLAN' })).toEqual({
    ...{ kind: 'text', text: 'Wireless' },
    names: { de: 'WLAN' },
  })
})

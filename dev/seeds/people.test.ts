import { describe, expect, test } from 'vitest'
import { parseEmail, isE164 } from '#domain/contact.ts'
import { mailDomainKind } from '#platform/facts/email-domain.ts'
import { charts, northwind } from './charts.ts'
import { contactsOf } from './contacts.ts'
import { peopleOf } from './people.ts'
import { randomOf } from './random.ts'

describe.each(charts)('the people of $slug', (chart) => {
  const people = peopleOf(chart)

  test('have logins, addresses and directory ids of their own', () => {
    for (const key of ['id', 'login', 'workEmail', 'directoryId'] as const)
      expect(new Set(people.map((person) => person[key])).size).toBe(people.length)
    for (const { login, workEmail } of people) {
      expect(login).toMatch(/^[a-z][a-z0-9.-]+$/)
      expect(parseEmail(workEmail)).toEqual({ ok: true, value: workEmail })
    }
  })

  test('include all staff of the help desk, who work where the chart says', () => {
    const desk = people.filter((person) => person.desk !== null)
    expect(desk.map((person) => person.desk)).toEqual(expect.arrayContaining([...chart.desk]))
    expect(desk.every((person) => person.tier === 'standard' && person.accountState === 'active')).toBe(true)
  })

  test('have contacts in the stored form, each number and address once', () => {
    const contacts = contactsOf(chart, people)
    expect(new Set(contacts.map((contact) => contact.value)).size).toBe(contacts.length)
    for (const { kind, label, value } of contacts) {
      if (kind === 'phone') expect(isE164(value)).toBe(true)
      else expect(parseEmail(value)).toEqual({ ok: true, value })
      if (label === 'private') expect(mailDomainKind(value, [chart.domain])).toBe('private')
    }
  })
})

describe('the larger organisation', () => {
  const people = peopleOf(northwind)

  test('works in five countries, has people who began in each of twelve years, and names in many scripts', () => {
    expect(people.length).toBeGreaterThanOrEqual(300)
    expect(new Set(people.map((person) => person.office)).size).toBe(6)
    expect(new Set(people.map((person) => Math.floor(Math.max(0, person.hiredDaysAgo) / 365))).size).toBe(12)
    const scripts = [/\p{Script=Han}/u, /\p{Script=Arabic}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u]
    for (const script of scripts) expect(people.some((person) => script.test(person.displayName))).toBe(true)
    expect(
      people.some((person) => /[^\p{ASCII}]/u.test(person.displayName) && person.name.romanised === null),
    ).toBe(true)
  })

  test('has numbers from ranges kept for fiction only', () => {
    const fiction =
      /^\+(1\d{3}55501\d\d|447700900\d{3}|442079460\d{3}|4917139200\d\d|4917604069\d\d|494066969\d{3}|33639980\d{3}|33465710\d{3})$/
    const phones = contactsOf(northwind, people).filter((contact) => contact.kind === 'phone')
    expect(phones.filter(({ value }) => !fiction.test(value))).toEqual([])
  })
})

test('random numbers are the same for the same name, others for another, and spread evenly', () => {
  const draw = (...name: string[]) => Array.from({ length: 5 }, randomOf(...name).next)
  expect(draw('a', 'b')).toEqual(draw('a', 'b'))
  expect(draw('a', 'b')).not.toEqual(draw('ab'))
  const random = randomOf('even')
  const counts = [0, 0, 0, 0]
  for (let turn = 0; turn < 8_000; turn += 1) {
    const at = random.int(0, 3)
    counts[at] = (counts[at] ?? 0) + 1
  }
  for (const count of counts) expect(Math.abs(count - 2_000)).toBeLessThan(200)
  const weighted = Array.from({ length: 4_000 }, () => random.weighted({ often: 3, seldom: 1, never: 0 }))
  expect(weighted).not.toContain('never')
  expect(weighted.filter((key) => key === 'often').length / 4_000).toBeCloseTo(0.75, 1)
})

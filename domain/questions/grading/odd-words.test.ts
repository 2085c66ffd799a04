/** Names, titles and subjects with bidirectional, invisible and very many characters, all the way into lists of options. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textTools } from '#platform/facts/text-folding.ts'
import { initialsOf } from '../../person.ts'
import { now } from '../../risk/testing/facts.ts'
import { anyCharacter } from '../../testing/any-character.ts'
import { cellFamilies, cutFamily, tenantFacts } from '../facts.ts'
import { factRowsOf } from '../fact-rows.ts'
import type { ParticipantFacts } from '../participant-facts.ts'
import { createPeople } from '../testing/tenants.ts'

const invisible = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u
const odd = [
  '\u202egro.elpmaxe\u202c',
  'Ada\u200b\u200d\u2060 Lindt',
  '👩🏽‍🚒🇳🇴 Ines',
  'Ѕcоре',
  'ﷺ'.repeat(80),
  'x'.repeat(80),
  'A\u0301'.repeat(80),
  '\ud800 lone',
  '\u{e0041}\u{e0042}',
  '=HYPERLINK("https://evil.example")',
]
const oddOf = (index: number): string => `${odd[index % odd.length] ?? ''} ${String(index % 97)}`

const renamed = (person: ParticipantFacts, index: number): ParticipantFacts => ({
  ...person,
  ...(person.directory && {
    directory: {
      ...person.directory,
      manager: person.directory.manager && { ...person.directory.manager, name: oddOf(index) },
      office: person.directory.office && { ...person.directory.office, name: oddOf(index % 40) },
      team: person.directory.team.map((member) => ({ ...member, name: oddOf(index + 1) })),
    },
  }),
  ...(person.tickets?.last && {
    tickets: { ...person.tickets, last: { ...person.tickets.last, category: oddOf(index % 30) } },
  }),
  ...(person.calendar && {
    calendar: {
      ...person.calendar,
      joined: person.calendar.joined.map((meeting) => ({ ...meeting, organiserName: oddOf(index + 2) })),
    },
  }),
})

describe('odd words', () => {
  const tools = {
    ...textTools,
    hmac: (text: string) => `${text.length.toString(16)}${text}`.slice(0, 64),
    randomId: () => 'id',
  }
  const rows = createPeople(600, now)
    .map(renamed)
    .flatMap((person) => factRowsOf(person, tools))

  it('become options without a character that cannot be seen', () => {
    const labels = rows.flatMap(({ label }) => (label.kind === 'text' ? [label.text] : []))
    expect(labels.length).toBeGreaterThan(500)
    expect(labels.filter((label) => invisible.test(label))).toEqual([])
  })

  it('are counted and cut into lists like any other', () => {
    const blocks = cellFamilies.flatMap((family) => cutFamily(rows, family, '2026-Q4', tools).blocks)
    expect(() => tenantFacts(rows, blocks)).not.toThrow()
  })

  it('have initials that can be shown', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.constantFrom(...odd), fc.string({ unit: anyCharacter, maxLength: 80 })),
        (name) => {
          const initials = initialsOf(name)
          expect(initials).not.toMatch(invisible)
          expect([...initials].length).toBeLessThanOrEqual(6)
        },
      ),
    )
  })
})

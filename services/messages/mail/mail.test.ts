import { JSDOM } from 'jsdom'
import { describe, expect, it } from 'vitest'
import { languages } from '#domain/languages.ts'
import { messageKinds, ruleOf, type MessageKind } from '#domain/messages/kinds.ts'
import { compose } from '../compose.ts'
import { sampleSlots } from '../sample.ts'
import { staffNotice } from '../staff-notices.ts'
import type { MailAbout } from '../texts.ts'
import { momentIn } from './moment.ts'

const portal = 'https://verify.northwind.example'
const facts: MailAbout = {
  agent: 'Ravi Menon',
  ticket: 'INC-4711',
  at: new Date('2026-11-28T05:21:00Z'),
  zone: 'Europe/Berlin',
  country: 'GB',
  phone: '+44 20 7946 0000',
}
const mail = (
  kind: MessageKind,
  language: string,
  about: Partial<MailAbout> = {},
  organisation = 'Northwind',
) => {
  const slots = { ...sampleSlots(organisation, portal, kind), about: { ...facts, ...about } }
  const { subject, text, html } = compose(kind, 'email', language, slots)
  return { subject: subject ?? '', text, html: html ?? '', link: slots.link }
}
const shownBy = (html: string): string =>
  new JSDOM(html).window.document.body.textContent.replace(/\s+/g, ' ').trim()

const kinds = messageKinds.filter((kind) => ruleOf(kind).channels.includes('email'))
const cases = kinds.flatMap((kind) => languages.map((language) => [kind, language] as const))

describe('a mail', () => {
  it.each(cases)(
    '%s in %s says the same in both parts: who, which ticket, when, what else, and whom to ask',
    (kind, language) => {
      const { text, html, subject } = mail(kind, language)
      const shown = shownBy(html)
      for (const value of ['Northwind', 'Ravi Menon', 'INC-4711', '06:21', '+44 20 7946 0000']) {
        expect(text).toContain(value)
        expect(shown).toContain(value)
      }
      expect(text).toMatch(/Central European Standard Time|Mitteleuropäische Normalzeit/)
      expect(text).toMatch(
        /If you do nothing|You do not need to do anything|Wenn Sie nichts tun|Sie müssen nichts tun/,
      )
      const sentences = text.split('\n').filter((line) => line !== '' && !line.startsWith('https://'))
      for (const sentence of sentences) expect(shown).toContain(sentence.replace(/\s+/g, ' ').trim())
      expect(subject).toMatch(/^Northwind: \S/)
    },
  )

  it.each(cases)(
    '%s in %s has one link at most, whose address is shown, and loads nothing',
    (kind, language) => {
      const { html, link } = mail(kind, language)
      const { document } = new JSDOM(html).window
      const links = [...document.querySelectorAll('a')]
      expect(links.map(({ href }) => href)).toEqual(link === null ? [] : [link])
      if (link !== null) expect(shownBy(html)).toContain(link)
      expect(document.querySelectorAll('img, script, link, iframe, object, svg, video, form')).toHaveLength(0)
      expect(html).not.toMatch(/url\(|@import|\bon[a-z]+=/i)
      const addresses = html.match(/https?:\/\/[^\s"'<]+/g) ?? []
      const foreign = addresses.filter(
        (address) => address !== link && !address.startsWith('http://www.w3.org/'),
      )
      expect(foreign).toEqual([])
    },
  )

  it.each(cases)('%s in %s names its language and both colour schemes', (kind, language) => {
    const { documentElement } = new JSDOM(mail(kind, language).html).window.document
    expect([documentElement.lang, documentElement.dir]).toEqual([language, 'ltr'])
    expect(documentElement.querySelector('meta[name=color-scheme]')?.getAttribute('content')).toBe(
      'light dark',
    )
    expect(documentElement.innerHTML).toContain('prefers-color-scheme: dark')
  })

  it('leaves out what nobody named', () => {
    const { text, html } = mail('started', 'en', { agent: null, ticket: null, phone: null })
    for (const part of [text, shownBy(html)]) expect(part).not.toMatch(/agent:|Ticket:|Call the help desk/)
    expect(text).toContain('Time: 28 Nov 2026, 06:21')
  })

  it('subjects of notices say what happened, each another thing', () => {
    for (const language of languages) {
      const subjects = kinds.map((kind) => mail(kind, language).subject)
      expect(new Set(subjects).size).toBe(kinds.length)
    }
  })
})

describe('K3, K4: what a value does to a mail', () => {
  it('an agent whose name is an element is shown as text', () => {
    const { html, text } = mail('link', 'en', { agent: '<img src=x>' })
    expect(html).toContain('&lt;img src=x&gt;')
    expect(html).not.toContain('<img')
    expect(text).toContain('Help desk agent: <img src=x>')
  })

  it('a ticket with line breaks stays on one line', () => {
    const { text, subject } = mail('link', 'en', { ticket: '4711\r\nBcc: all@corp.example\n\nPay here' })
    expect(text).toContain('Ticket: 4711 Bcc: all@corp.example Pay here\n')
    expect(subject).not.toContain('4711')
  })

  it('a name that turns the direction of text turns nothing', () => {
    const { text, html } = mail('link', 'en', { agent: 'Ravi\u202egnp.exe\u2067 Menon' })
    for (const part of [text, html]) expect(part).not.toMatch(/[\u202a-\u202e\u2066\u2067]/)
    expect(text).toContain('Ravi gnp.exe  Menon')
  })

  it('a name of a script that goes the other way is set apart in both parts', () => {
    const { text, html } = mail('link', 'en', { agent: 'شركة' })
    expect(text).toContain('Help desk agent: \u200e\u2068شركة\u2069\n')
    expect(html).toContain('<bdi>شركة</bdi>')
  })

  it('a name of more than eighty letters is cut', () => {
    const { text } = mail('link', 'en', { agent: 'A'.repeat(200) })
    expect(text).toContain(`Help desk agent: ${'A'.repeat(80)}\n`)
  })

  it('placeholders in a name are nobody’s', () => {
    const { html, text } = mail('link', 'en', { agent: '{link} {{= it.link }} <% x %>' })
    for (const part of [text, shownBy(html)]) expect(part).toContain('{link} {{= it.link }} <% x %>')
    const staff = {
      kind: 'proposed',
      byName: '{link} {code} {{= it.link }}',
      about: '',
      takesEffectAt: null,
    } as const
    const reader = { language: 'en', country: null, timeZone: null, at: facts.at }
    const notice = staffNotice(staff, { organisation: '{link}', zone: 'UTC' }, reader)
    expect(notice.text).toContain('{link} {code} {{= it.link }} proposes')
    expect(shownBy(notice.html ?? '')).toContain('{link} {code} {{= it.link }} proposes')
  })
})

describe('the moment in a mail', () => {
  const at = new Date('2026-07-01T23:30:00Z')
  it.each([
    ['Europe/London', 'en', 'GB', '2 Jul 2026, 00:30 (British Summer Time)'],
    ['America/Chicago', 'en', 'US', 'Jul 1, 2026, 6:30 PM (Central Daylight Time)'],
    ['Europe/Berlin', 'de', 'DE', '02.07.2026, 01:30 (Mitteleuropäische Sommerzeit)'],
    ['Mars/Olympus', 'en', 'GB', '1 Jul 2026, 23:30 (Coordinated Universal Time)'],
  ] as const)('in %s, %s, %s is %s', (zone, language, country, said) => {
    expect(momentIn(at, zone, language, country).replace(/\u202f/g, ' ')).toBe(said)
  })
})

import { describe, expect, it } from 'vitest'
import { languages } from '#domain/languages.ts'
import { messageKinds, ruleOf } from '#domain/messages/kinds.ts'
import { fitsSms, smsSize } from '#domain/messages/sms-size.ts'
import { problemsOfText } from '#domain/messages/message-text.ts'
import { slotsOf } from '#services/messages/compose.ts'
import { pageOf } from '#services/messages/sample.ts'
import { standardText } from '#services/messages/standard-texts.ts'
import { compose, linkTo } from './compose.ts'
import { emailRecipient, phoneRecipient, addressOf } from './recipient.ts'

const token = 'A'.repeat(43)
const portal = 'https://verify.northwind.example'
const link = linkTo(portal, 'v', token)
const slots = { organisation: 'Northwind Traders Europe', link, code: '123456', minutes: 10 }
const cases = messageKinds.flatMap((kind) =>
  ruleOf(kind).channels.flatMap((channel) => languages.map((language) => [kind, channel, language] as const)),
)

describe('B22: messages', () => {
  it.each(cases)(
    '%s by %s in %s names the organisation and carries at most one link',
    (kind, channel, language) => {
      const { subject, text } = compose(kind, channel, language, slots)
      expect(`${subject ?? ''} ${text}`).toContain('Northwind Traders Europe')
      expect(text.match(/https?:\/\//g)?.length ?? 0).toBeLessThanOrEqual(1)
    },
  )

  it.each(cases.filter(([, channel]) => channel === 'sms'))(
    '%s by %s in %s fits two segments, and says that nobody will ask for what it holds',
    (kind, channel, language) => {
      const { text } = compose(kind, channel, language, slots)
      expect(smsSize(text)).toMatchObject({ encoding: 'gsm7' })
      expect(smsSize(text).segments).toBeLessThanOrEqual(2)
      expect(text).toMatch(/never (ask|call)|nie, |nie an/)
    },
  )

  it.each(cases.filter(([, channel]) => channel === 'sms'))(
    '%s by %s in %s fits two segments with the longest usual values, its name whole',
    (kind, channel, language) => {
      const usual = {
        organisation: 'Northwind Traders Europe',
        link: linkTo('https://verify.northwind-traders.example', pageOf(kind), token),
        code: '123456',
        minutes: 60,
      }
      const { text, html } = compose(kind, channel, language, usual)
      expect(smsSize(text)).toMatchObject({ encoding: 'gsm7', segments: 2 })
      expect(text).toContain(usual.organisation)
      expect(html).toBeNull()
    },
  )

  it.each(cases)(
    '%s by %s in %s binds a code that it sends to the portal, and nothing else',
    (kind, channel, language) => {
      const hasCode = channel === 'sms' && ruleOf(kind).needs.includes('code')
      const { text } = compose(kind, channel, language, slots)
      if (hasCode) expect(text.split('\n').at(-1)).toBe('@verify.northwind.example #123456')
      else expect(text).not.toMatch(/@|#\d{6}/)
    },
  )

  it('an own text that leaves no room for the line of the code goes out without it', () => {
    const long = '{organisation} {code} {minutes} {link} {warning} '
    const own = { subject: null, text: long + 'a'.repeat(306 - 24 - 6 - 2 - link.length - 52 - 4) }
    const { text } = compose('second_code', 'sms', 'en', slots, own)
    expect(text).toContain('Northwind Traders Europe 123456')
    expect(fitsSms(text)).toBe(true)
  })

  it.each(cases)(
    'the standard words of %s by %s in %s keep the rules of own texts',
    (kind, channel, language) => {
      const words = standardText(kind, channel, language)
      expect(problemsOfText(kind, channel, words, slotsOf(kind, language, slots))).toEqual([])
    },
  )

  /** The way to "this was not me": the report page itself, or the No of the page that the one link opens. */
  const ways = {
    report: /not-me#[\w-]{43}/,
    no: /Not you\? Do nothing, or press No there|Nicht Sie\? Nichts tun oder dort Nein drücken/,
    approver: /Not right\? Sign in and press No|Nicht richtig\? Anmelden und Nein drücken/,
    words: /speak to your IT department|sprechen Sie mit Ihrer IT-Abteilung/,
  }
  /** Messages about nothing that could be stopped. */
  const isOfNothing = (kind: (typeof cases)[number][0]): boolean =>
    kind === 'approver_named' || kind === 'passkey_invitation'
  const wayOf = (kind: (typeof cases)[number][0]): RegExp => {
    if (kind === 'link') return ways.no
    if (kind === 'approver_request') return ways.approver
    return isOfNothing(kind) ? ways.words : ways.report
  }

  it.each(cases)('B12: %s by %s in %s leads to “this was not me”', (kind, channel, language) => {
    const page = pageOf(kind)
    const { text } = compose(kind, channel, language, { ...slots, link: linkTo(portal, page, token) })
    expect(text).toMatch(wayOf(kind))
    if (wayOf(kind) === ways.report) expect(text).toMatch(/not you|nicht/i)
  })

  it.each(cases.filter(([kind]) => !isOfNothing(kind)))(
    'B12: no words of an organisation’s own take that away from %s by %s in %s',
    (kind, channel, language) => {
      const needs = ruleOf(kind).needs.map((name) => `{${name}}`)
      const own = { subject: channel === 'email' ? '{organisation}' : null, text: needs.join(' ') }
      const page = pageOf(kind)
      expect(problemsOfText(kind, channel, own, slotsOf(kind, language, slots))).toEqual([])
      const given = { ...slots, link: linkTo(portal, page, token) }
      expect(compose(kind, channel, language, given, own).text).toMatch(wayOf(kind))
    },
  )

  it.each([
    ['long', 'Northwind Traders Global Holding and Shipping Company of London, Rotterdam and Hamburg'],
    ['of letters that cost double', 'Łódzkie Przedsiębiorstwo Usług Śródlądowych i Żeglugi'],
    ['of an alphabet that SMS cannot say cheaply', '株式会社ノースウィンド貿易グローバルホールディングス'],
    ['of emoji', '🚢'.repeat(60)],
    ['that goes the other way', 'شركة رياح الشمال للتجارة والشحن الدولي المحدودة في الخليج'],
  ])('a name %s never pushes link or warning out of an SMS', (_what, organisation) => {
    for (const [kind, channel, language] of cases.filter(([, by]) => by === 'sms')) {
      const { text } = compose(kind, channel, language, { ...slots, organisation })
      expect([kind, language, fitsSms(text)]).toEqual([kind, language, true])
      expect(text).toMatch(/never (ask|call)|nie, |nie an/)
      if (ruleOf(kind).needs.includes('link')) expect(text).toContain(link)
    }
  })

  it('K4: a name of another direction is set apart, so that what follows is read in its order', () => {
    const { text, subject } = compose('link', 'email', 'en', { ...slots, organisation: 'شركة' })
    expect(subject).toMatch(/^\u200e\u2068شركة\u2069: confirm/)
    expect(text).toContain('of \u200e\u2068شركة\u2069 has')
  })

  it.each(['\u202e', '\u2066', '\u200b', '\u200f', '\ufeff', '\u0000', '\u0085', '\u{e0041}'])(
    'K4: a name brings no sign that is not seen (%j)',
    (sign) => {
      const { subject } = compose('link', 'email', 'en', { ...slots, organisation: `Evil${sign}Corp` })
      expect(subject).toBe('Evil Corp: confirm that it is you')
    },
  )

  it('a language that is missing becomes English; a region is no other language', () => {
    const of = (tag: string | null) => compose('link', 'sms', tag, slots).text
    expect(of('tlh')).toBe(of('en'))
    expect(of(null)).toBe(of('en'))
    expect(of('de-AT')).toBe(of('de'))
  })

  it('own texts take the place of the standard ones', () => {
    const own = { subject: '{organisation}: hello', text: 'Within {minutes} min:\n{link}\n{warning}' }
    const { subject, text } = compose('link', 'email', 'de', slots, own)
    expect(subject).toBe('Northwind Traders Europe: hello')
    expect(text.split('\n\n')).toEqual([
      `Within 10 min:\n${link}\nNicht Sie? Nichts tun oder dort Nein drücken. Wir bitten Sie nie, diesen Link jemandem vorzulesen.`,
      'Wenn Sie nichts tun, ändert sich nichts. Der Link gilt 10 Minuten.',
    ])
  })

  it.each(languages)('the link in %s says that nobody will ask for it', (language) => {
    const { text } = compose('link', 'sms', language, slots)
    expect(text).toMatch(/never ask you to read this link to anyone|nie, diesen Link jemandem vorzulesen/)
  })

  it('K4: a name with a line break begins no header', () => {
    const { subject } = compose('link', 'email', 'en', {
      ...slots,
      organisation: 'Evil\r\nBcc: all@corp.example',
    })
    expect(subject).not.toMatch(/[\r\n]/)
  })

  it('C15, C9: a link has the configured host and its token behind the #', () => {
    expect(link).toBe(`https://verify.northwind.example/v#${token}`)
    expect(new URL(link).search).toBe('')
  })
})

describe('C13: exactly one recipient', () => {
  it.each([
    'a@corp.example, b@evil.example',
    '<b@evil.example>a@corp.example',
    'a@corp.example;b@evil.example',
    'a b@corp.example',
    '"a"@corp.example',
    'a@corp.example\r\nBcc: b@evil.example',
    'a\uFF20evil.example@corp.example',
    'a@corp(comment).example',
    'a@',
    '@corp.example',
    'plain',
  ])('refuses %j', (value) => {
    expect(emailRecipient(value)).toBeNull()
  })

  it('takes a plain address and turns its domain to ASCII', () => {
    expect(emailRecipient('anna@bücher.example')).toBe('anna@xn--bcher-kva.example')
  })

  it.each(['0170123', '+49 170 1234567', '+4917012345678901', '+49170123456, +1700'])(
    'refuses the number %j',
    (value) => {
      expect(phoneRecipient(value)).toBeNull()
    },
  )

  it('takes E.164', () => {
    expect(phoneRecipient('+447700900123')).toBe('+447700900123')
  })

  it('goes by the channel of the contact’s kind, and to nobody where the value is of another', () => {
    const [phone, email] = ['+447700900123', 'anna@example.org']
    expect(addressOf({ kind: 'phone', value: phone })).toEqual({ channel: 'sms', to: phone })
    expect(addressOf({ kind: 'email', value: email })).toEqual({ channel: 'email', to: email })
    expect(addressOf({ kind: 'phone', value: email })).toEqual({ channel: 'sms', to: null })
    expect(addressOf({ kind: 'email', value: phone })).toEqual({ channel: 'email', to: null })
  })
})

import { describe, expect, it } from 'vitest'
import { messageKinds, ruleOf, type MessageKind } from './kinds.ts'
import { fill, fillSms, longestTexts, problemsOfText, type Slots, type MessageText } from './message-text.ts'

const slots: Slots = {
  organisation: 'Northwind Traders',
  link: `https://verify.northwind.example/v#${'A'.repeat(43)}`,
  code: '123456',
  minutes: '10',
  warning: 'We will never ask you to read this link to anyone.',
}
const good = '{organisation}: confirm within {minutes} min: {link} {warning}'
const sms = (text: string, kind: MessageKind = 'link') =>
  problemsOfText(kind, 'sms', { subject: null, text }, slots).map(
    ({ code, placeholder }) => `${code}${placeholder === null ? '' : ` ${placeholder}`}`,
  )
const email = (messageText: MessageText, kind: MessageKind = 'link') =>
  problemsOfText(kind, 'email', messageText, slots).map(({ field, code }) => `${field} ${code}`)

describe('K10: placeholders', () => {
  it('are put in once; what a slot holds stays as it is', () => {
    const evil = { ...slots, organisation: '{link} {constructor} $& ${x}' }
    expect(fill('{organisation}/{minutes}', evil)).toBe('{link} {constructor} $& ${x}/10')
  })

  it('that nobody knows stay text, and are not taken', () => {
    expect(fill('{toString} {link.length} {}', slots)).toBe('{toString} {link.length} {}')
    for (const odd of ['{toString}', '{link.length}', '{{link}}', '{#if x}', '{', '}', '{ link }', '{}'])
      expect(sms(`${good} ${odd}`)).toContain('braces')
  })
})

describe('the line by which a phone offers a code', () => {
  const text = '{organisation}: {code}'
  it('ends an SMS with a code, and names the host of the page', () => {
    expect(fillSms(text, slots)).toBe('Northwind Traders: 123456\n@verify.northwind.example #123456')
  })

  it('is missing where there is no code, or no page', () => {
    expect(fillSms('{organisation}: hello', slots)).toBe('Northwind Traders: hello')
    expect(fillSms(text, { ...slots, link: '' })).toBe('Northwind Traders: 123456')
  })
})

describe('B22: an organisation’s own text', () => {
  it('are taken where they say who writes, carry the one link and the warning', () => {
    expect(sms(good)).toEqual([])
    expect(sms('{organisation} {organisation}: in {minutes} min\n{link}\n{warning}')).toEqual([])
  })

  it.each([
    ['who writes', '{organisation}', 'missing organisation'],
    ['the link', '{link}', 'missing link'],
    ['the time', '{minutes}', 'missing minutes'],
    ['the warning', '{warning}', 'missing warning'],
  ])('never lack %s', (_what, placeholder, problem) => {
    expect(sms(good.replace(placeholder, 'x'))).toEqual([problem])
  })

  it('have one link, one warning, and no code where the message has none', () => {
    expect(sms(`${good} {link}`)).toEqual(['twice link'])
    expect(sms(`${good} {warning}`)).toEqual(['twice warning'])
    expect(sms(`${good} {code}`)).toEqual(['not_here code'])
    expect(sms('{organisation} {code} {minutes} {warning} {link}', 'second_code')).toEqual([])
    expect(sms('{organisation} {code} {minutes} {warning}', 'second_code')).toEqual(['missing link'])
    expect(email({ subject: '{organisation} {link}', text: good }, 'started')).toContain('subject not_here')
  })

  it.each([
    'https://evil.example',
    'www.evil',
    'evil.example',
    'Evil.Example/v',
    'it@northwind',
    'bücher.example',
    'ftp://x',
    'a.b.co',
  ])('have no address beside it (%s)', (text) => {
    expect(sms(`${good} ${text}`)).toContain('address')
  })

  it.each(['0800 330 330', '+49 170 1234567', '(020) 7946 0000', '112233', '1-2-3-4-5'])(
    'T9: send nobody to a number (%s)',
    (text) => {
      expect(sms(`${good} ${text}`)).toContain('number')
    },
  )

  it('may say numbers, abbreviations and sentences that are none of that', () => {
    expect(sms(`${good} Bitte z. B. in 10 Min. am 3. Mai, Raum 12/34.`)).toEqual([])
  })

  it.each([
    ['turns direction', '\u202e'],
    ['is not seen', '\u200b'],
    ['is a control', '\u0007'],
    ['breaks a line in its own way', '\u2028'],
    ['is a carriage return', '\r'],
    ['is half a letter', '\ud800'],
    ['is nobody’s letter', '\ue000'],
  ])('have no letter that %s', (_what, letter) => {
    expect(sms(good.replace('confirm', `con${letter}firm`))).toContain('letters')
  })

  it('leave air around the link, which letters that touch it would change', () => {
    for (const touched of ['x{link} ', '{link}. ', '({link}) '])
      expect(sms(good.replace('{link} ', touched))).toContain('link_not_apart link')
  })

  it('fit two segments with the sample, or four where letters cost more', () => {
    const filled = fill(good, slots).length
    expect(sms(`${good} ${'a'.repeat(305 - filled)}`)).toEqual([])
    expect(sms(`${good} ${'a'.repeat(306 - filled)}`)).toEqual(['segments'])
    expect(sms(`${good} ł${'a'.repeat(266 - filled)}`)).toEqual([])
    expect(sms(`${good} ł${'a'.repeat(267 - filled)}`)).toEqual(['segments'])
  })

  it('are neither empty nor endless', () => {
    expect(sms(' \n')).toContain('empty')
    expect(sms(good + 'a'.repeat(longestTexts.sms))).toContain('too_long')
  })
})

describe('K4, B22: a mail’s own text', () => {
  const text = `Hello from {organisation}. Open it within {minutes} minutes:\n{link}\n\n{warning}`
  const subject = '{organisation}: please confirm'

  it('have a subject that names who writes and nothing else', () => {
    expect(email({ subject, text })).toEqual([])
    expect(email({ subject: 'please confirm', text })).toEqual(['subject missing'])
    expect(email({ subject: `${subject} {link}`, text })).toEqual(['subject not_here'])
    expect(email({ subject: null, text })).toEqual(['subject empty', 'subject missing'])
  })

  it('have a subject of one line', () => {
    expect(email({ subject: `${subject}\nBcc: all@corp.example`, text })).toContain('subject letters')
    expect(email({ subject: `${subject} ${'a'.repeat(100)}`, text })).toEqual(['subject too_long'])
  })

  it('are not measured in segments', () => {
    expect(email({ subject, text: `${text}${' so long'.repeat(100)}` })).toEqual([])
    expect(email({ subject, text: `${text}${' so long'.repeat(400)}` })).toEqual(['text too_long'])
  })
})

it('B22: every message says who writes and carries a warning', () => {
  for (const kind of messageKinds)
    expect(ruleOf(kind).needs).toEqual(expect.arrayContaining(['organisation', 'warning']))
})

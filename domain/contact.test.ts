import { describe, expect, it } from 'vitest'
import {
  changedWithin,
  isE164,
  lineAssurance,
  lineTypes,
  maskContact,
  maskEmail,
  maskPhone,
  masksOf,
  toldApart,
  numberPrefix,
  parseEmail,
} from './contact.ts'

describe('parseEmail', () => {
  it.each([
    ['Jane.Doe@Example.ORG', 'jane.doe@example.org'],
    ['  o_o+tag@sub.example.co.uk ', 'o_o+tag@sub.example.co.uk'],
    ["o'brien@example.org", "o'brien@example.org"],
    ['jo@bücher.example', 'jo@xn--bcher-kva.example'],
    ['jo@例え.テスト', 'jo@xn--r8jz45g.xn--zckzah'],
  ])('%s is one recipient', (text, value) => {
    expect(parseEmail(text)).toEqual({ ok: true, value })
  })

  it.each([
    'a@corp.example, b@evil.example',
    'a@corp.example;b@evil.example',
    '<b@evil.example>a@corp.example',
    '"a b"@corp.example',
    'a(b)@corp.example',
    'a@b@corp.example',
    'a\uFF20corp.example',
    'a\uFE6Bevil.example@corp.example',
    'a@corp.example\r\nBcc: b@evil.example',
    'a\u0000@corp.example',
    'a@[127.0.0.1]',
    'a@corp.example\u202e',
    'no address',
    '',
  ])('C13: %j is not one recipient', (text) => {
    expect(parseEmail(text)).toEqual({ ok: false, error: 'not_one_address' })
  })

  it.each([
    ['.a@corp.example', 'local_part'],
    ['a..b@corp.example', 'local_part'],
    ['jöe@corp.example', 'local_part'],
    [`${'a'.repeat(65)}@corp.example`, 'local_part'],
    ['@corp.example', 'local_part'],
    ['a@localhost', 'domain'],
    ['a@', 'domain'],
    ['a@-corp.example', 'domain'],
    ['a@corp.example/evil', 'domain'],
    ['a@corp.example?evil', 'domain'],
    ['a@corp.example#evil', 'domain'],
    ['a@corp%2eexample', 'domain'],
    ['a@1.2.3.4', 'domain'],
    ['a@xn--a.', 'domain'],
    [`a@${'b'.repeat(250)}.example`, 'too_long'],
  ])('C13: %s is refused for its %s', (text, error) => {
    expect(parseEmail(text)).toEqual({ ok: false, error })
  })
})

it('B17: numbers are compared as E.164', () => {
  expect(['+447700900123', '+12025550123'].every(isE164)).toBe(true)
  expect(['07700900123', '+0770090012', '+44 7700 900123', '+44', '+1234567890123456', ''].some(isE164)).toBe(
    false,
  )
})

it('H3: neighbours share the number less its last four digits', () => {
  expect(numberPrefix('+447700900123')).toBe('+44770090')
})

it('masks show the owner which one it is, and nobody what it is', () => {
  expect(maskPhone('+447700900142')).toBe('••• 42')
  expect(maskEmail('jane@example.org')).toBe('j•••@example.org')
  expect(maskContact('phone', '+447700900142')).toBe('••• 42')
  expect(maskContact('email', 'x@example.org')).toBe('x•••@example.org')
})

it('B18: lines that anyone can rent or that cost money are refused, unknown ones count little', () => {
  const by = (assurance: string) => lineTypes.filter((line) => lineAssurance(line) === assurance)
  expect(by('refused')).toEqual(['voip', 'toll_free', 'premium', 'shared_cost'])
  expect(by('usual')).toEqual(['mobile', 'fixed_or_mobile'])
  expect(lineAssurance(null)).toBe('low')
})

it('B19: changed within 72 hours, to the millisecond, and unknown counts as changed', () => {
  const now = '2026-01-04T00:00:00.000Z'
  expect(changedWithin({ lastChangedAt: '2026-01-01T00:00:00.001Z' }, 72, now)).toBe(true)
  expect(changedWithin({ lastChangedAt: '2026-01-01T00:00:00.000Z' }, 72, now)).toBe(false)
  expect(changedWithin({ lastChangedAt: '' }, 72, now)).toBe(true)
})

describe('masks of one person', () => {
  const phone = (value: string, label = 'mobile') => ({ kind: 'phone', label, value }) as const
  const mail = (value: string, label = 'private') => ({ kind: 'email', label, value }) as const

  it.each([
    ['differ by themselves', [phone('+447700900103'), phone('+447700900142')], ['••• 03', '••• 42']],
    [
      'stay short where the label tells',
      [phone('+447700900103'), phone('+441632960203', 'work')],
      ['••• 03', '••• 03'],
    ],
    ['show one digit more', [phone('+447700900103'), phone('+447700900203')], ['••• 103', '••• 203']],
    ['show two at most', [phone('+447700901103'), phone('+447700902103')], ['••• 1103', '••• 2103']],
    [
      'give up before they reveal',
      [phone('+447700911103'), phone('+447700921103')],
      ['••• 1103', '••• 1103'],
    ],
    [
      'do not mind the same number twice',
      [phone('+447700900103'), phone('+447700900103')],
      ['••• 03', '••• 03'],
    ],
    [
      'show a letter more',
      [mail('ada@mail.example'), mail('anna@mail.example')],
      ['ad•••@mail.example', 'an•••@mail.example'],
    ],
    [
      'leave the third alone',
      [phone('+447700900103'), phone('+447700900203'), phone('+447700900142')],
      ['••• 103', '••• 203', '••• 42'],
    ],
  ])('%s', (_name, contacts, masks) => {
    expect(masksOf(contacts)).toEqual(masks)
  })

  it('keep the mask on file where the value does not open, and still tell the others apart', () => {
    const contacts = [
      { ...phone('+447700900103'), masked: '••• 03' },
      { ...phone(''), value: null, masked: '••• 77' },
      { ...phone('+447700900203'), masked: '••• 03' },
    ]
    expect(toldApart(contacts).map(({ masked }) => masked)).toEqual(['••• 103', '••• 77', '••• 203'])
  })
})

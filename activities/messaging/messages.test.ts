import { describe, expect, it } from 'vitest'
import { compose, linkTo, type MessageKind } from './compose.ts'
import { emailRecipient, phoneRecipient, wayTo } from './recipient.ts'

const token = 'A'.repeat(43)
const link = linkTo('https://verify.northwind.example', 'v', token)
const slots = { organisation: 'Northwind Traders Europe', link, code: '123456', minutes: 10 }
const kinds: readonly MessageKind[] = [
  'link',
  'second_code',
  'started',
  'finished',
  'refused',
  'password_changed',
  'frozen',
]
const cases = kinds.flatMap((kind) =>
  (['sms', 'email'] as const).flatMap((channel) =>
    (['en', 'de'] as const).map((language) => [kind, channel, language] as const),
  ),
)

/** GSM 03.38 without its extension table; anything else costs UCS-2. */
const gsm = /^[A-Za-z0-9 \r\n@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&'()*+,\-./:;<=>?¡ÄÖÑÜ§¿äöñüà]*$/

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
    '%s by %s in %s fits two segments',
    (kind, channel, language) => {
      const { text } = compose(kind, channel, language, slots)
      expect(text).toMatch(gsm)
      expect(text.length).toBeLessThanOrEqual(306)
    },
  )

  it.each(['en', 'de'] as const)('the link in %s says that nobody will ask for it', (language) => {
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
    expect(wayTo({ kind: 'phone', value: phone })).toEqual({ channel: 'sms', to: phone })
    expect(wayTo({ kind: 'email', value: email })).toEqual({ channel: 'email', to: email })
    expect(wayTo({ kind: 'phone', value: email })).toEqual({ channel: 'sms', to: null })
    expect(wayTo({ kind: 'email', value: phone })).toEqual({ channel: 'email', to: null })
  })
})

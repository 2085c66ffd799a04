import { describe, expect, it } from 'vitest'
import { domainOf, mailDomainKind } from './email-domain.ts'

describe('mailDomainKind', () => {
  it.each([
    ['anna@example.org', 'organisation'],
    ['anna@mail.example.org', 'organisation'],
    ['x@mailinator.com', 'disposable'],
    ['x@sub.mailinator.com', 'disposable'],
    ['j@GMAIL.com', 'private'],
    ['j@duck.com', 'private'],
    ['j@badexample.org', 'other'],
  ])('%s is %s', (address, kind) => {
    expect(mailDomainKind(address, ['example.org'])).toBe(kind)
  })

  it.each(['', 'nobody', '@example.org', 'a@b@example.org', 'a@localhost', 'a@.com', 'a@b..com'])(
    'finds no domain in %j',
    (text) => {
      expect(domainOf(text)).toBeNull()
      expect(mailDomainKind(text, [])).toBeNull()
    },
  )
})

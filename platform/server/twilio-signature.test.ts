import { describe, expect, it } from 'vitest'
import twilio from 'twilio'
import { isTwilioSignature } from './twilio-signature.ts'

const url = 'https://verify.example.org/hooks/twilio/status'
const fields = {
  MessageSid: 'SM0123456789abcdef0123456789abcdef',
  MessageStatus: 'delivered',
  To: '+447700900123',
}

describe('isTwilioSignature', () => {
  it('agrees with the provider’s own library (Q2)', () => {
    const signature = twilio.getExpectedTwilioSignature('a-token-of-the-account', url, fields)
    expect(isTwilioSignature('a-token-of-the-account', url, new URLSearchParams(fields), signature)).toBe(
      true,
    )
  })

  it('refuses another token, address, field or value, and garbage', () => {
    const signature = twilio.getExpectedTwilioSignature('a-token-of-the-account', url, fields)
    const check = (token: string, at: string, form: Record<string, string>, sent = signature) =>
      isTwilioSignature(token, at, new URLSearchParams(form), sent)
    expect(check('another-token', url, fields)).toBe(false)
    expect(check('a-token-of-the-account', `${url}?x=1`, fields)).toBe(false)
    expect(check('a-token-of-the-account', url, { ...fields, MessageStatus: 'failed' })).toBe(false)
    expect(check('a-token-of-the-account', url, { ...fields, More: '1' })).toBe(false)
    expect(check('a-token-of-the-account', url, fields, '')).toBe(false)
  })
})

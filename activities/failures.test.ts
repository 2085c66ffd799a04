import { ApplicationFailure } from '@temporalio/common'
import { describe, expect, it } from 'vitest'
import { ofHttpStatus, ofNetworkError, ofSmtpError, toFailure } from './failures.ts'

const errorWith = (fields: object) => Object.assign(new Error('told by the provider: +447700900123'), fields)

describe('what an error means', () => {
  it('never repeats the text of an error', () => {
    expect(toFailure(errorWith({ code: 'ETIMEDOUT' })).message).not.toContain('+44')
  })

  it('lets our own failures pass', () => {
    const own = ApplicationFailure.nonRetryable('code_wrong', 'code_wrong')
    expect(toFailure(own)).toBe(own)
  })

  it.each([
    ['23505', true],
    ['22P02', true],
    ['CS409', true],
    ['40001', false],
    ['57P01', false],
    ['ECONNREFUSED', false],
  ])('database error %s is final: %s', (code, isFinal) => {
    expect(toFailure(errorWith({ code })).nonRetryable).toBe(isFinal)
  })
})

describe('R2: only what provably was not taken may be sent again', () => {
  it.each([
    [429, 'not_taken'],
    [503, 'not_taken'],
    [400, 'refused'],
    [404, 'refused'],
    [500, 'unknown'],
    [502, 'unknown'],
    [504, 'unknown'],
  ])('HTTP %i is %s', (status, kind) => {
    expect(ofHttpStatus(status, '21211').kind).toBe(kind)
  })

  it.each([
    ['ECONNREFUSED', 'not_taken'],
    ['ENOTFOUND', 'not_taken'],
    ['ECONNRESET', 'unknown'],
    ['ETIMEDOUT', 'unknown'],
    ['', 'unknown'],
  ])('network error %s is %s', (code, kind) => {
    expect(ofNetworkError(errorWith({ code })).kind).toBe(kind)
    expect(ofNetworkError(errorWith({ cause: { code } })).kind).toBe(kind)
  })

  it.each([
    [{ responseCode: 550, command: 'RCPT TO' }, 'refused'],
    [{ responseCode: 450, command: 'RCPT TO' }, 'not_taken'],
    [{ responseCode: 451, command: 'DATA' }, 'unknown'],
    [{ code: 'ESOCKET' }, 'unknown'],
  ])('SMTP %o is %s', (fields, kind) => {
    expect(ofSmtpError(errorWith(fields)).kind).toBe(kind)
  })
})

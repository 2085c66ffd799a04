import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalGrant,
  checkGrant,
  type GrantFields,
  type GrantRecord,
  type IntendedWrite,
  isLate,
  isTimely,
  mostGrantTries,
} from './grant.ts'
import { anyCharacter } from './testing/any-character.ts'

const grant: GrantRecord = {
  id: 'g',
  tenantId: 't',
  verificationId: 'v',
  personId: 'p',
  directory: 'builtin',
  directoryId: 'uid-1',
  purpose: 'password_reset',
  policyVersion: 3,
  approvers: ['s1'],
  evidenceDigest: 'ab12',
  sessionId: 'n',
  issuedAt: '2026-01-01T10:00:00Z',
  expiresAt: '2026-01-01T10:15:00Z',
  waited: null,
  tries: 0,
  spentAt: null,
  voidedAt: null,
}
const write: IntendedWrite = {
  tenantId: 't',
  verificationId: 'v',
  personId: 'p',
  directory: 'builtin',
  directoryId: 'uid-1',
  purpose: 'password_reset',
  policyVersion: 3,
  sessionId: 'n',
}
const now = '2026-01-01T10:05:00Z'
const problemOf = (changed: Partial<GrantRecord>, at = now, good = true) => {
  const result = checkGrant({ ...grant, ...changed }, write, good, at)
  return result.ok ? undefined : result.error.slots?.['problem']
}

describe('checkGrant', () => {
  it('B1: permits exactly what it was given for', () => {
    expect(checkGrant(grant, write, true, now)).toEqual({ ok: true, value: grant })
  })

  it.each([
    ['tenant', { tenantId: 'x' }],
    ['verification', { verificationId: 'x' }],
    ['person', { personId: 'x' }],
    ['directory', { directory: 'x' }],
    ['account', { directoryId: 'x' }],
    ['purpose', { purpose: 'mfa_reset' as const }],
    ['policy', { policyVersion: 4 }],
    ['session', { sessionId: 'x' }],
    ['session', { sessionId: null }],
    ['no_approver', { approvers: [] }],
    ['spent', { spentAt: now }],
    ['voided', { voidedAt: now }],
    ['too_many_tries', { tries: mostGrantTries }],
    ['lifetime', { expiresAt: '2026-01-01T10:15:00.001Z' }],
    ['lifetime', { expiresAt: grant.issuedAt }],
    ['lifetime', { issuedAt: 'unreadable' }],
    [
      'waiting_time',
      { waited: { scheduledAt: '2026-01-01T09:00:00Z', notBefore: '2026-01-01T10:00:00.001Z' } },
    ],
    ['waiting_time', { waited: { scheduledAt: '2026-01-01T09:30:00Z', notBefore: '2026-01-01T09:00:00Z' } }],
    ['waiting_time', { waited: { scheduledAt: 'unreadable', notBefore: '2026-01-01T09:00:00Z' } }],
  ])('B1: %s keeps the directory closed', (problem, changed) => {
    expect(problemOf(changed)).toBe(problem)
  })

  it('F3: permits what was waited for until it was issued', () => {
    const waited = { scheduledAt: '2026-01-01T09:00:00Z', notBefore: grant.issuedAt }
    expect(problemOf({ waited })).toBeUndefined()
  })

  it('B1: is valid from its issue and no longer at its end', () => {
    expect(problemOf({}, '2026-01-01T09:59:59.999Z')).toBe('not_yet')
    expect(problemOf({}, grant.issuedAt)).toBeUndefined()
    expect(problemOf({}, '2026-01-01T10:14:59.999Z')).toBeUndefined()
    expect(problemOf({}, grant.expiresAt)).toBe('expired')
  })

  it('R5: a clock that cannot be read keeps it closed', () => {
    expect(problemOf({}, 'unreadable')).toBe('expired')
  })

  it('G8: a bad signature is the first thing said', () => {
    expect(problemOf({ spentAt: now }, now, false)).toBe('signature')
  })
})

describe('canonicalGrant', () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 8 })
  const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  const grants: fc.Arbitrary<GrantFields> = fc.record({
    id: text,
    tenantId: text,
    verificationId: text,
    personId: text,
    directory: text,
    directoryId: text,
    purpose: fc.constantFrom('password_reset', 'mfa_reset'),
    policyVersion: fc.nat(),
    approvers: fc.array(text, { maxLength: 3 }),
    evidenceDigest: text,
    sessionId: fc.option(text.filter((id) => id !== '')),
    issuedAt: time,
    expiresAt: time,
    waited: fc.option(fc.record({ scheduledAt: time, notBefore: time })),
  })
  const bytes = (fields: GrantFields) => Buffer.from(canonicalGrant(fields)).toString('hex')

  it('G8: two grants that differ in anything have different bytes', () => {
    fc.assert(
      fc.property(grants, grants, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other)
        return same === (bytes(one) === bytes(other))
      }),
    )
    fc.assert(
      fc.property(
        grants,
        fc.constantFrom(...(Object.keys(grant).slice(0, 13) as (keyof GrantFields)[])),
        grants,
        (one, key, other) => {
          const changed = { ...one, [key]: other[key] }
          return (JSON.stringify(changed) === JSON.stringify(one)) === (bytes(changed) === bytes(one))
        },
      ),
    )
  })

  it('G8: text cannot slide from one field into the next', () => {
    expect(bytes({ ...grant, id: 'ab', tenantId: 'c' })).not.toBe(
      bytes({ ...grant, id: 'a', tenantId: 'bc' }),
    )
    expect(bytes({ ...grant, approvers: ['a', 'b'] })).not.toBe(bytes({ ...grant, approvers: ['ab'] }))
  })

  it('has the documented form', () => {
    expect(
      bytes(grant).startsWith(`00000014${Buffer.from('countersign.grant.v3').toString('hex')}0000000167`),
    ).toBe(true)
    expect(bytes({ ...grant, issuedAt: '2026-01-01T11:00:00+01:00' })).toBe(bytes(grant))
  })
})

describe('isTimely', () => {
  const asked = { decidedSecondsAgo: 0, waitSeconds: 0, schedule: null, hasReturned: false }
  const hour = { decidedSecondsAgo: 3600, waitSeconds: 3600 }
  const ago = (secondsAgo: number, waitSeconds = 3600) => ({ schedule: { secondsAgo, waitSeconds } })
  it.each([
    ['D5: at once', {}, true],
    ['D5: as long as a grant may live', { decidedSecondsAgo: 900 }, true],
    ['D5: not later', { decidedSecondsAgo: 901 }, false],
    ['D5: not a decision of the future', { decidedSecondsAgo: -1 }, false],
    [
      'D5: having come back makes no old decision fresh',
      { decidedSecondsAgo: 901, hasReturned: true },
      false,
    ],
    ['F3: where the policy waits, never without a schedule', hour, false],
    ['F3: not before the waiting time is over', { ...hour, ...ago(3599) }, false],
    ['F3: once it is over', { ...hour, ...ago(3600) }, true],
    ['D5: no longer after it than a grant may live', { ...hour, ...ago(4501) }, false],
    ['F3: a participant who came back has the time that it takes', { ...ago(8100), hasReturned: true }, true],
    ['F3: and no more', { ...ago(8101), hasReturned: true }, false],
    ['F3: coming back does not shorten the wait', { ...ago(3599), hasReturned: true }, false],
    [
      'B16: where more is asked for by now, the longer time holds',
      { waitSeconds: 7200, ...ago(7199) },
      false,
    ],
    ['G8: where less is asked for by now, what was signed holds', { waitSeconds: 0, ...ago(3599) }, false],
  ])('%s', (_name, change, is) => {
    expect(isTimely({ ...asked, ...change })).toBe(is)
  })

  it.each([
    ['a fresh decision', {}, false],
    ['one that is too old', { decidedSecondsAgo: 901 }, true],
    ['one of the future', { decidedSecondsAgo: -1 }, false],
    ['one that has to wait and was never scheduled', { ...hour, decidedSecondsAgo: 90_000 }, false],
    ['one whose waiting time runs', { ...hour, ...ago(3599) }, false],
    ['one whose turn has come', { ...hour, ...ago(4500) }, false],
    ['one whose turn is over', { ...hour, ...ago(4501) }, true],
    ['one of a participant who came back in time', { ...ago(8100), hasReturned: true }, false],
    ['one of a participant who came back too late', { ...ago(8101), hasReturned: true }, true],
  ])('isLate tells what has run out from what has not come yet: %s', (_name, change, is) => {
    expect(isLate({ ...asked, ...change })).toBe(is)
  })
})

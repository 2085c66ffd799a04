import { describe, expect, it } from 'vitest'
import { isWeaker, weakenings } from './compare.ts'
import { defaultPolicy } from './defaults.ts'
import { policyDiff } from './diff.ts'
import type { Locking, Policy, Rule } from './policy.ts'

const before = defaultPolicy()

const withRule = (change: Partial<Rule>): Policy => ({
  ...before,
  rules: {
    ...before.rules,
    password_reset: {
      ...before.rules.password_reset,
      standard: { ...before.rules.password_reset.standard, ...change },
    },
  },
})
const withChecks = (checks: Policy['score']['checks']): Policy => ({
  ...before,
  score: { ...before.score, checks },
})

const withRecorded = (onlyRecorded: Policy['score']['onlyRecorded']): Policy => ({
  ...before,
  score: { ...before.score, ...(onlyRecorded && { onlyRecorded }) },
})

const withLocking = (lockAccount: Locking): Policy => ({ ...before, reports: { lockAccount } })

describe('D14: what weakens', () => {
  it.each<[string, Policy, Policy?]>([
    ['less evidence', withRule({ classesNeeded: 0 })],
    ['a kind that is no longer required', withRule({ classesRequired: [] })],
    ['fewer answers', withRule({ minAnswered: 2 })],
    ['a decider of less standing', withRule({ deciders: 'auto' })],
    ['a higher threshold', { ...before, score: { ...before.score, escalateFrom: 8 } }],
    ['a check that asks for two kinds no more', withChecks({ NET_NEW_COUNTRY: { asks: 'points' } })],
    ['a check that asks for less', withChecks({ END_WEBDRIVER: { asks: 'two_kinds' } })],
    ['points that could make a supervisor decide', withChecks({ NET_NEW_ASN: { asks: 'one_more_kind' } })],
    ['a demand that is only recorded', withRecorded({ own_mailbox: true })],
    ['findings whose demands are only recorded', withRecorded({ findings: true })],
    ['findings whose points could make a supervisor decide', before, withRecorded({ findings: true })],
    ['a check in shadow', withChecks({ NET_TOR_EXIT: { mode: 'shadow' } })],
    ['a lighter check', withChecks({ NET_TOR_EXIT: { weight: 3 } })],
    ['more credit', withChecks({ PER_CHANNEL: { weights: { settled: 9 } } })],
    [
      'a larger cap',
      { ...before, limits: { ...before.limits, sendsPerContact: [{ max: 4, seconds: 600 }] } },
    ],
    [
      'a shorter window',
      { ...before, limits: { ...before.limits, sendsPerContact: [{ max: 3, seconds: 60 }] } },
    ],
    ['a cap that is gone', { ...before, limits: { ...before.limits, sendsPerContact: [] } }],
    ['a country more', { ...before, contacts: { ...before.contacts, smsCountries: ['DE', 'BR'] } }],
    ['typed contacts', { ...before, contacts: { ...before.contacts, typedContacts: true } }],
    ['younger contacts', { ...before, contacts: { ...before.contacts, changedWithinHours: 71 } }],
    ['a longer link', { ...before, lifetimes: { ...before.lifetimes, smsLink: 1200 } }],
    ['a report that counts shorter', { ...before, lifetimes: { ...before.lifetimes, reportLink: 3600 } }],
    ['reports that lock less', withLocking('if_used'), withLocking('always')],
    ['reports that lock nothing', withLocking('never'), withLocking('if_used')],
    ['no questions', { ...before, questions: { ...before.questions, enabled: false } }],
  ])('%s', (_, after, than = before) => {
    expect(isWeaker(than, after)).toBe(true)
  })

  it.each<[string, Policy]>([
    ['more evidence', withRule({ classesNeeded: 2 })],
    ['another kind required', withRule({ classesRequired: ['possession', 'approver'] })],
    ['a supervisor instead of an agent', withRule({ deciders: 'supervisor' })],
    ['one channel less', withRule({ channels: ['email'] })],
    ['a lower threshold', { ...before, score: { ...before.score, moreEvidenceFrom: 4 } }],
    ['a demand asked for all along, said aloud', withRecorded({ new_place: false })],
    ['a heavier check', withChecks({ NET_TOR_EXIT: { weight: 18 } })],
    [
      'a further cap',
      {
        ...before,
        limits: {
          ...before.limits,
          sendsPerContact: [...before.limits.sendsPerContact, { max: 5, seconds: 86_400 }],
        },
      },
    ],
    ['a country less', { ...before, contacts: { ...before.contacts, smsCountries: ['DE'] } }],
    ['the same, written otherwise', withChecks({ NET_TOR_EXIT: { mode: 'live' } })],
    ['reports that lock accounts', withLocking('always')],
    ['an unknown check', withChecks({ END_NOT_YET: { mode: 'off' } })],
  ])('not: %s', (_, after) => {
    expect(weakenings(before, after)).toEqual([])
  })

  it('names field, way and both values; a tightening elsewhere makes up for nothing', () => {
    const after = { ...withRule({ classesNeeded: 0 }), lifetimes: { ...before.lifetimes, smsLink: 60 } }
    expect(weakenings(before, after)).toEqual([
      { path: 'rules.password_reset.standard.classesNeeded', by: 'down', before: 1, after: 0 },
    ])
    expect(policyDiff(before, after)).toEqual([
      { path: 'rules.password_reset.standard.classesNeeded', before: 1, after: 0 },
      { path: 'lifetimes.smsLink', before: 600, after: 60 },
    ])
  })
})

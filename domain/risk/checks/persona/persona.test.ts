import { describe, expect, it } from 'vitest'
import type { AnswerFacts, ContactChange, PersonaFacts, UsualTime } from '../../facts.ts'
import { answer, coded, contact, dayMs, facts, hourMs, input, now } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { renderCheckText } from '../../text.ts'
import { accountState } from './account-state.ts'
import { channel } from './channel.ts'
import { contactChanged } from './contact-changed.ts'
import { hour } from './hour.ts'
import { mfaChanged } from './mfa-changed.ts'
import { noTyping } from './no-typing.ts'
import { requestRate } from './request-rate.ts'
import { timing } from './timing.ts'
import { untrustedEvent } from './untrusted-event.ts'
import { userReported } from './user-reported.ts'

const at = (persona: Partial<PersonaFacts>) => facts({ persona })
const answered = (...answers: ReturnType<typeof answer>[]) => facts({ challenge: { answers } })

describe('PER_ACCOUNT_STATE', () => {
  it.each(['disabled', 'terminated', 'deleted', 'not_started'] as const)(
    'sets a floor of 9.0 for %s',
    (state) => {
      expect(verdictOf(accountState, at({ account: { state, since: now - dayMs } }))).toBe('critical floor 9')
    },
  )
  it('passes an active account and is unknown without an answer', () => {
    expect(verdictOf(accountState, facts())).toBe('pass')
    expect(verdictOf(accountState, at({ account: null }))).toBe('unknown')
  })
})

describe('PER_CONTACT_CHANGED', () => {
  const change = (ageMs: number, by: ContactChange['by'] = 'participant'): ContactChange => ({
    field: 'phone',
    at: now - ageMs,
    by,
  })
  it.each([
    ['none', [], 'pass'],
    ['71 hours ago', [change(72 * hourMs - 1)], 'flag -8'],
    ['72 hours ago', [change(72 * hourMs)], 'flag -3'],
    ['just under 14 days ago', [change(14 * dayMs - 1)], 'flag -3'],
    ['14 days ago', [change(14 * dayMs)], 'pass'],
    ['by the help desk', [change(5 * dayMs, 'help_desk')], 'flag -10'],
    ['by the help desk, long ago', [change(15 * dayMs, 'help_desk')], 'pass'],
    ['by nobody knows whom', [change(hourMs, null)], 'flag -8'],
    ['dated in the future', [change(-hourMs)], 'flag -8'],
    ['several: the worst', [change(10 * dayMs), change(hourMs), change(13 * dayMs, 'help_desk')], 'flag -10'],
    ['no log', null, 'unknown'],
  ] as [string, ContactChange[] | null, string][])('%s', (_name, contactChanges, expected) => {
    expect(verdictOf(contactChanged, at({ contactChanges }))).toBe(expected)
  })
})

describe('PER_MFA_CHANGED', () => {
  const reset = (ageMs: number) => ({ kind: 'reset' as const, at: now - ageMs })
  it.each([
    ['none', [], 'pass'],
    ['under 72 hours', [reset(72 * hourMs - 1)], 'flag -5'],
    ['72 hours', [reset(72 * hourMs)], 'pass'],
    ['two in 14 days', [reset(5 * dayMs), reset(13 * dayMs)], 'flag -8'],
    ['two, one of them older', [reset(5 * dayMs), reset(14 * dayMs)], 'pass'],
    ['no log', null, 'unknown'],
  ] as [string, ReturnType<typeof reset>[] | null, string][])('%s', (_name, mfaEvents, expected) => {
    expect(verdictOf(mfaChanged, at({ mfaEvents }))).toBe(expected)
  })
})

describe('PER_REQUEST_RATE', () => {
  it.each([
    [1, 0, 'pass'],
    [2, 0, 'flag -2'],
    [2, 1, 'flag -6'],
    [3, 0, 'flag -5'],
    [3, 2, 'flag -13'],
    [4, 3, 'flag -13'],
    // An expired link is no failure: from a network that the person uses, starts alone set no floor.
    [5, 0, 'flag -5'],
    [5, 1, 'critical -9 floor 8'],
    [6, 5, 'critical -13 floor 8'],
    [1, 1, 'flag -4'],
  ])('%i started, %i failed: %s', (started24h, failed24h, expected) => {
    expect(verdictOf(requestRate, at({ attempts: { started24h, failed24h } }))).toBe(expected)
  })
  it('sets its floor for starts alone where neither device nor network is known', () => {
    const often = { attempts: { started24h: 5, failed24h: 0 } }
    expect(verdictOf(requestRate, facts({ network: { history: null }, persona: often }))).toBe(
      'critical -5 floor 8',
    )
    const device = { ...facts().endpoint.device, known: { times: 3, lastAt: now - dayMs } }
    const atHome = facts({ network: { history: null }, endpoint: { device }, persona: often })
    expect(verdictOf(requestRate, atHome)).toBe('flag -5')
  })
  it('is unknown when not counted', () => {
    expect(verdictOf(requestRate, at({ attempts: null }))).toBe('unknown')
  })
})

describe('PER_CHANNEL', () => {
  it.each([
    ['on file, 14 days and a moment', contact({ changedAt: now - 14 * dayMs - 1 }), 'pass +5'],
    ['on file, exactly 14 days', contact({ changedAt: now - 14 * dayMs }), 'info'],
    ['on file, age not known', contact({ changedAt: null }), 'info'],
    ['typed', contact({ origin: 'typed' }), 'flag -6'],
    ['throw-away mailbox', contact({ channel: 'email', lineType: null, domain: 'disposable' }), 'flag -10'],
    ['typed throw-away mailbox', contact({ origin: 'typed', domain: 'disposable' }), 'flag -10'],
    ['private mailbox on file', contact({ channel: 'email', lineType: null, domain: 'private' }), 'pass +5'],
    ['private mailbox, typed', contact({ origin: 'typed', domain: 'private' }), 'flag -6'],
    ['nothing sent', null, 'unknown'],
  ])('%s', (_name, sent, expected) => {
    expect(verdictOf(channel, at({ contact: sent }))).toBe(expected)
  })
  it.each(['voip', 'toll_free', 'premium_rate', 'shared_cost', 'pager'] as const)(
    'B18: %s is held against it',
    (lineType) => {
      expect(verdictOf(channel, at({ contact: contact({ lineType }) }))).toBe('flag -3')
    },
  )
  it('shows the contact masked only', () => {
    expect(JSON.stringify(resultOf(channel, facts()))).not.toContain('contact-1')
  })
})

describe('PER_HOUR', () => {
  const day = (counts: Record<number, number>) => Array.from({ length: 24 }, (_, h) => counts[h] ?? 0)
  it.each([
    [
      'an hour never seen among 20 events',
      { hour: 3, histogram: day({ 9: 10, 14: 10 }), isOnShift: null },
      'flag -2',
    ],
    ['19 events', { hour: 3, histogram: day({ 9: 10, 14: 9 }), isOnShift: null }, 'unknown'],
    ['a usual hour', { hour: 9, histogram: day({ 9: 10, 14: 10 }), isOnShift: null }, 'pass'],
    ['next to a usual hour', { hour: 10, histogram: day({ 9: 10, 14: 10 }), isOnShift: null }, 'pass'],
    ['midnight next to 23', { hour: 0, histogram: day({ 23: 20 }), isOnShift: null }, 'pass'],
    ['on shift', { hour: 3, histogram: day({ 9: 10, 14: 10 }), isOnShift: true }, 'info'],
    ['off shift', { hour: 3, histogram: day({ 9: 10, 14: 10 }), isOnShift: false }, 'flag -2'],
    // Three in the hour after: (0.75 + 0.25) of 50 is 2 %. One of 24: half an event of 30 is less.
    ['exactly 2 %', { hour: 3, histogram: day({ 4: 3, 9: 41 }), isOnShift: null }, 'pass'],
    ['below 2 %', { hour: 3, histogram: day({ 4: 1, 9: 23 }), isOnShift: null }, 'flag -2'],
    ['no history', null, 'unknown'],
  ])('%s', (_name, hours, expected) => {
    expect(verdictOf(hour, at({ hours }))).toBe(expected)
  })
})

describe('PER_NO_TYPING', () => {
  const typed = (changes: Parameters<typeof input>[0], letters = 8) =>
    answer({ form: 'typed', letters, input: input(changes) })
  it.each([
    ['by hand', answered(typed({ keydowns: 8 })), 'pass'],
    ['out of nowhere', answered(typed({ keydowns: 1 })), 'flag -5'],
    ['pasted', answered(typed({ keydowns: 1, pastes: 1 })), 'pass'],
    ['dictated', answered(typed({ keydowns: 0, assisted: 1 })), 'pass'],
    ['in accessibility mode', answered(typed({ keydowns: 0, accessibility: true })), 'pass'],
    ['three letters', answered(typed({ keydowns: 0 }, 3)), 'not_applicable'],
    ['four letters', answered(typed({ keydowns: 0 }, 4)), 'flag -5'],
    ['a choice', answered(answer()), 'not_applicable'],
    ['no summary', answered(answer({ form: 'typed', letters: 8, input: null })), 'unknown'],
    ['skipped', answered(answer({ verdict: 'skipped', form: 'typed', letters: 8 })), 'not_applicable'],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(noTyping, given)).toBe(expected)
  })
  it.each([
    ['a code out of nowhere, without any question', coded({ keydowns: 1 }), 'flag -5'],
    ['a code by hand', coded({ keydowns: 6 }), 'pass'],
    ['a code pasted from a chat', coded({ keydowns: 1, pastes: 1 }), 'pass'],
    [
      'a code that was sent, filled in by the phone',
      coded({ keydowns: 0 }, 'self_service'),
      'not_applicable',
    ],
    ['a code that was sent, where a system began the case', coded({ keydowns: 0 }, 'api'), 'not_applicable'],
    [
      'a second code, filled in by the phone',
      coded({ keydowns: 0 }, 'agent', 'second_code'),
      'not_applicable',
    ],
    ['a code by an aid', coded({ keydowns: 0, accessibility: true }), 'pass'],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(noTyping, given)).toBe(expected)
  })
  it.each([
    ['every press of a program', { presses: 2, centred: 2 }, 'flag -5'],
    ['one press of a hand', { presses: 2, centred: 1 }, 'pass'],
    ['no press at all', { presses: 0, centred: 0 }, 'flag -5'],
  ])('dictated as plain text, with %s', (_name, mouse, expected) => {
    expect(verdictOf(noTyping, answered(typed({ keydowns: 0 }), answer({ input: input({ mouse }) })))).toBe(
      expected,
    )
  })
  it('spares every page of a person who says on one of them that an aid types', () => {
    const said = answered(answer({ input: input({ accessibility: true }) }))
    const { codes } = coded({ keydowns: 0 }).endpoint
    expect(verdictOf(noTyping, { ...said, endpoint: { ...said.endpoint, codes } })).toBe('pass')
  })
})

describe('PER_UNTRUSTED_EVENT', () => {
  it.each([
    ['none', answered(answer()), 'pass'],
    [
      'a click by a script',
      answered(answer(), answer({ input: input({ untrusted: ['click'] }) })),
      'flag -10',
    ],
    ['a click by a script on the page of the code', coded({ untrusted: ['click'] }), 'flag -10'],
    ['the same where the code was sent', coded({ untrusted: ['click'] }, 'self_service'), 'flag -10'],
    ['a code by hand', coded({}), 'pass'],
    ['no answers', answered(), 'not_applicable'],
    ['no summary', answered(answer({ input: null })), 'unknown'],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(untrustedEvent, given)).toBe(expected)
  })
})

describe('PER_TIMING', () => {
  const away = input({ blurs: 2 })
  it.each([
    ['0.79 s', answer({ seconds: 0.79, wordsToRead: 0 }), 'flag -4'],
    ['0.8 s for nothing to read', answer({ seconds: 0.8, wordsToRead: 0 }), 'pass'],
    ['faster than 25 ms a word', answer({ seconds: 2.4, wordsToRead: 100 }), 'flag -4'],
    ['25 ms a word', answer({ seconds: 2.5, wordsToRead: 100 }), 'pass'],
    ['75 s and away twice', answer({ seconds: 75, input: away }), 'pass'],
    ['76 s and away twice', answer({ seconds: 76, input: away }), 'flag -3'],
    ['76 s and away once', answer({ seconds: 76, input: input({ blurs: 1 }) }), 'pass'],
    ['slow after "more time"', answer({ seconds: 200, input: away, isExtended: true }), 'pass'],
    [
      'slow in accessibility mode',
      answer({ seconds: 200, input: input({ blurs: 5, accessibility: true }) }),
      'pass',
    ],
    ['skipped at once', answer({ seconds: 0.1, verdict: 'skipped' }), 'not_applicable'],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(timing, answered(given))).toBe(expected)
  })

  describe('against what others take for questions of the family', () => {
    const among = (usual: UsualTime, given: AnswerFacts) =>
      facts({ challenge: { answers: [given] }, persona: { usualTimes: { Q1: usual } } })
    const ordinary = { low: 6, high: 20 }
    const quick = { low: 2, high: 4 }
    const fed = { low: 90, high: 600 }
    it.each([
      ['57 s and away twice', ordinary, answer({ seconds: 57, input: away }), 'pass'],
      ['58 s and away twice', ordinary, answer({ seconds: 58, input: away }), 'flag -3'],
      ['58 s on the page', ordinary, answer({ seconds: 58 }), 'pass'],
      ['58 s after "more time"', ordinary, answer({ seconds: 58, input: away, isExtended: true }), 'pass'],
      ['31 s in a quick family', quick, answer({ seconds: 31, input: away }), 'flag -3'],
      ['1.9 s where others need six', ordinary, answer({ seconds: 1.9 }), 'flag -4'],
      ['two seconds, however slow the others', fed, answer({ seconds: 2 }), 'pass'],
      [
        'two minutes, among cases that are slow on purpose',
        fed,
        answer({ seconds: 121, input: away }),
        'flag -3',
      ],
      ['another family', ordinary, answer({ family: 'Q2', seconds: 74, input: away }), 'pass'],
    ])('%s', (_name, usual, given, expected) => {
      expect(verdictOf(timing, among(usual, given))).toBe(expected)
    })

    it('says what was usual, and what the answer was too fast for', () => {
      const { evidence, text } = resultOf(timing, among(ordinary, answer({ seconds: 1.9 })))
      expect(
        evidence.map(({ value }) => (typeof value === 'string' ? value : renderCheckText(value))),
      ).toEqual(['1.9 s (usual 6–20 s), page left 0×'])
      expect(text.key).toBe('timing.faster')
      expect(resultOf(timing, among(ordinary, answer({ seconds: 0.7 }))).text.key).toBe('timing.fast')
    })
  })
})

describe('PER_USER_REPORTED', () => {
  it.each([
    ['never', [], 'pass'],
    ['just now', [now], 'critical floor 9.5'],
    ['just under 30 days', [now - 30 * dayMs + 1], 'critical floor 9.5'],
    ['30 days', [now - 30 * dayMs], 'pass'],
    ['one old, one new', [now - 40 * dayMs, now - dayMs], 'critical floor 9.5'],
  ])('%s', (_name, times, expected) => {
    const reports = times.map((time) => ({ at: time, isLifted: false }))
    expect(verdictOf(userReported, at({ reports }))).toBe(expected)
  })
  it('is a hit without a floor once a supervisor lifted it, unless another report is open', () => {
    const lifted = { at: now - dayMs, isLifted: true }
    expect(verdictOf(userReported, at({ reports: [lifted] }))).toBe('flag')
    expect(resultOf(userReported, at({ reports: [lifted] })).text.key).toBe('user_reported.lifted')
    const open = { at: now - 2 * dayMs, isLifted: false }
    const { floor } = resultOf(userReported, at({ reports: [lifted, open] }))
    expect(floor?.expiresAt).toBe(new Date(now + 28 * dayMs).toISOString())
    const old = { at: now - 31 * dayMs, isLifted: true }
    expect(verdictOf(userReported, at({ reports: [old] }))).toBe('pass')
  })
  it('counts for 30 days from the report', () => {
    const { floor } = resultOf(userReported, at({ reports: [{ at: now - dayMs, isLifted: false }] }))
    expect(floor?.expiresAt).toBe(new Date(now + 29 * dayMs).toISOString())
  })
})

import { describe, expect, it } from 'vitest'
import type { InputReport } from '../../probe.ts'
import { answer, coded, facts, input, probe } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { focus } from './focus.ts'
import { paste } from './paste.ts'
import { pointer } from './pointer.ts'
import { rhythm } from './rhythm.ts'

type Answer = ReturnType<typeof answer>
const answered = (...answers: Answer[]) => facts({ challenge: { answers } })
const typed = (changes: Partial<InputReport>, more: Partial<Answer> = {}) =>
  answer({ form: 'typed', letters: 17, input: input(changes), ...more })
const nothing = { ownProperties: [], foreignGetters: [], toStringPatched: false, iframeDiffers: [] }
const onPhone = (...answers: Answer[]) => {
  const given = answered(...answers)
  const { userAgent } = given.endpoint
  return {
    ...given,
    endpoint: { ...given.endpoint, userAgent: userAgent && { ...userAgent, isMobile: true } },
  }
}

describe('PER_RHYTHM', () => {
  const even = { keys: 17, intervalSdMs: 2, dwellSdMs: 1 }
  it.each<[string, Partial<InputReport>, string]>([
    ['a program with a fixed delay', { rhythm: even }, 'flag -4'],
    ['eight keys', { rhythm: { ...even, keys: 8 } }, 'flag -4'],
    ['four keys', { rhythm: { ...even, keys: 4 } }, 'flag -4'],
    ['three keys', { rhythm: { ...even, keys: 3 } }, 'not_applicable'],
    ['seven keys and a spread of 4 ms', { rhythm: { ...even, keys: 7, intervalSdMs: 4 } }, 'pass'],
    ['seven keys held by a spread of 4 ms', { rhythm: { ...even, keys: 7, dwellSdMs: 4 } }, 'pass'],
    ['seven keys, releases not seen', { rhythm: { ...even, keys: 7, dwellSdMs: null } }, 'flag -4'],
    ['a spread of 7 ms', { rhythm: { ...even, intervalSdMs: 7 } }, 'flag -4'],
    ['a spread of 8 ms', { rhythm: { ...even, intervalSdMs: 8 } }, 'pass'],
    ['keys that were held as people hold them', { rhythm: { ...even, dwellSdMs: 20 } }, 'pass'],
    ['releases that were not seen', { rhythm: { ...even, dwellSdMs: null } }, 'flag -4'],
    ['in accessibility mode', { rhythm: even, accessibility: true }, 'not_applicable'],
    ['no keys', { rhythm: null }, 'not_applicable'],
    [
      'a password manager types, a hand presses',
      { rhythm: even, mouse: { presses: 2, centred: 1 } },
      'not_applicable',
    ],
    ['a program presses the centres', { rhythm: even, mouse: { presses: 2, centred: 2 } }, 'flag -4'],
  ])('%s', (_name, changes, expected) => {
    expect(verdictOf(rhythm, answered(typed(changes)))).toBe(expected)
  })
  it('looks at short fields together, and at long ones alone', () => {
    const few = (keys: number, intervalSdMs: number) =>
      typed({ rhythm: { keys, intervalSdMs, dwellSdMs: 0 } })
    expect(verdictOf(rhythm, answered(few(2, 1), few(2, 0)))).toBe('flag -4')
    // Squares of four even intervals and of one that is not: 20 ms of spread in all.
    expect(verdictOf(rhythm, answered(few(5, 0), few(2, 45)))).toBe('pass')
    // One interval of 8 ms and four of none.
    expect(verdictOf(rhythm, answered(few(5, 0), few(2, 8)))).toBe('flag -4')
    expect(verdictOf(rhythm, answered(few(5, 0), few(17, 45)))).toBe('flag -4')
    expect(verdictOf(rhythm, answered(few(5, 30), few(17, 2)))).toBe('flag -4')
    const { evidence } = resultOf(rhythm, answered(few(3, 1), few(3, 1), few(17, 2)))
    expect(evidence.map(({ value }) => value)).toMatchObject([
      { slots: { keys: 17, ms: 2 } },
      { slots: { keys: 6, ms: 1 } },
    ])
  })
  it('reads the code as well, sent or read out', () => {
    const keys = { rhythm: { keys: 6, intervalSdMs: 1, dwellSdMs: 0 } }
    expect(verdictOf(rhythm, coded(keys))).toBe('flag -4')
    expect(verdictOf(rhythm, coded(keys, 'self_service'))).toBe('flag -4')
    expect(verdictOf(rhythm, coded({ ...keys, accessibility: true }))).toBe('not_applicable')
  })
  it('tells nothing of a browser that rounds its clock', () => {
    const given = answered(typed({ rhythm: even }))
    const tamper = { ...nothing, shield: 'firefox_resist_fingerprinting' as const }
    const hidden = { ...given, endpoint: { ...given.endpoint, probe: probe({ tamper }) } }
    expect(verdictOf(rhythm, hidden)).toBe('not_applicable')
    expect(verdictOf(rhythm, { ...given, endpoint: { ...given.endpoint, probe: null } })).toBe('flag -4')
  })
  it('leaves virtual desktops alone, which pass keys on in bundles', () => {
    const given = answered(typed({ rhythm: even }))
    const remote = { ...given, endpoint: { ...given.endpoint, hasVirtualDesktops: true } }
    expect(verdictOf(rhythm, remote)).toBe('not_applicable')
  })
})

describe('PER_PASTE', () => {
  it.each<[string, Answer, string]>([
    ['Ctrl and V', typed({ pastes: 1, keydowns: 2 }), 'flag -2'],
    ['by the mouse', typed({ pastes: 1, keydowns: 0 }), 'flag -2'],
    ['one letter pasted into what was typed', typed({ pastes: 1, keydowns: 19 }), 'pass'],
    ['as many keys as letters', typed({ pastes: 1, keydowns: 17 }), 'pass'],
    ['typed', typed({}), 'pass'],
    ['in accessibility mode', typed({ pastes: 1, keydowns: 2, accessibility: true }), 'pass'],
    ['no summary', typed({}, { input: null }), 'unknown'],
    ['a choice', answer({ input: input({ pastes: 1, keydowns: 0 }) }), 'not_applicable'],
    ['skipped', typed({ pastes: 1, keydowns: 2 }, { verdict: 'skipped' }), 'not_applicable'],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(paste, answered(given))).toBe(expected)
  })
  it('counts a code that is read out, and not one that was sent', () => {
    const pasted = { pastes: 1, keydowns: 2 }
    expect(verdictOf(paste, coded(pasted))).toBe('flag -2')
    expect(verdictOf(paste, coded(pasted, 'self_service'))).toBe('not_applicable')
    expect(verdictOf(paste, coded(pasted, 'agent', 'second_code'))).toBe('not_applicable')
  })
})

describe('PER_POINTER', () => {
  const mouse = (presses: number, centred: number) =>
    answer({ input: input({ mouse: { presses, centred } }) })
  it.each<[string, readonly Answer[], string]>([
    ['every press centred', [mouse(2, 2), mouse(1, 1)], 'flag -2'],
    ['one press that is not', [mouse(2, 2), mouse(2, 1)], 'pass'],
    ['keyboard and touch', [mouse(0, 0)], 'not_applicable'],
    ['no summary', [answer({ input: null })], 'not_applicable'],
    ['text without keys, which is judged by itself', [mouse(3, 3), typed({ keydowns: 1 })], 'not_applicable'],
    ['one who dictates', [mouse(3, 3), answer({ input: input({ assisted: 1 }) })], 'not_applicable'],
    [
      'in accessibility mode, where an aid places the pointer',
      [answer({ input: input({ mouse: { presses: 3, centred: 3 }, accessibility: true }) })],
      'not_applicable',
    ],
  ])('%s', (_name, answers, expected) => {
    expect(verdictOf(pointer, answered(...answers))).toBe(expected)
  })
  it('reads the page of the code as well', () => {
    const centred = { mouse: { presses: 2, centred: 2 } }
    expect(verdictOf(pointer, coded(centred))).toBe('flag -2')
    const { codes } = coded(centred).endpoint
    // A code that was sent may be filled in, which says nothing of an aid.
    expect(verdictOf(pointer, coded({ ...centred, keydowns: 0 }, 'self_service'))).toBe('flag -2')
    expect(verdictOf(pointer, coded({ ...centred, keydowns: 0 }))).toBe('not_applicable')
    const given = answered(mouse(1, 0))
    expect(verdictOf(pointer, { ...given, endpoint: { ...given.endpoint, codes } })).toBe('pass')
  })
})

describe('PER_FOCUS', () => {
  const left = (blurs: number, accessibility = false) => answer({ input: input({ blurs, accessibility }) })
  it.each<[string, readonly Answer[], string]>([
    ['left twice on two questions', [left(2), left(2)], 'flag -2'],
    ['left twice on one question', [left(4), left(1)], 'pass'],
    ['left once on each', [left(1), left(1), left(1)], 'pass'],
    ['one question', [left(5)], 'not_applicable'],
    ['in accessibility mode', [left(3, true), left(3, true)], 'not_applicable'],
  ])('%s', (_name, answers, expected) => {
    expect(verdictOf(focus, answered(...answers))).toBe(expected)
  })
  it('weighs half on a phone, where the call itself covers the page, and nothing for one look at it', () => {
    expect(verdictOf(focus, onPhone(left(2), left(2)))).toBe('flag -1')
    expect(verdictOf(focus, onPhone(left(1), left(1)))).toBe('pass')
  })
  it('keeps the single counts from agents', () => {
    const { evidence } = resultOf(focus, answered(left(2), left(3)))
    expect(evidence.map(({ sensitivity }) => sensitivity)).toEqual([1, 1])
  })
})

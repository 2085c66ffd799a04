import { describe, expect, it } from 'vitest'
import type { InputReport } from '../../probe.ts'
import { answer, facts, input } from '../../testing/facts.ts'
import { resultOf, verdictOf } from '../../testing/findings.ts'
import { focus } from './focus.ts'
import { paste } from './paste.ts'
import { pointer } from './pointer.ts'
import { rhythm } from './rhythm.ts'

type Answer = ReturnType<typeof answer>
const answered = (...answers: Answer[]) => facts({ challenge: { answers } })
const typed = (changes: Partial<InputReport>, more: Partial<Answer> = {}) =>
  answer({ form: 'typed', letters: 17, input: input(changes), ...more })
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
    ['seven keys', { rhythm: { ...even, keys: 7 } }, 'not_applicable'],
    ['a spread of 7 ms', { rhythm: { ...even, intervalSdMs: 7 } }, 'flag -4'],
    ['a spread of 8 ms', { rhythm: { ...even, intervalSdMs: 8 } }, 'pass'],
    ['keys that were held as people hold them', { rhythm: { ...even, dwellSdMs: 20 } }, 'pass'],
    ['releases that were not seen', { rhythm: { ...even, dwellSdMs: null } }, 'flag -4'],
    ['in accessibility mode', { rhythm: even, accessibility: true }, 'not_applicable'],
    ['no keys', { rhythm: null }, 'not_applicable'],
  ])('%s', (_name, changes, expected) => {
    expect(verdictOf(rhythm, answered(typed(changes)))).toBe(expected)
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
})

describe('PER_POINTER', () => {
  const mouse = (presses: number, centred: number) =>
    answer({ input: input({ mouse: { presses, centred } }) })
  it.each<[string, readonly Answer[], string]>([
    ['every press centred', [mouse(2, 2), mouse(1, 1)], 'flag -2'],
    ['one press that is not', [mouse(2, 2), mouse(2, 1)], 'pass'],
    ['keyboard and touch', [mouse(0, 0)], 'not_applicable'],
    ['no summary', [answer({ input: null })], 'not_applicable'],
    [
      'in accessibility mode, where an aid places the pointer',
      [answer({ input: input({ mouse: { presses: 3, centred: 3 }, accessibility: true }) })],
      'not_applicable',
    ],
  ])('%s', (_name, answers, expected) => {
    expect(verdictOf(pointer, answered(...answers))).toBe(expected)
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

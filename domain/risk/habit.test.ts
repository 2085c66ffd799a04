import { describe, expect, it } from 'vitest'
import type { AnswerFacts, CaseHabit, RiskFacts } from './facts.ts'
import type { InputReport } from './probe.ts'
import { habit } from './checks/persona/habit.ts'
import { habitOf } from './habit.ts'
import { answer, coded, facts, habitual, input as keyed, probe } from './testing/facts.ts'
import { resultOf, verdictOf } from './testing/findings.ts'
import { renderCheckText } from './text.ts'

const byHand = { presses: 2, centred: 0 }
/** Keys and mouse. */
const input: typeof keyed = (changes) => keyed({ mouse: byHand, ...changes })

const steady = { keys: 6, intervalMs: 250, intervalSdMs: 100, dwellMs: 95, dwellSdMs: 20 }
const code = (changes: Partial<InputReport>, startedBy: 'agent' | 'self_service' = 'agent') =>
  coded({ rhythm: steady, mouse: byHand, ...changes }, startedBy)
const withAnswers = (given: RiskFacts, ...answers: AnswerFacts[]): RiskFacts => ({
  ...given,
  challenge: { ...given.challenge, answers },
})
const summary = (given: RiskFacts): CaseHabit => {
  const made = habitOf(given)
  if (made === null) throw new Error('it can be measured')
  return made
}

describe('the summary of a case', () => {
  it('has numbers alone: means and spreads as logarithms, and shares', () => {
    expect(habitOf(code({}))).toEqual({
      ...{ device: 'computer', interval: 5.52, spread: 0.34, dwell: 4.55, pace: null, pasted: 0, mouse: 1 },
    })
  })

  it('weighs fields by their keys, and counts the entries that were pasted or had the mouse', () => {
    const typed = answer({
      form: 'typed',
      input: input({ rhythm: { ...steady, keys: 16, intervalMs: 500 }, mouse: { presses: 0, centred: 0 } }),
    })
    const made = summary(withAnswers(code({}), typed, answer({ input: input({ pastes: 1, rhythm: null }) })))
    expect(Math.exp(made.interval)).toBeCloseTo(420, -1)
    expect(made).toMatchObject({ pasted: 0.33, mouse: 0.67 })
  })

  it('knows the time of answers only against what others take', () => {
    const given = withAnswers(
      code({}),
      answer({ seconds: 22 }),
      answer({ family: 'Q2', seconds: 900 }),
      answer({ seconds: 900, isExtended: true }),
      answer({ seconds: 0, verdict: 'skipped' }),
    )
    const paceIn = (usualTimes: RiskFacts['persona']['usualTimes']) =>
      summary({ ...given, persona: { ...given.persona, usualTimes } }).pace
    expect(paceIn({ Q1: { low: 6, high: 20 } })).toBe(0.7)
    expect(paceIn({})).toBeNull()
    expect(paceIn({ Q1: { low: 0, high: 20 } })).toBeNull()
  })

  it.each<[string, RiskFacts]>([
    ['nothing was entered', facts()],
    ['the page sent no summary', withAnswers(facts(), answer({ input: null }))],
    ['the participant uses an aid', code({ accessibility: true })],
    ['the text was dictated, filled in or composed', code({ assisted: 2 })],
    ['too few keys for a mean', code({ rhythm: { keys: 3, intervalSdMs: 10, dwellSdMs: 3 } })],
    ['the code was pasted', code({ pastes: 1 })],
    [
      'a virtual desktop bundles keys',
      { ...code({}), endpoint: { ...code({}).endpoint, hasVirtualDesktops: true } },
    ],
    ['no request was seen', { ...code({}), endpoint: { ...code({}).endpoint, userAgent: null } }],
    [
      'the browser rounds its clock',
      {
        ...code({}),
        endpoint: {
          ...code({}).endpoint,
          probe: probe({
            tamper: {
              ...{ ownProperties: [], foreignGetters: [], toStringPatched: false, iframeDiffers: [] },
              shield: 'firefox_resist_fingerprinting',
            },
          }),
        },
      },
    ],
  ])('is not made where %s', (_name, given) => {
    expect(habitOf(given)).toBeNull()
  })

  it('passes over a code that was sent and filled in, and measures the rest', () => {
    const filled = code({ assisted: 1 }, 'self_service')
    const typed = answer({ form: 'typed', input: input({ rhythm: { ...steady, dwellMs: undefined } }) })
    expect(habitOf(filled)).toBeNull()
    expect(habitOf(withAnswers(filled, typed))).toMatchObject({ interval: 5.52, dwell: null })
  })

  it('keeps phones apart from computers', () => {
    const given = code({})
    const { userAgent } = given.endpoint
    const onPhone = {
      ...given,
      endpoint: { ...given.endpoint, userAgent: userAgent && { ...userAgent, isMobile: true } },
    }
    expect(habitOf(onPhone)).toMatchObject({ device: 'phone' })
  })
})

describe('PER_HABIT', () => {
  const slower = { ...steady, intervalMs: 700 }
  it.each<[string, RiskFacts, string]>([
    ['as always', habitual({}), 'pass'],
    ['a slow day', habitual({ rhythm: slower }), 'pass'],
    ['keys slower, and held much longer', habitual({ rhythm: { ...slower, dwellMs: 260 } }), 'flag -3'],
    ['two earlier cases', habitual({ rhythm: { ...slower, dwellMs: 260 } }, { cases: 2 }), 'not_applicable'],
    [
      'earlier cases on a phone',
      habitual({ rhythm: { ...slower, dwellMs: 260 } }, { device: 'phone' }),
      'not_applicable',
    ],
    ['dictated this time', habitual({ accessibility: true, rhythm: null }), 'not_applicable'],
    ['filled in by a password manager this time', habitual({ assisted: 1, rhythm: null }), 'not_applicable'],
    [
      'releases that were never seen say nothing',
      habitual({ rhythm: { ...slower, dwellMs: 260 } }, { dwell: null }),
      'pass',
    ],
  ])('%s', (_name, given, expected) => {
    expect(verdictOf(habit, given)).toBe(expected)
  })

  it('is in shadow, and says on opening what was usual', () => {
    expect(habit.phase).toBe(2)
    const rhythm = { keys: 6, intervalMs: 80, intervalSdMs: 1, dwellMs: 5, dwellSdMs: 1 }
    const { evidence } = resultOf(habit, habitual({ rhythm, mouse: { presses: 0, centred: 0 } }))
    expect(
      evidence.map(({ label, value, sensitivity }) => [
        label,
        typeof value === 'string' ? value : renderCheckText(value),
        sensitivity,
      ]),
    ).toEqual([
      ['habit_interval', '80 ms, usually 250 ms', 2],
      ['habit_dwell', '5 ms, usually 95 ms', 2],
    ])
  })

  it('compares pace, spread and shares in per cent', () => {
    const uneven = { keys: 6, intervalMs: 250, intervalSdMs: 900, dwellMs: 95, dwellSdMs: 20 }
    const late = habitual(
      { rhythm: uneven },
      {},
      answer({ seconds: 110, input: input({ pastes: 1, rhythm: null }) }),
    )
    expect(
      resultOf(habit, late).evidence.map(({ value }) =>
        typeof value === 'string' ? value : renderCheckText(value),
      ),
    ).toEqual(['362 %, usually 40 %', '1007 %, usually 100 %'])
    const pasting = habitual(
      { rhythm: uneven },
      { cases: 9 },
      ...[1, 2].map(() => answer({ seconds: 11, input: input({ pastes: 1 }) })),
    )
    expect(resultOf(habit, pasting).evidence.map(({ label }) => label)).toEqual([
      'habit_spread',
      'habit_pasted',
    ])
  })
})

/**
 * People who pass several cases, and others in their place: how often PER_HABIT speaks against each. The key times go through the
 * page's own counting. How far one person's cases lie apart is an assumption: a tempo of the day, a keyboard of the day, answers that
 * come faster or slower, and hands that differ from person to person as in hands.ts.
 */
import { habit } from '#domain/risk/checks/persona/habit.ts'
import { habitOf } from '#domain/risk/habit.ts'
import type { AnswerFacts, CaseHabit, RiskFacts } from '#domain/risk/facts.ts'
import { answer, facts } from '#domain/risk/testing/facts.ts'
import type { Random } from '#domain/risk/testing/random.ts'
import { between, normal, report, rhythmOf, type Typing } from './hands.ts'

/** A person's own way: medians in ms, sigma of the logarithm, and how long they take for an answer against others. */
type Hand = {
  readonly interval: number
  readonly sigma: number
  readonly dwell: number
  readonly pace: number
  readonly mouse: number
  readonly isPhone: boolean
}

/** One day's way of the same hand. */
type Day = (hand: Hand, random: Random) => Hand

const handOf = (random: Random, isPhone: boolean): Hand => ({
  interval: Math.exp(between(random, Math.log(150), Math.log(480))),
  sigma: between(random, 0.2, 0.6),
  dwell: isPhone ? 20 : between(random, 70, 130),
  pace: Math.exp(0.4 * normal(random)),
  mouse: isPhone ? 0 : between(random, 0.3, 1),
  isPhone,
})

/** The tempo of a day moves keys, and answers more. */
const ordinary: Day = (hand, random) => {
  const tempo = normal(random)
  return {
    ...hand,
    interval: hand.interval * Math.exp(0.12 * tempo + 0.1 * normal(random)),
    sigma: hand.sigma * Math.exp(0.15 * normal(random)),
    dwell: hand.dwell * Math.exp(0.08 * normal(random)),
    pace: hand.pace * Math.exp(0.25 * tempo + 0.2 * normal(random)),
  }
}
/** A keyboard on which everything is slower or quicker, and held for longer or shorter. */
const otherKeyboard: Day = (hand, random) => ({
  ...hand,
  interval: hand.interval * Math.exp(0.25 * normal(random)),
  dwell: hand.dwell * Math.exp(0.2 * normal(random)),
})
const sometimes =
  (chance: number, day: Day): Day =>
  (hand, random) =>
    random.chance(chance) ? day(hand, random) : hand
const then =
  (...days: readonly Day[]): Day =>
  (hand, random) =>
    days.reduce((now, day) => day(now, random), hand)

type Row = {
  readonly name: string
  readonly isGenuine: boolean
  readonly isPhone?: boolean
  readonly cases: number
  /** Before, and in the case that is compared */
  readonly before: Day
  readonly now: Day
}

const same = (name: string, day: Day, more: Partial<Row> = {}): Row => ({
  ...{ name, isGenuine: true, cases: 3, before: day, now: day },
  ...more,
})
const stranger =
  (day: Day): Day =>
  (hand, random) =>
    day(handOf(random, hand.isPhone), random)
const program: Day = (hand) => ({ ...hand, interval: 80, sigma: 0.01, dwell: 2, mouse: 1, pace: 0.3 })
const lookingUp: Day = (hand) => ({ ...hand, pace: hand.pace * 4 })

/** All of them. */
export const habitRows: readonly Row[] = [
  same('the same keyboard, 3 earlier cases', ordinary),
  same('the same keyboard, 10 earlier cases', ordinary, { cases: 10 }),
  same('another keyboard in one of three cases', then(ordinary, sometimes(1 / 3, otherKeyboard))),
  same('a new keyboard', ordinary, { now: then(ordinary, otherKeyboard) }),
  same('in a hurry', ordinary, {
    now: then(ordinary, (hand) => ({ ...hand, interval: hand.interval * 0.85, pace: hand.pace * 0.6 })),
  }),
  same('mouse one day, keyboard the next', (hand, random) => ({
    ...ordinary(hand, random),
    mouse: random.chance(0.5) ? 1 : 0,
  })),
  same('phone, 3 earlier cases', ordinary, { isPhone: true }),
  same('phone, 10 earlier cases', ordinary, { isPhone: true, cases: 10 }),
  same('types with one hand, having hurt the other', ordinary, {
    now: then(ordinary, (hand) => ({ ...hand, interval: hand.interval * 2, dwell: hand.dwell * 1.2 })),
  }),
  { ...same('another person, 3 earlier cases', ordinary), isGenuine: false, now: stranger(ordinary) },
  {
    ...same('another person, 10 earlier cases', ordinary),
    isGenuine: false,
    cases: 10,
    now: stranger(ordinary),
  },
  {
    ...same('another person who looks answers up, 3 earlier cases', ordinary),
    ...{ isGenuine: false, now: then(stranger(ordinary), lookingUp) },
  },
  { ...same('a program, 3 earlier cases', ordinary), isGenuine: false, now: program },
]

const usual = { low: 6, high: 20 }

const typingOf = ({ interval, sigma, dwell, isPhone }: Hand, random: Random): Typing => ({
  interval: () => interval * Math.exp(sigma * normal(random)),
  dwell: () => (isPhone ? dwell : Math.max(5, dwell * Math.exp(0.2 * normal(random)))),
  grain: isPhone ? 1 : 0.1,
})

/** A case: its code, and up to three answers of which some are typed. */
const caseOf = (hand: Hand, random: Random, habits: readonly CaseHabit[]): RiskFacts => {
  const typing = typingOf(hand, random)
  const enter = (letters: number) => {
    const presses = random.chance(hand.mouse) ? 2 : 0
    return report({
      ...{ keydowns: letters + 1, inputs: letters, mouse: { presses, centred: 0 } },
      rhythm: letters === 0 ? null : rhythmOf(letters, typing),
    })
  }
  const answers = Array.from({ length: random.int(0, 3) }, (): AnswerFacts => {
    const seconds = Math.sqrt(usual.low * usual.high) * hand.pace * Math.exp(0.4 * normal(random))
    const letters = random.int(4, 18)
    return random.chance(0.4)
      ? answer({ form: 'typed', letters, seconds, input: enter(letters) })
      : answer({ seconds, input: enter(0) })
  })
  const { userAgent } = facts().endpoint
  return facts({
    endpoint: {
      codes: [{ step: 'match_code', input: enter(6) }],
      userAgent: userAgent && { ...userAgent, isMobile: hand.isPhone },
    },
    challenge: { answers },
    persona: { usualTimes: { Q1: usual }, habits },
  })
}

/** The share of cases in which the check speaks against them, per cent. */
export const habitAlarmsOf = (row: Row, tries: number, random: Random): number => {
  let flagged = 0
  for (let n = 0; n < tries; n += 1) {
    const hand = handOf(random, row.isPhone ?? false)
    const habits = Array.from({ length: row.cases }, () =>
      habitOf(caseOf(row.before(hand, random), random, [])),
    ).flatMap((one) => one ?? [])
    const found = habit.evaluate(
      caseOf(row.now(hand, random), random, habits),
      habit.defaultWeights,
      () => true,
    )
    if ('status' in found && found.status === 'flag') flagged += 1
  }
  return Math.round((10_000 * flagged) / tries) / 100
}

/**
 * The ways in which people and programs enter a code and answers. Key times go through the page's own counting; the times
 * themselves are assumptions: intervals are lognormal around the median of a person, as in published studies of typing, and
 * the time that a key is down is normal.
 */
import { evaluateChecks } from '#domain/risk/evaluate.ts'
import type { AnswerFacts, RiskFacts } from '#domain/risk/facts.ts'
import type { InputReport } from '#domain/risk/probe.ts'
import { checks } from '#domain/risk/checks/index.ts'
import { answer, facts } from '#domain/risk/testing/facts.ts'
import type { Random } from '#domain/risk/testing/random.ts'
import { watchRhythm } from '#portal/components/key-rhythm.ts'

/** One way. */
type Way = {
  readonly name: string
  readonly isGenuine: boolean
  /** The code came in a message; answers are typed all the same. */
  readonly isSent?: boolean
  readonly hasVirtualDesktops?: boolean
  /** The page cannot tell it from a program: no limit holds for it. */
  readonly isUnknowable?: boolean
  /** Draws one person, or one run of a program, who enters texts of so many letters. */
  readonly draw: (random: Random) => (letters: number) => InputReport
}

const share = (random: Random): number => random.int(0, 999_999) / 1_000_000
export const between = (random: Random, low: number, high: number): number =>
  low + share(random) * (high - low)
export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - share(random))) * Math.cos(2 * Math.PI * share(random))

export type Typing = {
  /** The time from this press to the next, ms. */
  readonly interval: () => number
  /** The time that a key is down, ms. */
  readonly dwell: () => number
  /** The clock of the browser, ms. */
  readonly grain?: number
}

export const rhythmOf = (
  letters: number,
  { interval, dwell, grain = 0.1 }: Typing,
): InputReport['rhythm'] => {
  const watch = watchRhythm()
  const seen = (ms: number): number => Math.round(ms / grain) * grain
  let at = 1_000
  for (let n = 0; n < letters; n += 1) {
    const code = `key ${String(n)}`
    watch.press({ code, key: '1', repeat: false, timeStamp: seen(at) } as KeyboardEvent)
    watch.release({ code, timeStamp: seen(at + dwell()) } as KeyboardEvent)
    at += interval()
  }
  return watch.summary()
}

export const report = (changes: Partial<InputReport>): InputReport => ({
  ...{ keydowns: 0, inputs: 1, untrusted: [], pastes: 0, assisted: 0, visibleMs: 15_000, blurs: 0 },
  ...{ accessibility: false, rhythm: null, mouse: { presses: 0, centred: 0 } },
  ...changes,
})

/** Two or three presses; a hand hits the very centre, after hardly a move, once in thousands. */
const byMouse = (random: Random): InputReport['mouse'] => {
  const presses = random.int(2, 3)
  return { presses, centred: Array.from({ length: presses }).filter(() => random.chance(0.0005)).length }
}
const centred = { presses: 3, centred: 3 }

const typing = (letters: number, how: Typing, more: Partial<InputReport> = {}): InputReport =>
  report({ keydowns: letters + 1, inputs: letters, rhythm: rhythmOf(letters, how), ...more })

type Person = {
  /** The range of medians, of spreads (sigma of the logarithm), and of spreads of the time that a key is down. */
  readonly median: readonly [number, number]
  readonly sigma: readonly [number, number]
  readonly dwellMs: number
  readonly dwellSd: readonly [number, number]
  readonly grain?: number
}

const person = (random: Random, { median, sigma, dwellMs, dwellSd, grain }: Person): Typing => {
  const [middle, spread] = [between(random, ...median), between(random, ...sigma)]
  const held = between(random, ...dwellSd)
  return {
    interval: () => middle * Math.exp(spread * normal(random)),
    dwell: () => Math.max(20, dwellMs + held * normal(random)),
    ...(grain === undefined ? {} : { grain }),
  }
}

const keyboard: Person = { median: [180, 480], sigma: [0.25, 0.7], dwellMs: 95, dwellSd: [8, 25] }
const numberPad: Person = { median: [100, 180], sigma: [0.12, 0.3], dwellMs: 80, dwellSd: [6, 14] }
/** A phone reports a tap as down and up at once. */
const phone: Person = { median: [180, 400], sigma: [0.2, 0.5], dwellMs: 20, dwellSd: [0, 0], grain: 1 }

const typed =
  (who: Person, more: (random: Random) => Partial<InputReport> = () => ({})): Way['draw'] =>
  (random) => {
    const how = person(random, who)
    const rest = more(random)
    return (letters) => typing(letters, how, rest)
  }

/** A pointer goes over the keys in even steps, and presses where it stops. */
const scanning: Way['draw'] = (random) => {
  const step = between(random, 500, 1_500)
  const how = { interval: () => step * random.int(1, 8) + 3 * normal(random), dwell: () => 1 }
  return (letters) => typing(letters, how)
}

/** A driver waits so long after each key. */
const driven =
  (wait: (random: Random) => number, more: Partial<InputReport>): Way['draw'] =>
  (random) => {
    const how = {
      interval: () => wait(random) + Math.abs(1.5 * normal(random)),
      dwell: () => Math.abs(normal(random)),
    }
    return (letters) => typing(letters, how, more)
  }

const always =
  (changes: Partial<InputReport>): Way['draw'] =>
  () =>
  () =>
    report(changes)

const people: readonly Omit<Way, 'isGenuine'>[] = [
  { name: 'keyboard and mouse', draw: typed(keyboard, (random) => ({ mouse: byMouse(random) })) },
  { name: 'trained on the number pad', draw: typed(numberPad, (random) => ({ mouse: byMouse(random) })) },
  { name: 'keyboard alone', draw: typed(keyboard) },
  { name: 'keys of a phone (iOS)', draw: typed(phone) },
  { name: 'keys of a phone (Android)', draw: always({ keydowns: 6, inputs: 6, assisted: 6 }) },
  { name: 'screen reader that presses for the person', draw: typed(keyboard) },
  { name: 'switch access, keys on the screen', draw: scanning },
  {
    name: 'dictates, speech control presses',
    draw: always({ assisted: 2, inputs: 2, mouse: centred }),
  },
  {
    name: 'dictates as plain text, and says so',
    draw: always({ accessibility: true, mouse: centred }),
  },
  {
    name: 'dictates as plain text, presses with a mouse',
    draw: (random) => () => report({ mouse: byMouse(random) }),
  },
  {
    name: 'does all by voice as plain text, and does not say so',
    isUnknowable: true,
    draw: always({ mouse: centred }),
  },
  {
    name: 'a password manager types, a hand presses',
    draw: (random) => driven(() => 25, { mouse: byMouse(random) })(random),
  },
  { name: 'fills in a code that was sent', isSent: true, draw: always({ assisted: 1 }) },
  { name: 'pastes a code that was sent', isSent: true, draw: always({ pastes: 1, keydowns: 3 }) },
  { name: 'pastes the code from a chat with the help desk', draw: always({ pastes: 1, keydowns: 3 }) },
  {
    name: 'virtual desktop',
    hasVirtualDesktops: true,
    draw: typed({ ...keyboard, grain: 100 }),
  },
  { name: 'virtual desktop that nobody declared', draw: typed({ ...keyboard, grain: 16 }) },
]

const programs: readonly Omit<Way, 'isGenuine'>[] = [
  { name: 'fills and clicks', draw: always({ keydowns: 0, mouse: centred }) },
  { name: 'types without a pause, and clicks', draw: driven(() => 1, { mouse: centred }) },
  { name: 'types with an even pause, and clicks', draw: driven(() => 80, { mouse: centred }) },
  { name: 'types with an even pause, no mouse', draw: driven(() => 80, {}) },
  {
    name: 'types with uneven pauses, and clicks',
    draw: driven((random) => between(random, 50, 150), { mouse: centred }),
  },
  { name: 'clicks by script', draw: always({ untrusted: ['click', 'input'] }) },
  { name: 'imitates hand and mouse', draw: typed(keyboard, (random) => ({ mouse: byMouse(random) })) },
]

/** All of them. */
export const ways: readonly Way[] = [
  ...people.map((way) => ({ ...way, isGenuine: true })),
  ...programs.map((way) => ({ ...way, isGenuine: false })),
]

/** The checks that read how something was entered. */
export const inputChecks = [
  'PER_NO_TYPING',
  'PER_UNTRUSTED_EVENT',
  'PER_RHYTHM',
  'PER_POINTER',
  'PER_PASTE',
] as const

const looked = checks.filter(({ code }) => inputChecks.some((one) => one === code))

/** A case: its code, and up to three answers of which some are typed. */
const caseOf = ({ isSent = false, hasVirtualDesktops = false, draw }: Way, random: Random): RiskFacts => {
  const code = draw(random)
  const enter = isSent ? typed(keyboard)(random) : code
  const answers = Array.from({ length: random.int(0, 3) }, (): AnswerFacts => {
    const letters = random.int(4, 18)
    return random.chance(0.4)
      ? answer({ form: 'typed', letters, input: enter(letters) })
      : answer({ input: report({ mouse: enter(1).mouse, accessibility: enter(1).accessibility }) })
  })
  return facts({
    endpoint: { codes: [{ step: 'match_code', input: code(6) }], hasVirtualDesktops },
    challenge: { answers },
    possession: { startedBy: isSent ? 'self_service' : 'agent' },
  })
}

/** The share of cases in which each check speaks against them, per cent. */
export const alarmsOf = (way: Way, tries: number, random: Random): Readonly<Record<string, number>> => {
  const counts = new Map<string, number>(inputChecks.map((code) => [code, 0]))
  for (let n = 0; n < tries; n += 1)
    for (const { code, status } of evaluateChecks(caseOf(way, random), { checks: {} }, looked)) {
      const count = counts.get(code)
      if (count !== undefined && status === 'flag') counts.set(code, count + 1)
    }
  return Object.fromEntries(
    [...counts].map(([code, count]) => [code, Math.round((10_000 * count) / tries) / 100]),
  )
}

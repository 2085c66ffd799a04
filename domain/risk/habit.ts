/**
 * The way in which a person enters codes and answers, in numbers: a summary of each case that passed, and how far another case is from
 * those. No key, no text and no time of a single key is in it.
 */
import type { AnswerFacts, CaseHabit, EndpointFacts, PersonaFacts, PossessionFacts } from './facts.ts'
import { entriesOf, givenAnswers, usesAid, type Entry } from './preconditions.ts'
import type { InputReport, KeyRhythm } from './probe.ts'

/** Days that a summary is kept; the portal says so. */
export const habitDays = 90
/** Earlier cases without which nothing is compared. */
export const fewestCases = 3

/** A summary is made of these facts. */
export type Entered = {
  readonly endpoint: Pick<EndpointFacts, 'codes' | 'userAgent' | 'probe' | 'hasVirtualDesktops'>
  readonly possession: Pick<PossessionFacts, 'startedBy'>
  readonly challenge: { readonly answers: readonly EnteredAnswer[] }
  readonly persona: Pick<PersonaFacts, 'usualTimes'>
}

/** The part of an answer that says how it was given. */
export type EnteredAnswer = Pick<
  AnswerFacts,
  'family' | 'verdict' | 'form' | 'letters' | 'seconds' | 'isExtended' | 'input'
>

/**
 * The summary of a case; null where an aid was used or nothing can be measured. Remote desktops bundle keys, some browsers round
 * their clock, and a text that came in without keys was dictated, filled in or put together by the keyboard of a phone.
 */
export function habitOf(facts: Entered): CaseHabit | null {
  const { userAgent } = facts.endpoint
  const entries = entriesOf(facts)
  if (userAgent === null || isDistorted(facts) || isAided(entries)) return null
  const inputs = entries.flatMap(({ input }) => (input === null ? [] : [input]))
  const fields = inputs.flatMap(measuredIn)
  if (fields.length === 0) return null
  const dwells = fields.flatMap(({ keys, dwellMs }) =>
    dwellMs == null ? [] : [{ of: dwellMs, times: keys }],
  )
  return {
    device: userAgent.isMobile ? 'phone' : 'computer',
    interval: meanOf(fields.map(({ keys, intervalMs }) => ({ of: intervalMs, times: keys - 1 }))),
    spread: meanOf(fields.map((field) => ({ of: unevenness(field), times: field.keys - 1 }))),
    dwell: dwells.length === 0 ? null : meanOf(dwells),
    pace: paceOf(facts),
    pasted: rounded(inputs.filter(({ pastes }) => pastes > 0).length / inputs.length),
    mouse: rounded(inputs.filter(({ mouse }) => mouse.presses > 0).length / inputs.length),
  }
}

const isDistorted = ({ endpoint: { hasVirtualDesktops, probe } }: Entered): boolean =>
  hasVirtualDesktops || probe?.tamper?.shield === 'firefox_resist_fingerprinting'

const isAided = (entries: readonly Entry[]): boolean =>
  usesAid(entries) || entries.some(({ isSent, input }) => !isSent && input !== null && input.assisted > 0)

const unevenness = ({ intervalMs, intervalSdMs }: Measured): number =>
  1 + intervalSdMs / Math.max(1, intervalMs)

type Measured = KeyRhythm & { readonly intervalMs: number }

function measuredIn(input: InputReport): readonly Measured[] {
  if (input.rhythm === null || input.assisted > 0 || input.pastes > 0) return []
  const { intervalMs } = input.rhythm
  return intervalMs === undefined ? [] : [{ ...input.rhythm, intervalMs }]
}

/** The logarithm of a mean by weight, of logarithms, so that one long pause counts little. */
function meanOf(parts: readonly { readonly of: number; readonly times: number }[]): number {
  const times = parts.reduce((sum, part) => sum + part.times, 0)
  return rounded(parts.reduce((sum, { of, times: n }) => sum + n * Math.log(Math.max(1, of)), 0) / times)
}

/** The time of the answers, as a logarithm of the middle of what others take; null where nobody knows what is usual. */
function paceOf({ challenge, persona }: Entered): number | null {
  const paces = givenAnswers({ challenge }).flatMap(({ family, seconds, isExtended }) => {
    const usual = persona.usualTimes[family]
    if (usual === undefined || usual.low <= 0 || isExtended) return []
    return [Math.log(Math.max(0.1, seconds) / Math.sqrt(usual.low * usual.high))]
  })
  return paces.length === 0 ? null : rounded(paces.reduce((sum, pace) => sum + pace, 0) / paces.length)
}

const rounded = (value: number): number => Math.round(value * 100) / 100

/** The numbers that are compared, and how far those of one person usually lie apart from case to case. */
const usualSpread = { interval: 0.25, spread: 0.2, dwell: 0.2, pace: 0.5, pasted: 0.3, mouse: 0.4 } as const
export type HabitPart = keyof typeof usualSpread
const habitParts = Object.keys(usualSpread) as HabitPart[]

/** The usual spread weighs as much as so many cases: three cases that are alike by chance make nobody unlike themselves. */
const prior = 6
/** So many of its own spreads a number lies outside. */
const farFrom = 2.5

/** A number of a case that is far from those of earlier cases. */
export type Departure = { readonly part: HabitPart; readonly now: number; readonly usual: number }

/** The numbers in which a case departs from earlier cases of the same person on such a device; null: there are too few. */
export function departuresOf(now: CaseHabit, earlier: readonly CaseHabit[]): readonly Departure[] | null {
  const alike = earlier.filter(({ device }) => device === now.device)
  if (alike.length < fewestCases) return null
  return habitParts.flatMap((part) => {
    const value = now[part]
    const values = alike.flatMap((one) => one[part] ?? [])
    if (value === null || values.length < fewestCases) return []
    const usual = values.reduce((sum, one) => sum + one, 0) / values.length
    return isFar(value - usual, part, values, usual) ? [{ part, now: value, usual }] : []
  })
}

function isFar(distance: number, part: HabitPart, values: readonly number[], usual: number): boolean {
  const n = values.length
  const squares = values.reduce((sum, one) => sum + (one - usual) ** 2, 0)
  const spread = Math.sqrt((prior * usualSpread[part] ** 2 + squares) / (prior + n - 1))
  return Math.abs(distance) > farFrom * spread * Math.sqrt(1 + 1 / n)
}

/**
 * The random sample of decided cases that staff look at again, without seeing score and decision. No other label covers
 * impostors who passed, and few cover the participants who were refused.
 */
import type { CalibrationCase } from './case.ts'
import { rateOf, type Rate } from './intervals.ts'

/** One in so many passes, and one in so many refusals: there are far fewer of those. */
export const auditEvery = { passed: 50, failed: 10 } as const
const mostWaiting = 20

/** The findings of the sample. */
export type Audit = {
  readonly passes: number
  readonly sampled: number
  /** Labelled suspicious, of those in the sample that have a label other than unsure */
  readonly suspicious: Rate
  /** Passes of the sample without a label, newest first; the first twenty */
  readonly waiting: readonly string[]
}

/**
 * True if a case is in the sample. That depends on its outcome, its id and the moment at which the server began it, so
 * that nobody can choose to be left out, and the sample is the same whenever it is drawn.
 */
export function isSampled({
  id,
  startedAt,
  outcome,
}: Pick<CalibrationCase, 'id' | 'startedAt' | 'outcome'>): boolean {
  if (outcome !== 'passed' && outcome !== 'failed') return false
  let hash = 0x811c9dc5
  for (const character of `${id} ${String(startedAt)}`) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0
  }
  // The low bits of this hash (FNV-1a) are the weaker ones.
  return ((hash ^ (hash >>> 15)) >>> 0) % auditEvery[outcome] === 0
}

/** The sample among these cases. */
export function auditOf(cases: readonly CalibrationCase[]): Audit {
  const passed = cases.filter(({ outcome }) => outcome === 'passed')
  const sample = passed.filter(isSampled)
  const said = sample.filter(({ staffLabel }) => staffLabel !== null && staffLabel !== 'unsure')
  const waiting = sample
    .filter(({ staffLabel }) => staffLabel === null)
    .sort((a, b) => b.startedAt - a.startedAt)
  return {
    passes: passed.length,
    sampled: sample.length,
    suspicious: rateOf(said.filter(({ staffLabel }) => staffLabel === 'suspicious').length, said.length),
    waiting: waiting.slice(0, mostWaiting).map(({ id }) => id),
  }
}

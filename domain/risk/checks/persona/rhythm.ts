import { defineCheck } from '../../check.ts'
import { entriesOf, isPressedByHand, usesAid, type Entry } from '../../preconditions.ts'
import type { KeyRhythm } from '../../probe.ts'
import { say } from '../../text.ts'

const fewestKeys = 4
const manyKeys = 8
/** A spread over a few keys is small by chance more often than one over many. */
const evenBelowMs = { few: 4, many: 8 } as const

/**
 * Keys as even as clockwork: people waver by far more. Fields with few keys are looked at together. Remote desktops bundle
 * keys and a browser that hides its clock rounds it, so both are left out. So is whoever presses with a hand: a password
 * manager may type for them.
 */
export const rhythm = defineCheck({
  code: 'PER_RHYTHM',
  category: 'persona',
  group: 'input',
  ruleVersion: 3,
  defaultWeights: { even: -4 },
  evaluate(facts, weights) {
    const { hasVirtualDesktops, probe } = facts.endpoint
    if (hasVirtualDesktops) return { status: 'not_applicable', text: say('rhythm.remote') }
    if (probe?.tamper?.shield === 'firefox_resist_fingerprinting')
      return { status: 'not_applicable', text: say('rhythm.rounded') }
    const entries = entriesOf(facts)
    if (isPressedByHand(entries)) return { status: 'not_applicable', text: say('rhythm.by_hand') }
    const fields = usesAid(entries) ? [] : entries.flatMap(measuredIn)
    const judged = [...fields.filter(({ keys }) => keys >= manyKeys), ...together(fields)]
    if (judged.length === 0) return { status: 'not_applicable', text: say('rhythm.too_few') }
    const even = judged.filter(isEven)
    if (even.length === 0) return { status: 'pass', text: say('rhythm.pass') }
    const keys = even.reduce((sum, one) => sum + one.keys, 0)
    return {
      status: 'flag',
      weight: weights.even,
      evidence: even.map((one) => ({
        label: 'rhythm',
        value: say('evidence.rhythm', { keys: one.keys, ms: Math.round(one.intervalSdMs) }),
        sensitivity: 1,
      })),
      text: say('rhythm.hit', { count: keys }),
      remedy: say('remedy.ask_to_type'),
    }
  },
})

function measuredIn({ input }: Entry): readonly KeyRhythm[] {
  return input?.rhythm == null ? [] : [input.rhythm]
}

/** The short fields as one: the spread of all their keys, each around the mean of its own field. */
function together(fields: readonly KeyRhythm[]): readonly KeyRhythm[] {
  const short = fields.filter(({ keys }) => keys < manyKeys)
  const keys = short.reduce((sum, field) => sum + field.keys, 0)
  if (keys < fewestKeys) return []
  const seen = short.flatMap(({ keys: n, dwellSdMs }) => (dwellSdMs === null ? [] : [{ n, ms: dwellSdMs }]))
  return [
    {
      keys,
      intervalSdMs: pooled(short.map(({ keys: n, intervalSdMs }) => ({ n: n - 1, ms: intervalSdMs }))),
      dwellSdMs: seen.length === 0 ? null : pooled(seen),
    },
  ]
}

function pooled(spreads: readonly { readonly n: number; readonly ms: number }[]): number {
  const times = spreads.reduce((sum, { n }) => sum + n, 0)
  return Math.sqrt(spreads.reduce((sum, { n, ms }) => sum + n * ms ** 2, 0) / times)
}

/** Both, where both are known: an aid may send keys in even steps that were held as people hold them. */
function isEven({ keys, intervalSdMs, dwellSdMs }: KeyRhythm): boolean {
  const limit = keys < manyKeys ? evenBelowMs.few : evenBelowMs.many
  return intervalSdMs < limit && (dwellSdMs === null || dwellSdMs < limit)
}

import { defineCheck } from '../../check.ts'
import { say } from '../../text.ts'

const minimumEvents = 20
const rareBelow = 0.02
/** A quarter of an event for each hour keeps one quiet hour from looking impossible. */
const prior = 0.25

/** The local hour is one at which this person is hardly ever active. */
export const hour = defineCheck({
  code: 'PER_HOUR',
  category: 'persona',
  group: 'time',
  defaultWeights: { rare: -2 },
  evaluate({ persona: { hours } }, weights) {
    const events = hours === null ? 0 : hours.histogram.reduce((sum, count) => sum + count, 0)
    if (hours === null || events < minimumEvents) return { status: 'unknown', text: say('hour.no_history') }
    if (probability(hours.hour, hours.histogram, events) >= rareBelow)
      return { status: 'pass', text: say('hour.pass') }
    if (hours.isOnShift === true) return { status: 'info', text: say('hour.on_shift') }
    return {
      status: 'flag',
      weight: weights.rare,
      evidence: [
        {
          label: 'hour',
          value: say('evidence.hour', { hour: String(hours.hour).padStart(2, '0'), events }),
          sensitivity: 2,
        },
      ],
      text: say('hour.hit', { hour: String(hours.hour).padStart(2, '0') }),
      remedy: say('remedy.nothing_alone'),
    }
  },
})

/** Half of each count stays in its hour, a quarter goes to each neighbour: habits do not end on the full hour. */
function probability(hour: number, histogram: readonly number[], events: number): number {
  const at = (index: number): number => histogram[(index + 24) % 24] ?? 0
  const smoothed = 0.5 * at(hour) + 0.25 * (at(hour - 1) + at(hour + 1))
  return (smoothed + prior) / (events + 24 * prior)
}

import { defineCheck, type Evidence } from '../../check.ts'
import { departuresOf, habitOf, type Departure } from '../../habit.ts'
import { say } from '../../text.ts'

/** One number alone is off too often: a new keyboard, a hurried day. */
const fewestDepartures = 2

/** Codes and answers are entered in another way than in the person's own earlier cases on such a device. */
export const habit = defineCheck({
  code: 'PER_HABIT',
  category: 'persona',
  group: 'input',
  phase: 2,
  defaultWeights: { differs: -3 },
  evaluate(facts, weights) {
    const now = habitOf(facts)
    if (now === null) return { status: 'not_applicable', text: say('habit.not_measured') }
    const departures = departuresOf(now, facts.persona.habits)
    if (departures === null) return { status: 'not_applicable', text: say('habit.too_few') }
    if (departures.length < fewestDepartures) return { status: 'pass', text: say('habit.pass') }
    return {
      status: 'flag',
      weight: weights.differs,
      evidence: departures.map(evidenceOf),
      text: say('habit.hit', { count: departures.length }),
      remedy: say('remedy.nothing_alone'),
    }
  },
})

function evidenceOf({ part, now, usual }: Departure): Evidence {
  const isShare = part === 'pasted' || part === 'mouse'
  const [seen, before] = isShare ? [now, usual] : [Math.exp(now), Math.exp(usual)]
  const isTime = part === 'interval' || part === 'dwell'
  // The spread is kept as one and its share, so that a steady hand has a logarithm too.
  const [value, own] = part === 'spread' ? [seen - 1, before - 1] : [seen, before]
  return {
    label: `habit_${part}`,
    value: isTime
      ? say('evidence.habit_ms', { ms: Math.round(value), usual: Math.round(own) })
      : say('evidence.habit_percent', { percent: Math.round(100 * value), usual: Math.round(100 * own) }),
    sensitivity: 2,
  }
}

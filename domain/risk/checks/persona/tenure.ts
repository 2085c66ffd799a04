import { defineCheck } from '../../check.ts'
import type { CalendarFacts } from '../../facts.ts'
import { dayMs } from '../../quality.ts'
import { say } from '../../text.ts'

const newDays = 30
const dormantDays = 90

/** An account that slept for months and wakes with a forgotten password; a long absence that is on record explains it. */
export const tenure = defineCheck({
  code: 'PER_TENURE',
  category: 'persona',
  group: 'life',
  phase: 2,
  defaultWeights: { dormant: -4 },
  evaluate({ persona: { tenure: known, signals }, at }, weights) {
    const { hiredAt, lastSignInAt } = known
    if (hiredAt !== null && at - hiredAt < newDays * dayMs) return { status: 'info', text: say('tenure.new') }
    if (lastSignInAt === null) return { status: 'unknown', text: say('tenure.unknown') }
    const days = Math.floor((at - lastSignInAt) / dayMs)
    if (days <= dormantDays) return { status: 'pass', text: say('tenure.pass') }
    const calendar = signals.calendar.configured ? signals.calendar.value : null
    if (calendar !== null && wasAway(calendar)) return { status: 'info', text: say('tenure.away') }
    return {
      status: 'flag',
      weight: weights.dormant,
      evidence: [
        {
          label: 'last_sign_in',
          value: say('evidence.date', { date: new Date(lastSignInAt).toISOString().slice(0, 10) }),
          sensitivity: 0,
        },
      ],
      text: say('tenure.hit', { days }),
      remedy: say('remedy.ask_manager'),
    }
  },
})

function wasAway({ leaveUntil, backSince }: CalendarFacts): boolean {
  return leaveUntil !== null || backSince !== null
}

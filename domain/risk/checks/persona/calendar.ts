import { defineCheck } from '../../check.ts'
import type { CalendarFacts } from '../../facts.ts'
import { say } from '../../text.ts'

/** Absent all day, or in a meeting just now. Only what the person joined counts: a blocked hour says nothing. */
export const calendar = defineCheck({
  code: 'PER_CALENDAR',
  category: 'persona',
  group: 'contra',
  phase: 2,
  defaultWeights: { meeting: -3, leave: -2 },
  evaluate({ persona: { signals }, network: { ip }, at }, weights) {
    const signal = signals.calendar
    if (!signal.configured) return { status: 'not_applicable', text: say('calendar.not_connected') }
    const entries = signal.value ?? nothing
    if (entries.isInJoinedMeeting)
      return {
        status: 'flag',
        weight: weights.meeting,
        evidence: [{ label: 'calendar', value: say('evidence.meeting'), sensitivity: 0 }],
        text: say('calendar.meeting'),
        remedy: say('remedy.call_back'),
      }
    if (entries.leaveUntil !== null && entries.leaveUntil > at) {
      const date = new Date(entries.leaveUntil).toISOString().slice(0, 10)
      return {
        status: 'flag',
        weight: weights.leave,
        evidence: [{ label: 'calendar', value: say('evidence.leave', { date }), sensitivity: 0 }],
        text: say('calendar.leave', { date }),
        remedy: say('remedy.ask_manager'),
      }
    }
    const country = ip?.country ?? null
    return country !== null && entries.travelCountries.includes(country)
      ? { status: 'info', text: say('calendar.travel', { country }) }
      : { status: 'pass', text: say('calendar.pass') }
  },
})

const nothing: CalendarFacts = {
  leaveUntil: null,
  travelCountries: [],
  isInJoinedMeeting: false,
  backSince: null,
}

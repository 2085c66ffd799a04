import { slotsOf, slotValue } from '../fact-values.ts'
import { isFresh } from '../moments.ts'
import type { CalendarFacts } from '../participant-facts.ts'
import { choiceFrom, type FactInput, type Family } from './family.ts'

type Weekly = CalendarFacts['weekly'][number]

/** The one weekly meeting of five to ten people; none when several fit. */
const oneMeeting = ({ facts: { calendar }, now }: FactInput): Weekly | null => {
  if (calendar === null || !isFresh(calendar.asOf, now)) return null
  const [only, ...others] = slotsOf(calendar)
  return only === undefined || others.length > 0 ? null : only
}

const slotOf = ({ weekday, hour }: Weekly): string => slotValue(weekday, hour)

/** Q8, weekday and hour of the one weekly meeting of five to ten people; the meeting is never named. */
export const meetingSlotFamily: Family = {
  family: 'meeting_slot',
  code: 'Q8',
  about: {
    name: 'weekly meeting',
    question: 'when is your weekly meeting with 5 to 10 people',
    form: 'choice of slots',
    notAsked: 'unless exactly one meeting fits; the question never names the meeting',
  },
  values: ({ calendar }) =>
    calendar === null
      ? []
      : slotsOf(calendar).map(({ weekday, hour }) => ({
          value: slotValue(weekday, hour),
          label: { kind: 'slot', weekday, hour },
        })),
  factsNow: (input) => {
    const meeting = oneMeeting(input)
    return meeting === null ? [] : [`${meeting.id} ${slotOf(meeting)}`]
  },
  instances: (input) => {
    const { calendar } = input.facts
    const meeting = oneMeeting(input)
    if (calendar === null || meeting === null) return []
    // A weekly meeting of another size at a time that is listed would be a fair answer too.
    const mine = calendar.weekly.map(slotOf)
    const body = choiceFrom(input, 'meeting_slot', slotOf(meeting), mine)
    if (body === null) return []
    return [
      {
        family: 'meeting_slot',
        source: 'calendar',
        exposure: 'private',
        points: 'choice_private',
        text: { key: 'question.meeting_slot.choice', zone: calendar.timeZone },
        fact: `${meeting.id} ${slotOf(meeting)}`,
        body,
      },
    ]
  },
}

import { meetingsOf, text } from '../fact-values.ts'
import { daysSince, isFresh } from '../moments.ts'
import type { CalendarFacts } from '../participant-facts.ts'
import { choiceFrom, pickOne, type FactInput, type Family } from './family.ts'

const withinDays = 5

type Joined = CalendarFacts['joined'][number]

const isRecent = ({ at }: Joined, now: number): boolean => at <= now && daysSince(at, now) < withinDays

/** Meetings of the last five days that the participant took part in. */
const recentMeetings = ({ facts: { participantId, calendar }, now }: FactInput): readonly Joined[] =>
  calendar === null || !isFresh(calendar.asOf, now)
    ? []
    : meetingsOf({ participantId, calendar }).filter((meeting) => isRecent(meeting, now))

const factOf = (meeting: Joined): string => `${meeting.id} ${meeting.organiserId}`

/** Q9, the organiser of a meeting of the last five days, three attendees or more: a choice in the colleague's cell. */
export const meetingOrganiserFamily: Family = {
  family: 'meeting_organiser',
  code: 'Q9',
  about: {
    name: 'organiser',
    question: 'who organised a meeting you joined in the last five days',
    form: 'choice',
    notAsked:
      "meetings with fewer than three attendees, declined, cancelled or one's own; a list with a second organiser",
  },
  values: ({ participantId, calendar }) => {
    if (calendar === null) return []
    const organisers = new Map(
      meetingsOf({ participantId, calendar }).map((meeting) => [meeting.organiserId, meeting.organiserName]),
    )
    return [...organisers].map(([id, name]) => ({ value: id, label: text(name) }))
  },
  factsNow: (input) => recentMeetings(input).map(factOf),
  instances: (input) => {
    const { facts, tenant, now } = input
    const { calendar } = facts
    if (calendar === null) return []
    const listed = recentMeetings(input).filter(
      ({ organiserId }) => tenant.blockOf('meeting_organiser', organiserId) !== undefined,
    )
    const meeting = pickOne(listed, 'meeting_organiser', input)
    if (meeting === undefined) return []
    // Also a declined or small meeting of these days makes its organiser a fair answer, and nobody is asked of themselves.
    const organisers = calendar.joined
      .filter((other) => isRecent(other, now))
      .map((other) => other.organiserId)
    const mine = [...organisers, facts.participantId]
    const body = choiceFrom(input, 'meeting_organiser', meeting.organiserId, mine)
    if (body === null) return []
    return [
      {
        family: 'meeting_organiser',
        source: 'calendar',
        exposure: 'private',
        points: 'choice_private',
        text: { key: 'question.meeting_organiser.choice' },
        fact: factOf(meeting),
        body,
      },
    ]
  },
}

import { isSensitiveText, text } from '../fact-values.ts'
import { daysSince, isFresh } from '../moments.ts'
import type { ParticipantFacts } from '../participant-facts.ts'
import { choiceFrom, isCleanList, type FactInput, type Family } from './family.ts'

const oldest = 180
const youngest = 7

type Ticket = NonNullable<NonNullable<ParticipantFacts['tickets']>['last']>

/** The last ticket, where the source was read lately and the ticket is neither too new nor too old. */
const recentTicket = ({ facts: { tickets }, now }: FactInput): Ticket | null => {
  if (tickets === null || tickets.last === null || !isFresh(tickets.asOf, now)) return null
  const age = daysSince(tickets.last.openedAt, now)
  return age < youngest || age > oldest ? null : tickets.last
}

/** Q18, the subject area of the last ticket, 7 to 180 days old: a choice of categories. */
export const ticketCategoryFamily: Family = {
  family: 'ticket_category',
  code: 'Q18',
  about: {
    name: 'last request',
    question: 'what was your last request to the help desk about',
    form: 'choice',
    notAsked: 'requests younger than a week or older than 180 days; sensitive words',
  },
  values: ({ tickets }, tools) => {
    const last = tickets === null ? null : tickets.last
    if (last === null || isSensitiveText(last.category, tools, last.names)) return []
    return [{ value: last.category, label: text(last.category, last.names) }]
  },
  factsNow: (input) => {
    const ticket = recentTicket(input)
    return ticket === null ? [] : [ticket.id]
  },
  instances: (input) => {
    const ticket = recentTicket(input)
    if (ticket === null) return []
    const body = choiceFrom(input, 'ticket_category', ticket.category, [])
    if (body === null || !isCleanList(body.block, input.tools)) return []
    return [
      {
        family: 'ticket_category',
        source: 'tickets',
        exposure: 'private',
        points: 'choice_private',
        text: { key: 'question.ticket_category.choice' },
        fact: ticket.id,
        body,
      },
    ]
  },
}

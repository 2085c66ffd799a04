import type { Block } from '../cells.ts'
import { daysSince, isFresh, type ParticipantFacts } from '../facts.ts'
import { isSensitive } from '../sensitive.ts'
import { choiceOf, minPool, type Family, type FamilyInput } from './family.ts'

const oldest = 180
const youngest = 7

type Ticket = NonNullable<NonNullable<ParticipantFacts['tickets']>['last']>

/** The last ticket, where the source was read lately and the ticket is neither too new nor too old. */
const recentTicket = ({ facts: { tickets }, now }: FamilyInput): Ticket | null => {
  if (tickets === null || tickets.last === null || !isFresh(tickets.asOf, now)) return null
  const age = daysSince(tickets.last.openedAt, now)
  return age < youngest || age > oldest ? null : tickets.last
}

/** The words are looked at again when a list is used, since the filter may have grown (challenges.md 4.5). */
const isClean = (block: Block, tools: FamilyInput['tools']): boolean =>
  block.values.every(({ value }) => !isSensitive(tools.toAscii(value).toLowerCase()))

/** Q18, the subject area of the last ticket, 7 to 180 days old: a choice of categories. */
export const ticketCategoryFamily: Family = {
  family: 'ticket_category',
  code: 'Q18',
  instances: (input) => {
    const { tenant, tools } = input
    const ticket = recentTicket(input)
    if (ticket === null || tenant.poolOf('ticket_category') < minPool) return []
    const block = tenant.blockOf('ticket_category', ticket.category)
    const body = choiceOf(tenant, 'ticket_category', block, ticket.category)
    if (body === null || !isClean(body.block, tools)) return []
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

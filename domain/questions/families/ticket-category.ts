import { daysSince, isFresh } from '../facts.ts'
import { isSensitive } from '../sensitive.ts'
import { choiceOf, minPool, type Family } from './family.ts'

const oldest = 180
const youngest = 7

/** Q18, the subject area of the last ticket, 7 to 180 days old: a choice of categories. */
export const ticketCategoryFamily: Family = {
  family: 'ticket_category',
  code: 'Q18',
  instances: ({ facts, tenant, now, tools }) => {
    const { tickets } = facts
    if (tickets === null || tickets.last === null || !isFresh(tickets.asOf, now)) return []
    const { category, openedAt, id } = tickets.last
    const age = daysSince(openedAt, now)
    if (age < youngest || age > oldest || tenant.poolOf('ticket_category') < minPool) return []
    const block = tenant.blockOf('ticket_category', category)
    const body = choiceOf(tenant, 'ticket_category', block, category)
    // The words are looked at again when the list is used, since the filter may have grown (challenges.md 4.5).
    const isClean = (block?.values ?? []).every(
      ({ value }) => !isSensitive(tools.toAscii(value).toLowerCase()),
    )
    if (body === null || !isClean) return []
    return [
      {
        family: 'ticket_category',
        source: 'tickets',
        exposure: 'private',
        points: 'choice_private',
        text: { key: 'question.ticket_category.choice' },
        fact: id,
        body,
      },
    ]
  },
}

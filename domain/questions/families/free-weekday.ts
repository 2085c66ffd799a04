import { maxShare, type Block } from '../cells.ts'
import { freeWeekday } from '../fact-values.ts'
import type { TenantFacts } from '../facts.ts'
import { isFresh, lastMonday } from '../moments.ts'
import { choiceOf, type FactInput, type Family } from './family.ts'

/** All working days, the same list for everybody: it says nothing about the participant. */
const weekdays: Block = {
  id: 'weekdays',
  family: 'free_weekday',
  epoch: 'fixed',
  values: [1, 2, 3, 4, 5].map((weekday) => ({
    value: String(weekday),
    label: { kind: 'weekday', weekday },
  })),
}

const free = ({ facts: { calendar }, now }: FactInput): string | null => {
  if (calendar === null || !isFresh(calendar.asOf, now)) return null
  const weekday = freeWeekday(calendar, now)
  return weekday === null ? null : String(weekday)
}

/** A day that most have free (a meeting-free Friday) could be guessed. */
const isEven = (tenant: TenantFacts): boolean => tenant.spreadOf('free_weekday').topShare <= maxShare

/** The week that is asked about began at the last Monday, or no day of it would be known. */
const factOf = ({ now }: FactInput, weekday: string): string => `${lastMonday(now)} ${weekday}`

/** Q10, the one working day of last week without meetings. */
export const freeWeekdayFamily: Family = {
  family: 'free_weekday',
  code: 'Q10',
  about: {
    name: 'free day',
    question: 'on which working day of last week had you no meetings',
    form: '5 weekdays',
    notAsked: 'unless exactly one day was free; where most people have the same day free',
  },
  values: ({ calendar }) => {
    const weekday = calendar === null ? null : freeWeekday(calendar, calendar.asOf)
    return weekday === null ? [] : [{ value: String(weekday), label: { kind: 'weekday', weekday } }]
  },
  factsNow: (input) => {
    const weekday = free(input)
    return weekday === null ? [] : [factOf(input, weekday)]
  },
  instances: (input) => {
    const { tenant } = input
    const weekday = free(input)
    const body =
      weekday === null || !isEven(tenant) ? null : choiceOf(tenant, 'free_weekday', weekdays, weekday)
    if (weekday === null || body === null) return []
    return [
      {
        family: 'free_weekday',
        source: 'calendar',
        exposure: 'internal',
        points: 'choice_private',
        text: { key: 'question.free_weekday.choice' },
        fact: factOf(input, weekday),
        body,
      },
    ]
  },
}

import { text } from '../fact-values.ts'
import type { Block } from '../cells.ts'
import type { TenantFacts } from '../facts.ts'
import { isFresh, monthIndex, monthValue } from '../moments.ts'
import type { ParticipantFacts } from '../participant-facts.ts'
import { isTypable, type FactInput, type Family, type Instance } from './family.ts'
import { maxShare } from '../cells.ts'

const size = 5

/** People remember the month of their first day for so long; afterwards they are asked for the year. */
const rememberedMonths = 36

const quarterIndex = (year: number, month: number): number => year * 4 + Math.floor((month - 1) / 3)

const quarterValue = (index: number): string => `${Math.floor(index / 4)}-Q${(index % 4) + 1}`

/**
 * The window of five quarters that holds a quarter. Windows are aligned to a fixed grid, so the list says nothing
 * about the participant beyond the window, and never changes. In order of time.
 */
const windowOf = (index: number): Block => {
  const first = Math.floor(index / size) * size
  return {
    id: `quarters-${first}`,
    family: 'start_month',
    epoch: 'fixed',
    values: Array.from({ length: size }, (_, step) => ({
      value: quarterValue(first + step),
      label: { kind: 'quarter', year: Math.floor((first + step) / 4), quarter: ((first + step) % 4) + 1 },
    })),
  }
}

const peopleOfQuarter = (tenant: TenantFacts, quarter: string): ReadonlySet<string> => {
  const [year = 0, number = 0] = quarter.split('-Q').map(Number)
  const first = (number - 1) * 3 + 1
  const months = [first, first + 1, first + 2].map((month) => monthValue(year, month))
  return new Set(months.flatMap((month) => [...tenant.peopleOf('start_month', month)]))
}

const choiceBody = (tenant: TenantFacts, index: number, now: Date): Instance['body'] | null => {
  const first = Math.floor(index / size) * size
  // Quarters yet to come could be ruled out by anyone, and those of people who are asked for the year by anyone who reads this.
  if (first + size - 1 > quarterIndex(now.getUTCFullYear(), now.getUTCMonth() + 1)) return null
  if (monthIndex(now.getTime()) - first * 3 >= rememberedMonths) return null
  const block = windowOf(index)
  const { people, most } = tenant.behind('start_month', block, (quarter) => peopleOfQuarter(tenant, quarter))
  if (people.size === 0 || most / people.size > maxShare) return null
  return { form: 'choice', block, value: quarterValue(index), people }
}

/** The start, where the personnel system was read lately and no merger moved it. */
const knownStart = ({ facts: { hr }, now }: FactInput): ParticipantFacts['hr'] =>
  hr === null || !isFresh(hr.asOf, now) || hr.isByMerger ? null : hr

type Start = NonNullable<ParticipantFacts['hr']>

const isLongAgo = ({ startYear, startMonth }: Start, now: number): boolean =>
  monthIndex(now) - (startYear * 12 + startMonth - 1) >= rememberedMonths

/** The start as it is asked for: its month, and after three years its year. */
const factOf = (hr: Start, now: number): string =>
  isLongAgo(hr, now) ? String(hr.startYear) : monthValue(hr.startYear, hr.startMonth)

const typedInstance = (hr: Start, now: number): Pick<Instance, 'points' | 'text' | 'body'> =>
  isLongAgo(hr, now)
    ? {
        points: 'typed_medium',
        text: { key: 'question.start_month.year' },
        body: {
          form: 'typed',
          field: { kind: 'year', maxLength: 4 },
          key: { kind: 'year', year: hr.startYear },
        },
      }
    : {
        points: 'typed_medium',
        text: { key: 'question.start_month.typed' },
        body: {
          form: 'typed',
          field: { kind: 'month', maxLength: 40 },
          key: { kind: 'month', year: hr.startYear, month: hr.startMonth },
        },
      }

/** Q6, when the participant started: one of five quarters, or month and year typed; after three years the year. Not after mergers. */
export const startMonthFamily: Family = {
  family: 'start_month',
  code: 'Q6',
  about: {
    name: 'start month',
    question: 'when did you start',
    form: '5 quarters, or month typed; after three years the year typed',
    notAsked: 'after a merger; quarters that are not over, or of which some are three years ago',
  },
  values: ({ hr }) => {
    if (hr === null) return []
    const start = factOf(hr, hr.asOf)
    return [{ value: start, label: text(start) }]
  },
  factsNow: (input) => {
    const hr = knownStart(input)
    return hr === null ? [] : [factOf(hr, input.now)]
  },
  instances: (input) => {
    const { tenant, now } = input
    const hr = knownStart(input)
    if (hr === null) return []
    const base = { family: 'start_month', source: 'hr', exposure: 'public', fact: factOf(hr, now) } as const
    const choice = choiceBody(tenant, quarterIndex(hr.startYear, hr.startMonth), new Date(now))
    const instances: Instance[] = []
    if (choice !== null)
      instances.push({
        ...base,
        points: 'choice_medium',
        text: { key: 'question.start_month.choice' },
        body: choice,
      })
    if (isTypable(tenant, 'start_month')) instances.push({ ...base, ...typedInstance(hr, now) })
    return instances
  },
}

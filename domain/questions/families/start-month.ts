import { text } from '../fact-values.ts'
import type { Block } from '../cells.ts'
import type { TenantFacts } from '../facts.ts'
import { isFresh, monthValue } from '../moments.ts'
import type { ParticipantFacts } from '../participant-facts.ts'
import { isTypable, type FactInput, type Family, type Instance } from './family.ts'
import { maxShare } from '../cells.ts'

const size = 5

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
  // Quarters yet to come could be ruled out by anyone.
  if (first + size - 1 > quarterIndex(now.getUTCFullYear(), now.getUTCMonth() + 1)) return null
  const block = windowOf(index)
  const { people, most } = tenant.behind('start_month', block, (quarter) => peopleOfQuarter(tenant, quarter))
  if (people.size === 0 || most / people.size > maxShare) return null
  return { form: 'choice', block, value: quarterValue(index), people }
}

/** The start, where the personnel system was read lately and no merger moved it. */
const knownStart = ({ facts: { hr }, now }: FactInput): ParticipantFacts['hr'] =>
  hr === null || !isFresh(hr.asOf, now) || hr.isByMerger ? null : hr

/** Q6, when the participant started: one of five quarters, or month and year typed. Not after mergers. */
export const startMonthFamily: Family = {
  family: 'start_month',
  code: 'Q6',
  about: {
    name: 'start month',
    question: 'when did you start',
    form: '5 quarters, or month typed',
    notAsked: 'after a merger; quarters that are not over',
  },
  values: ({ hr }) => {
    if (hr === null) return []
    const start = monthValue(hr.startYear, hr.startMonth)
    return [{ value: start, label: text(start) }]
  },
  factsNow: (input) => {
    const hr = knownStart(input)
    return hr === null ? [] : [monthValue(hr.startYear, hr.startMonth)]
  },
  instances: (input) => {
    const { tenant, now } = input
    const hr = knownStart(input)
    if (hr === null) return []
    const fact = monthValue(hr.startYear, hr.startMonth)
    const base = { family: 'start_month', source: 'hr', exposure: 'public', fact } as const
    const choice = choiceBody(tenant, quarterIndex(hr.startYear, hr.startMonth), new Date(now))
    const instances: Instance[] = []
    if (choice !== null)
      instances.push({
        ...base,
        points: 'choice_medium',
        text: { key: 'question.start_month.choice' },
        body: choice,
      })
    if (isTypable(tenant, 'start_month'))
      instances.push({
        ...base,
        points: 'typed_medium',
        text: { key: 'question.start_month.typed' },
        body: {
          form: 'typed',
          field: { kind: 'month', maxLength: 40 },
          key: { kind: 'month', year: hr.startYear, month: hr.startMonth },
        },
      })
    return instances
  },
}

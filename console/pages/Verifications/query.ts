import { useSearchParams } from '@solidjs/router'
import type { CallInput } from '#api/contract/types.ts'

/** The list's filters as the address holds them: all of them text, so that two people can look at the same thing. */
export type ListFilters = {
  q?: string
  outcome?: string
  state?: string
  purpose?: string
  channel?: string
  referrer?: string
  personId?: string
  riskFrom?: string
  riskTo?: string
  from?: string
  to?: string
  sort?: string
  order?: string
  /** The verification shown beside the list. */
  open?: string
}

/** Filters that narrow the list; sort and the open panel do not. */
export const filterKeys = [
  'q',
  'outcome',
  'state',
  'purpose',
  'channel',
  'referrer',
  'personId',
  'riskFrom',
  'riskTo',
  'from',
  'to',
] as const satisfies readonly (keyof ListFilters)[]

type Query = CallInput<'console.listVerifications'>['query']

/** The query of the API for these filters. */
export const queryOf = (filters: ListFilters, cursor: string | null): Query => {
  const { open: _open, ...rest } = filters
  const given = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined && value !== ''),
  )
  return { ...given, ...(cursor === null ? {} : { cursor }) }
}

/** Reads and changes the filters in the address. */
export const useFilters = () => {
  const [params, setParams] = useSearchParams()
  const filters = (): ListFilters => ({ ...params })
  const set = (change: Partial<Record<keyof ListFilters, string | null>>) => setParams(change)
  const reset = () => set(Object.fromEntries(filterKeys.map((key) => [key, null])))
  return { filters, set, reset }
}

import { useSearchParams } from '@solidjs/router'
import type { CallInput } from '#api/contract/types.ts'

/** Filters that narrow the list; sort, columns and the open panel do not. */
export const filterKeys = [
  'q',
  'outcome',
  'state',
  'purpose',
  'channel',
  'referrer',
  'personId',
  'band',
  'step',
  'reason',
  'feedback',
  'commented',
  'overturned',
  'riskFrom',
  'riskTo',
  'from',
  'to',
  'days',
  'weekday',
  'hour',
  'timeZone',
] as const

/** A view keeps these: filters and sort. */
export const viewKeys = [...filterKeys, 'sort', 'order'] as const

/** The list's filters as the address holds them: all of them text, so that two people can look at the same thing. */
export type ListFilters = { [K in (typeof viewKeys)[number]]?: string } & {
  /** Columns in place of the reader's own, comma-separated. */
  columns?: string
  /** The verification shown beside the list. */
  open?: string
}

/** A change of some of them; null takes one away. */
export type FilterChange = Partial<Record<keyof ListFilters, string | null>>

type Query = CallInput<'console.listVerifications'>['query']

/** Letters that the server looks for at least. */
const fewestLetters = 3

/** True if something was typed that is too short to be looked for. */
export const isTooShort = (text: string | undefined): boolean => {
  const letters = text?.trim().length ?? 0
  return letters > 0 && letters < fewestLetters
}

/** Those of these keys that are set, in the order of the address. A search that is too short, typed there, counts as none. */
const given = (filters: ListFilters, keys: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters).filter(
      ([key, value]) =>
        keys.includes(key) && value !== undefined && value !== '' && !(key === 'q' && isTooShort(value)),
    ),
  )

/** Filters and sort that are set, as text. */
export const queryText = (filters: ListFilters): Record<string, string> => given(filters, viewKeys)

/** True if any filter is set. */
export const isFiltered = (filters: ListFilters): boolean =>
  Object.keys(given(filters, filterKeys)).length > 0

/** The query of the API for these filters. Days and hours are the reader's where the address names no place. */
export const queryOf = (filters: ListFilters, cursor: string | null): Query => {
  const query = queryText(filters)
  const isOfPlace = 'days' in query || 'hour' in query
  const place = isOfPlace ? { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } : {}
  return { ...place, ...query, ...(cursor === null ? {} : { cursor }) }
}

/** Reads and changes the filters in the address. */
export const useFilters = () => {
  const [params, setParams] = useSearchParams()
  const filters = (): ListFilters => ({ ...params })
  const set = (change: FilterChange) => setParams(change)
  const reset = () => set(Object.fromEntries(filterKeys.map((key) => [key, null])))
  return { filters, set, reset }
}

import type { SavedView } from '#api/contract/console-views.ts'

/** The contents of a view: filters and sort as the address has them, and columns or null for those that fit. */
export type View = Pick<SavedView, 'query' | 'columns'>

/** The address of a view. */
export const viewHref = ({ query, columns }: View): string => {
  const params = new URLSearchParams(query)
  if (columns !== null) params.set('columns', columns.join(','))
  return `/verifications?${params.toString()}`
}

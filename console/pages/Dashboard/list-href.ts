import { states } from '#domain/verification/state.ts'

/** The slice of the whole dashboard. */
export type Slice = { readonly purpose?: string; readonly channel?: string }

/** What narrows the list to what a figure counts. */
export type Drill = {
  readonly outcome?: string
  readonly state?: string
  readonly channel?: string
  readonly purpose?: string
  readonly referrer?: string
  readonly riskFrom?: string
  readonly riskTo?: string
}

/** Everything that is not closed. */
export const openStates = states.filter((state) => state !== 'closed').join(',')

/** The address of the list that a tile counts: same period, same slice, and the tile's own filter. */
export const listHref = (period: { from: string; to: string }, slice: Slice, filter: Drill): string =>
  `/verifications?${new URLSearchParams({ from: period.from, to: period.to, ...slice, ...filter }).toString()}`

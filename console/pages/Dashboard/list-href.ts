/** The slice of the whole dashboard. */
export type Slice = { readonly purpose?: string; readonly channel?: string }

type Filter = {
  readonly outcome?: string
  readonly channel?: string
  readonly purpose?: string
  readonly referrer?: string
  readonly riskFrom?: string
  readonly riskTo?: string
}

/** The address of the list that a tile counts: same period, same slice, and the tile's own filter. */
export const listHref = (period: { from: string; to: string }, slice: Slice, filter: Filter): string =>
  `/verifications?${new URLSearchParams({ from: period.from, to: period.to, ...slice, ...filter }).toString()}`

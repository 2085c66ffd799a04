import type { JSX } from 'solid-js'

/**
 * A short list, drawn anew when it changes. Solid's own list renderer keeps rows over changes, which nothing here needs,
 * and would be 4 % of the first response.
 */
export const Each = <T,>(props: {
  of: readonly T[]
  children: (item: T, index: number) => JSX.Element
}): JSX.Element => <>{props.of.map(props.children)}</>

/** A sorted column of a file, of which every so-manieth key is in memory: a search reads one short stretch of it. */
export type SortedKeys<N extends number | bigint> = {
  readonly rows: number
  /** The last row whose key is at or before the value; -1: none */
  lastUpTo(value: N): number
}

/** Keys between two that are in memory; of four bytes they are a page of the file. */
const stride = 512

/**
 * @param keyAt the key of a row, read from the file
 * @param marks an empty array of the right kind with a place for each `marksFor(rows)`
 */
export function sortedKeys<N extends number | bigint>(
  rows: number,
  keyAt: (row: number) => N,
  marks: { readonly length: number; [index: number]: N },
): SortedKeys<N> {
  for (let mark = 0; mark < marks.length; mark += 1) marks[mark] = keyAt(mark * stride)
  return {
    rows,
    lastUpTo(value) {
      const mark = lastUpTo(0, marks.length, (index) => (marks[index] as N) <= value)
      if (mark < 0) return -1
      return lastUpTo(mark * stride, Math.min(rows, (mark + 1) * stride), (row) => keyAt(row) <= value)
    },
  }
}

/** The number of keys of a column that are kept in memory. */
export const marksFor = (rows: number): number => Math.ceil(rows / stride)

/** Binary search for the last index that is still small enough; `low - 1` when none is. */
function lastUpTo(low: number, high: number, isUpTo: (index: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isUpTo(middle)) low = middle + 1
    else high = middle
  }
  return low - 1
}

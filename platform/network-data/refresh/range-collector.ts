/** Gathers ranges of addresses in any order and makes one table of them. */
import { encodeRanges, type Range } from '../range-table.ts'

/** Both ends included; IPv6 with all its bits. */
export type Span =
  | { readonly family: 4; readonly start: number; readonly end: number }
  | { readonly family: 6; readonly start: bigint; readonly end: bigint }

/** A feed with more ranges does not fit into memory while it is sorted: 9 and 17 bytes a range, and as much for the table. */
const mostRows = { 4: 32 * 1024 * 1024, 6: 8 * 1024 * 1024 }

/** `union`: values are bits, and overlapping ranges have them all · `narrowest`: the narrowest range wins */
export type Overlap = 'union' | 'narrowest'

export type RangeCollector = {
  /** @throws with one sentence when there are too many */
  add(span: Span, value: number): void
  table(): Uint8Array
}

export function collectRanges(overlap: Overlap): RangeCollector {
  const v4 = columns<number>((rows) => new Uint32Array(rows), mostRows[4], order4)
  const v6 = columns<bigint>((rows) => new BigUint64Array(rows), mostRows[6], order6)
  const combine = overlap === 'union' ? allOf : narrowestOf
  return {
    add(span, value) {
      if (span.family === 4) v4.add(span.start, span.end, value)
      // A list marks the whole /64, which is one household; an owner of less is left out, as in the packaged table.
      else if (overlap === 'union' || isWhole(span.start, span.end))
        v6.add(span.start >> 64n, span.end >> 64n, value)
    },
    table: () =>
      encodeRanges(
        again(() => joined(apart(v4.sorted(), steps4, combine), steps4)),
        again(() => joined(apart(v6.sorted(), steps6, combine), steps6)),
      ),
  }
}

const lower = (1n << 64n) - 1n
const isWhole = (start: bigint, end: bigint): boolean => (start & lower) === 0n && (end & lower) === lower

const again = <T>(begin: () => Iterator<T>): Iterable<T> => ({ [Symbol.iterator]: begin })

type Steps<N> = { readonly next: (value: N) => N; readonly before: (value: N) => N }
const steps4: Steps<number> = { next: (value) => value + 1, before: (value) => value - 1 }
const steps6: Steps<bigint> = { next: (value) => value + 1n, before: (value) => value - 1n }

/** A typed array of either kind. */
type Numbers<N> = { readonly length: number; [index: number]: N; set(from: Numbers<N>): void }
type Order<N> = (starts: Numbers<N>, count: number) => (place: number) => number

function columns<N extends number | bigint>(
  make: (rows: number) => Numbers<N>,
  most: number,
  orderOf: Order<N>,
): { add(start: N, end: N, value: number): void; sorted(): Iterable<Range<N>> } {
  let [starts, ends, values] = [make(1024), make(1024), new Uint32Array(1024)]
  let count = 0
  let isSorted = true
  let order: ((place: number) => number) | null = null
  const grow = (): void => {
    const [oldStarts, oldEnds, oldValues] = [starts, ends, values]
    const rows = Math.min(most, 2 * count)
    ;[starts, ends, values] = [make(rows), make(rows), new Uint32Array(rows)]
    starts.set(oldStarts)
    ends.set(oldEnds)
    values.set(oldValues)
  }
  return {
    add(start, end, value) {
      if (count === most) throw new Error(`it has more than ${String(most)} ranges`)
      if (count === starts.length) grow()
      if (count > 0 && start < (starts[count - 1] as N)) isSorted = false
      starts[count] = start
      ends[count] = end
      values[count] = value
      count += 1
    },
    *sorted() {
      order ??= isSorted ? (place) => place : orderOf(starts, count)
      for (let place = 0; place < count; place += 1) {
        const row = order(place)
        yield { start: starts[row] as N, end: ends[row] as N, value: values[row] ?? 0 }
      }
    },
  }
}

/** Start and row in one number: sorting numbers takes seconds where comparing rows takes minutes. */
function order4(starts: Numbers<number>, count: number): (place: number) => number {
  const keys = BigUint64Array.from(
    { length: count },
    (_, row) => (BigInt(starts[row] ?? 0) << 32n) | BigInt(row),
  )
  keys.sort()
  return (place) => Number((keys[place] ?? 0n) & 0xffff_ffffn)
}

function order6(starts: Numbers<bigint>, count: number): (place: number) => number {
  const rows = Uint32Array.from({ length: count }, (_, row) => row)
  rows.sort((one, other) => {
    const [a, b] = [starts[one] ?? 0n, starts[other] ?? 0n]
    if (a === b) return 0
    return a < b ? -1 : 1
  })
  return (place) => rows[place] ?? 0
}

type Combine = <N extends number | bigint>(open: readonly Range<N>[]) => number
const allOf: Combine = (open) => open.reduce((all, { value }) => all | value, 0)
const narrowestOf: Combine = (open) =>
  open.reduce((best, range) => (range.start > best.start || range.end < best.end ? range : best)).value

/** Cuts sorted ranges that overlap into pieces that do not. */
function* apart<N extends number | bigint>(
  ranges: Iterable<Range<N>>,
  { next, before }: Steps<N>,
  combine: Combine,
): Generator<Range<N>> {
  let open: Range<N>[] = []
  let at: N | null = null
  const pieces = function* (stop: N | null): Generator<Range<N>> {
    while (open.length > 0 && at !== null && (stop === null || at < stop)) {
      let end = open.reduce(
        (least, range) => (range.end < least ? range.end : least),
        (open[0] as Range<N>).end,
      )
      if (stop !== null && end >= stop) end = before(stop)
      yield { start: at, end, value: combine(open) }
      const from = next(end)
      at = from
      open = open.filter((range) => range.end >= from)
    }
  }
  for (const range of ranges) {
    yield* pieces(range.start)
    at = range.start
    open.push(range)
  }
  yield* pieces(null)
}

/** Neighbours with the same value are one range. */
function* joined<N extends number | bigint>(
  ranges: Iterable<Range<N>>,
  { next }: Steps<N>,
): Generator<Range<N>> {
  let last: Range<N> | null = null
  for (const range of ranges) {
    if (last !== null && last.value === range.value && next(last.end) === range.start)
      last = { start: last.start, end: range.end, value: range.value }
    else {
      if (last !== null) yield last
      last = range
    }
  }
  if (last !== null) yield last
}

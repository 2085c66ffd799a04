import ipaddr from 'ipaddr.js'
import type { Address } from './address.ts'
import type { BytesAt } from './bytes-at.ts'
import { marksFor, sortedKeys } from './sorted-keys.ts'

/** A number for each range of addresses: sorted ranges in columns of a file, gaps kept as gaps. IPv6 is cut at /64. */
export type RangeTable = {
  /** The number of the range that holds an address; null: none does */
  find(address: Address): number | null
  /** That range as people write it: `192.0.2.1`, `192.0.2.0-192.0.2.9`; null: none holds the address */
  rangeOf(address: Address): string | null
  rows: number
}

/** One range; IPv4 as whole numbers, IPv6 as the upper 64 bits. Both ends are included. */
export type Range<N extends number | bigint> = { start: N; end: N; value: number }

const magic = 'CSASN001'
const headBytes = 16

/**
 * Little-endian: magic (8 bytes), number of IPv4 and IPv6 ranges (4 + 4), IPv6 starts and ends (8 each), IPv4 starts and
 * ends (4 each), IPv4 values, IPv6 values (4 each). Ranges must be sorted and apart; otherwise this throws.
 */
export function encodeRanges(v4: Iterable<Range<number>>, v6: Iterable<Range<bigint>>): Uint8Array {
  const [n4, n6] = [countOf(v4), countOf(v6)]
  const bytes = new Uint8Array(headBytes + 20 * n6 + 12 * n4)
  bytes.set(new TextEncoder().encode(magic))
  const view = new DataView(bytes.buffer)
  view.setUint32(8, n4, true)
  view.setUint32(12, n6, true)
  const { starts6, ends6, starts4, ends4, values4, values6 } = columns(bytes, n4, n6)
  let i = 0
  for (const range of v6) {
    starts6[i] = range.start
    ends6[i] = range.end
    values6[i++] = range.value
  }
  i = 0
  for (const range of v4) {
    starts4[i] = range.start
    ends4[i] = range.end
    values4[i++] = range.value
  }
  return bytes
}

export const isRangeTable = (file: BytesAt): boolean =>
  file.length >= headBytes && new TextDecoder().decode(file.copy(0, 8)) === magic

/** Reads what `encodeRanges` wrote; a file of another form or length throws. */
export function openRangeTable(file: BytesAt): RangeTable {
  if (!isRangeTable(file)) throw new Error('not a table of ranges')
  const [n4, n6] = [file.u32(8), file.u32(12)]
  if (file.length !== headBytes + 20 * n6 + 12 * n4) throw new Error('table of ranges is truncated')
  const { starts6, ends6, starts4, ends4, values4, values6 } = placesOf(n4, n6)
  const keys4 = sortedKeys(n4, (row) => file.u32(starts4 + 4 * row), new Uint32Array(marksFor(n4)))
  const keys6 = sortedKeys(n6, (row) => file.u64(starts6 + 8 * row), new BigUint64Array(marksFor(n6)))
  const row4 = (bytes: readonly number[]): number => {
    const value = toNumber(bytes)
    const row = keys4.lastUpTo(value)
    return row < 0 || file.u32(ends4 + 4 * row) < value ? -1 : row
  }
  const row6 = (bytes: readonly number[]): number => {
    const value = upperHalf(bytes)
    const row = keys6.lastUpTo(value)
    return row < 0 || file.u64(ends6 + 8 * row) < value ? -1 : row
  }
  return {
    rows: n4 + n6,
    find({ family, bytes }) {
      const row = family === 4 ? row4(bytes) : row6(bytes)
      return row < 0 ? null : file.u32((family === 4 ? values4 : values6) + 4 * row)
    },
    rangeOf({ family, bytes }) {
      const row = family === 4 ? row4(bytes) : row6(bytes)
      if (row < 0) return null
      return family === 4
        ? between(text4(file.u32(starts4 + 4 * row)), text4(file.u32(ends4 + 4 * row)))
        : between(text6(file.u64(starts6 + 8 * row)), text6(file.u64(ends6 + 8 * row)))
    },
  }
}

const between = (start: string, end: string): string => (start === end ? start : `${start}-${end}`)
const text4 = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.')
/** An upper half stands for the whole /64. */
const text6 = (half: bigint): string => {
  const bytes = Array.from({ length: 16 }, (_, at) =>
    at < 8 ? Number((half >> BigInt(56 - 8 * at)) & 255n) : 0,
  )
  return `${ipaddr.fromByteArray(bytes).toString()}/64`
}

/** IPv4 as a whole number. */
export function toNumber(bytes: readonly number[]): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}

/** The upper 64 bits of an IPv6 address. */
export function upperHalf(bytes: readonly number[]): bigint {
  return (BigInt(toNumber(bytes.slice(0, 4))) << 32n) | BigInt(toNumber(bytes.slice(4, 8)))
}

function columns({ buffer, byteOffset }: Uint8Array, n4: number, n6: number) {
  const places = placesOf(n4, n6)
  return {
    starts6: new BigUint64Array(buffer, byteOffset + places.starts6, n6),
    ends6: new BigUint64Array(buffer, byteOffset + places.ends6, n6),
    starts4: new Uint32Array(buffer, byteOffset + places.starts4, n4),
    ends4: new Uint32Array(buffer, byteOffset + places.ends4, n4),
    values4: new Uint32Array(buffer, byteOffset + places.values4, n4),
    values6: new Uint32Array(buffer, byteOffset + places.values6, n6),
  }
}

/** Where each column begins, bytes from the file's start. */
function placesOf(n4: number, n6: number) {
  const starts4 = headBytes + 16 * n6
  return {
    starts6: headBytes,
    ends6: headBytes + 8 * n6,
    starts4,
    ends4: starts4 + 4 * n4,
    values4: starts4 + 8 * n4,
    values6: starts4 + 12 * n4,
  }
}

/** @throws where ranges overlap or are out of order */
function countOf<N extends number | bigint>(ranges: Iterable<Range<N>>): number {
  let count = 0
  let before: N | null = null
  for (const { start, end } of ranges) {
    if (end < start || (before !== null && start <= before))
      throw new Error(`ranges overlap or are out of order at row ${String(count)}`)
    before = end
    count += 1
  }
  return count
}

import type { Address } from './address.ts'

/** Who announces an address: sorted ranges in flat arrays, gaps kept as gaps. IPv6 is cut at /64. */
export type AsnTable = { find(address: Address): number | null; rows: number }

/** One range; IPv4 as whole numbers, IPv6 as the upper 64 bits. Both ends are included. */
export type AsnRange<N extends number | bigint> = { start: N; end: N; asn: number }

const magic = 'CSASN001'
const headBytes = 16

/**
 * Little-endian: magic (8 bytes), number of IPv4 and IPv6 ranges (4 + 4), IPv6 starts and ends (8 each), IPv4 starts and
 * ends (4 each), IPv4 ASNs, IPv6 ASNs (4 each). Ranges must be sorted and apart; otherwise this throws.
 */
export function encodeAsnTable(v4: readonly AsnRange<number>[], v6: readonly AsnRange<bigint>[]): Uint8Array {
  assertSorted(v4)
  assertSorted(v6)
  const bytes = new Uint8Array(headBytes + 20 * v6.length + 12 * v4.length)
  bytes.set(new TextEncoder().encode(magic))
  const view = new DataView(bytes.buffer)
  view.setUint32(8, v4.length, true)
  view.setUint32(12, v6.length, true)
  const { starts6, ends6, starts4, ends4, asns4, asns6 } = columns(bytes, v4.length, v6.length)
  v6.forEach((range, i) => {
    starts6[i] = range.start
    ends6[i] = range.end
    asns6[i] = range.asn
  })
  v4.forEach((range, i) => {
    starts4[i] = range.start
    ends4[i] = range.end
    asns4[i] = range.asn
  })
  return bytes
}

/** Reads what `encodeAsnTable` wrote; a file of another form or length throws. */
export function openAsnTable(file: Uint8Array): AsnTable {
  const bytes = aligned(file)
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const isOurs = bytes.length >= headBytes && new TextDecoder().decode(bytes.subarray(0, 8)) === magic
  if (!isOurs) throw new Error('not an ASN table')
  const [n4, n6] = [view.getUint32(8, true), view.getUint32(12, true)]
  if (bytes.length !== headBytes + 20 * n6 + 12 * n4) throw new Error('ASN table is truncated')
  const { starts6, ends6, starts4, ends4, asns4, asns6 } = columns(bytes, n4, n6)
  return {
    rows: n4 + n6,
    find(address) {
      if (address.family === 4) return search(starts4, ends4, asns4, toNumber(address.bytes))
      return search(starts6, ends6, asns6, upperHalf(address.bytes))
    },
  }
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
  const from6 = byteOffset + headBytes
  const after6 = from6 + 16 * n6
  return {
    starts6: new BigUint64Array(buffer, from6, n6),
    ends6: new BigUint64Array(buffer, from6 + 8 * n6, n6),
    starts4: new Uint32Array(buffer, after6, n4),
    ends4: new Uint32Array(buffer, after6 + 4 * n4, n4),
    asns4: new Uint32Array(buffer, after6 + 8 * n4, n4),
    asns6: new Uint32Array(buffer, after6 + 12 * n4, n6),
  }
}

/** Large files are read to the start of a buffer of their own; small ones may share one and are copied. */
export function aligned(file: Uint8Array): Uint8Array {
  return file.byteOffset % 8 === 0 ? file : new Uint8Array(file)
}

/** Binary search for the last range that starts at or before the address, then a look at its end. */
function search<N extends number | bigint>(
  starts: ArrayLike<N>,
  ends: ArrayLike<N>,
  asns: Uint32Array,
  value: N,
): number | null {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const start = starts[middle]
    if (start !== undefined && start <= value) low = middle + 1
    else high = middle
  }
  const end = ends[low - 1]
  return end === undefined || end < value ? null : (asns[low - 1] ?? null)
}

function assertSorted<N extends number | bigint>(ranges: readonly AsnRange<N>[]): void {
  ranges.forEach((range, i) => {
    const before = ranges[i - 1]
    if (range.end < range.start || (before !== undefined && range.start <= before.end))
      throw new Error(`ranges overlap or are out of order at row ${String(i)}`)
  })
}

import type { Address } from './address.ts'
import type { BytesAt } from './bytes-at.ts'
import { marksFor, sortedKeys } from './sorted-keys.ts'

/** The network that announces an address: sorted ranges in columns of a file, gaps kept as gaps. IPv6 is cut at /64. */
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
export function openAsnTable(file: BytesAt): AsnTable {
  const isOurs = file.length >= headBytes && new TextDecoder().decode(file.copy(0, 8)) === magic
  if (!isOurs) throw new Error('not an ASN table')
  const [n4, n6] = [file.u32(8), file.u32(12)]
  if (file.length !== headBytes + 20 * n6 + 12 * n4) throw new Error('ASN table is truncated')
  const { starts6, ends6, starts4, ends4, asns4, asns6 } = placesOf(n4, n6)
  const keys4 = sortedKeys(n4, (row) => file.u32(starts4 + 4 * row), new Uint32Array(marksFor(n4)))
  const keys6 = sortedKeys(n6, (row) => file.u64(starts6 + 8 * row), new BigUint64Array(marksFor(n6)))
  return {
    rows: n4 + n6,
    find({ family, bytes }) {
      if (family === 4) {
        const value = toNumber(bytes)
        const row = keys4.lastUpTo(value)
        return row < 0 || file.u32(ends4 + 4 * row) < value ? null : file.u32(asns4 + 4 * row)
      }
      const value = upperHalf(bytes)
      const row = keys6.lastUpTo(value)
      return row < 0 || file.u64(ends6 + 8 * row) < value ? null : file.u32(asns6 + 4 * row)
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
  const places = placesOf(n4, n6)
  return {
    starts6: new BigUint64Array(buffer, byteOffset + places.starts6, n6),
    ends6: new BigUint64Array(buffer, byteOffset + places.ends6, n6),
    starts4: new Uint32Array(buffer, byteOffset + places.starts4, n4),
    ends4: new Uint32Array(buffer, byteOffset + places.ends4, n4),
    asns4: new Uint32Array(buffer, byteOffset + places.asns4, n4),
    asns6: new Uint32Array(buffer, byteOffset + places.asns6, n6),
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
    asns4: starts4 + 8 * n4,
    asns6: starts4 + 12 * n4,
  }
}

function assertSorted<N extends number | bigint>(ranges: readonly AsnRange<N>[]): void {
  ranges.forEach((range, i) => {
    const before = ranges[i - 1]
    if (range.end < range.start || (before !== undefined && range.start <= before.end))
      throw new Error(`ranges overlap or are out of order at row ${String(i)}`)
  })
}

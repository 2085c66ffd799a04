/** Files in the MMDB format from literals. */
import { readBlock } from '../address.ts'

/** Two links: each leads to a node, to nothing (the number of nodes), or to a record (16 and more above it). */
export type Node = readonly [number, number]

const bytesOf = (value: number): number[] => [value >>> 16, value >>> 8, value].map((byte) => byte & 255)
const text = (value: string): number[] => [0x40 + value.length, ...Buffer.from(value)]
const number16 = (value: number): number[] => [0xa2, value >>> 8, value & 255]
const number32 = (value: number): number[] => [0xc4, value >>> 24, ...bytesOf(value)]

/** A value as records carry it. */
export const code = (value: string): number[] => text(value)
/** The key before a country's code. */
export const countryKey = code('country_code')

/** `size` of a link in bits; `builtAt` in seconds since 1970. */
export const mmdb = (
  size: 24 | 28 | 32,
  ipVersion: 4 | 6,
  nodes: readonly Node[],
  records: readonly number[],
  builtAt = 0,
): Uint8Array => {
  const tree = nodes.flatMap(([left, right]) => {
    if (size === 24) return [...bytesOf(left), ...bytesOf(right)]
    if (size === 32) return [left >>> 24, ...bytesOf(left), right >>> 24, ...bytesOf(right)]
    return [...bytesOf(left), ((left >>> 24) << 4) | (right >>> 24), ...bytesOf(right)]
  })
  const metadata = [
    ...Buffer.from('ABCDEF4D61784D696E642E636F6D', 'hex'),
    0xe4,
    ...[...text('node_count'), ...number16(nodes.length)],
    ...[...text('record_size'), 0xa1, size],
    ...[...text('ip_version'), 0xa1, ipVersion],
    // The format has 64 bits for it; its readers take fewer.
    ...[...text('build_epoch'), ...number32(builtAt)],
  ]
  return Uint8Array.from([...tree, ...new Array<number>(16).fill(0), ...records, ...metadata])
}

/** Ranges of both families with their countries, as a file of countries has them: a few hundred nodes. */
export const countriesOf = (
  rows: readonly (readonly [cidr: string, country: string])[],
  builtAt: number,
): Uint8Array => {
  const names = [...new Set(rows.map(([, country]) => country))]
  const records = names.flatMap((name) => [0xe1, ...countryKey, ...code(name)])
  const recordBytes = records.length / names.length
  // -1: nothing yet; above the flag: the record of a name.
  const isRecord = 1 << 20
  const nodes: [number, number][] = [[-1, -1]]
  for (const [cidr, country] of rows) {
    const block = readBlock(cidr)
    if (block === null) throw new Error(`not a range: ${cidr}`)
    const isV4 = block.family === 4
    // Addresses of IPv4 lie below 96 zeros.
    const bytes = isV4 ? [...new Array<number>(12).fill(0), ...block.bytes] : block.bytes
    const bits = block.bits + (isV4 ? 96 : 0)
    let node = 0
    for (let depth = 0; depth < bits; depth += 1) {
      const bit = (((bytes[depth >>> 3] ?? 0) >>> (7 - (depth & 7))) & 1) as 0 | 1
      const pair = nodes[node]
      if (pair === undefined) throw new Error(`${cidr} lies within another range`)
      if (depth === bits - 1) pair[bit] = isRecord + names.indexOf(country)
      else if (pair[bit] < 0) pair[bit] = nodes.push([-1, -1]) - 1
      node = pair[bit]
    }
  }
  const linkOf = (link: number): number => {
    if (link < 0) return nodes.length
    return link < isRecord ? link : nodes.length + 16 + (link - isRecord) * recordBytes
  }
  return mmdb(
    24,
    6,
    nodes.map(([left, right]) => [linkOf(left), linkOf(right)]),
    records,
    builtAt,
  )
}

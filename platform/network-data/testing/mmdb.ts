/** Files in the MMDB format from literals. */
import { readBlock } from '../address.ts'

/** Two links: each leads to a node, to nothing (the number of nodes), or to a record (16 and more above it). */
export type Node = readonly [number, number]

const bytesOf = (value: number): number[] => [value >>> 16, value >>> 8, value].map((byte) => byte & 255)
const number32 = (value: number): number[] => [0xc4, value >>> 24, ...bytesOf(value)]

/** Type and size; types above 7 have a byte of their own. */
const control = (type: number, size: number): number[] => {
  const [short, more] = size < 29 ? [size, []] : [29, [size - 29]]
  return type > 7 ? [short, type - 7, ...more] : [(type << 5) | short, ...more]
}

/** A value as records carry it. */
export const valueOf = (value: unknown): number[] => {
  if (typeof value === 'string') return [...control(2, Buffer.byteLength(value)), ...Buffer.from(value)]
  if (typeof value === 'number') return number32(value)
  if (typeof value === 'boolean') return control(14, value ? 1 : 0)
  if (Array.isArray(value)) return [...control(11, value.length), ...value.flatMap(valueOf)]
  const fields = Object.entries(value as object)
  return [...control(7, fields.length), ...fields.flatMap(([key, of]) => [...valueOf(key), ...valueOf(of)])]
}

export const code = (value: string): number[] => valueOf(value)
/** The key before a country's code. */
export const countryKey = code('country_code')

/** `size` of a link in bits; `builtAt` in seconds since 1970. */
export const mmdb = (
  size: 24 | 28 | 32,
  ipVersion: 4 | 6,
  nodes: readonly Node[],
  records: readonly number[],
  builtAt = 0,
  type = 'countries',
): Uint8Array => {
  const tree = nodes.flatMap(([left, right]) => {
    if (size === 24) return [...bytesOf(left), ...bytesOf(right)]
    if (size === 32) return [left >>> 24, ...bytesOf(left), right >>> 24, ...bytesOf(right)]
    return [...bytesOf(left), ((left >>> 24) << 4) | (right >>> 24), ...bytesOf(right)]
  })
  const metadata = [
    ...Buffer.from('ABCDEF4D61784D696E642E636F6D', 'hex'),
    ...valueOf({
      node_count: nodes.length,
      record_size: size,
      ip_version: ipVersion,
      // The format has 64 bits for it; its readers take fewer.
      build_epoch: builtAt,
      database_type: type,
    }),
  ]
  return Uint8Array.from([...tree, ...new Array<number>(16).fill(0), ...records, ...metadata])
}

/** Ranges of both families with their countries, as a file of countries has them: a few hundred nodes. */
export const countriesOf = (
  rows: readonly (readonly [cidr: string, country: string])[],
  builtAt: number,
): Uint8Array =>
  databaseOf(
    'countries',
    rows.map(([cidr, country]) => [cidr, { country_code: country }]),
    builtAt,
  )

/** Ranges of both families with any records, as vendors write them; IPv4 has its second entrance at ::ffff:0:0/96. */
export const databaseOf = (
  type: string,
  rows: readonly (readonly [cidr: string, record: object])[],
  builtAt: number,
): Uint8Array => {
  const records: number[] = []
  const places = new Map<string, number>()
  const placeOf = (record: object): number => {
    const key = JSON.stringify(record)
    const known = places.get(key) ?? records.length
    if (!places.has(key)) records.push(...valueOf(record))
    places.set(key, known)
    return known
  }
  // -1: nothing yet; above the flag: a record.
  const isRecord = 1 << 20
  const nodes: [number, number][] = [[-1, -1]]
  const put = (bytes: readonly number[], bits: number, link: number): void => {
    let node = 0
    for (let depth = 0; depth < bits; depth += 1) {
      const bit = (((bytes[depth >>> 3] ?? 0) >>> (7 - (depth & 7))) & 1) as 0 | 1
      const pair = nodes[node]
      if (pair === undefined) throw new Error(`${bytes.join('.')} lies within another range`)
      if (depth === bits - 1) pair[bit] = link
      else if (pair[bit] < 0) pair[bit] = nodes.push([-1, -1]) - 1
      node = pair[bit]
    }
  }
  const zeros = new Array<number>(12).fill(0)
  for (const [cidr, record] of rows) {
    const block = readBlock(cidr)
    if (block === null) throw new Error(`not a range: ${cidr}`)
    // Addresses of IPv4 lie below 96 zeros.
    if (block.family === 4) put([...zeros, ...block.bytes], 96 + block.bits, isRecord + placeOf(record))
    else put(block.bytes, block.bits, isRecord + placeOf(record))
  }
  let root4 = 0
  for (let depth = 0; depth < 96 && root4 >= 0; depth += 1) root4 = nodes[root4]?.[0] ?? -1
  if (root4 > 0) put([...zeros.slice(2), 255, 255], 96, root4)
  const linkOf = (link: number): number => {
    if (link < 0) return nodes.length
    return link < isRecord ? link : nodes.length + 16 + link - isRecord
  }
  return mmdb(
    24,
    6,
    nodes.map(([left, right]) => [linkOf(left), linkOf(right)]),
    records,
    builtAt,
    type,
  )
}

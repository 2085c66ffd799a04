import { aligned } from './asn-table.ts'

/** Names of network owners by ASN, kept as one block of bytes: 91,000 strings would take three times the memory. */
export type AsnNames = { nameOf(asn: number): string | null; rows: number }

const magic = 'CSNAM001'
const headBytes = 12

/** One for all: making a decoder costs many times what a short name does. */
const decoder = new TextDecoder()

/** Little-endian: magic (8), count (4), sorted ASNs (4 each), end offsets (4 each), UTF-8 text. */
export function encodeAsnNames(names: ReadonlyMap<number, string>): Uint8Array {
  const sorted = [...names].sort(([a], [b]) => a - b)
  const texts = sorted.map(([, name]) => new TextEncoder().encode(name))
  const textBytes = texts.reduce((sum, text) => sum + text.length, 0)
  const bytes = new Uint8Array(headBytes + 8 * sorted.length + textBytes)
  bytes.set(new TextEncoder().encode(magic))
  new DataView(bytes.buffer).setUint32(8, sorted.length, true)
  const asns = new Uint32Array(bytes.buffer, headBytes, sorted.length)
  const ends = new Uint32Array(bytes.buffer, headBytes + 4 * sorted.length, sorted.length)
  let end = 0
  texts.forEach((text, i) => {
    bytes.set(text, headBytes + 8 * sorted.length + end)
    end += text.length
    asns[i] = sorted[i]?.[0] ?? 0
    ends[i] = end
  })
  return bytes
}

/** Reads what `encodeAsnNames` wrote; another form or length throws. */
export function openAsnNames(file: Uint8Array): AsnNames {
  const bytes = aligned(file)
  const isOurs = bytes.length >= headBytes && decoder.decode(bytes.subarray(0, 8)) === magic
  if (!isOurs) throw new Error('not a table of network names')
  const rows = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true)
  const textAt = headBytes + 8 * rows
  if (bytes.length < textAt) throw new Error('table of network names is truncated')
  const asns = new Uint32Array(bytes.buffer, bytes.byteOffset + headBytes, rows)
  const ends = new Uint32Array(bytes.buffer, bytes.byteOffset + headBytes + 4 * rows, rows)
  if (bytes.length !== textAt + (ends[rows - 1] ?? 0)) throw new Error('table of network names is truncated')
  return {
    rows,
    nameOf(asn) {
      const index = indexOf(asns, asn)
      if (index === null) return null
      const from = index === 0 ? 0 : (ends[index - 1] ?? 0)
      return decoder.decode(bytes.subarray(textAt + from, textAt + (ends[index] ?? from)))
    },
  }
}

function indexOf(sorted: Uint32Array, value: number): number | null {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return sorted[low] === value ? low : null
}

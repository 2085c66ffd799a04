import type { BytesAt } from './bytes-at.ts'
import { marksFor, sortedKeys } from './sorted-keys.ts'

/** Names of network owners by ASN, read where they are asked for: there are 91,000. */
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

/** Names that were asked for lately: most addresses are of few networks. */
const mostRemembered = 2_000

/** Reads what `encodeAsnNames` wrote; another form or length throws. */
export function openAsnNames(file: BytesAt): AsnNames {
  const isOurs = file.length >= headBytes && decoder.decode(file.copy(0, 8)) === magic
  if (!isOurs) throw new Error('not a table of network names')
  const rows = file.u32(8)
  const textAt = headBytes + 8 * rows
  if (file.length < textAt) throw new Error('table of network names is truncated')
  /** Where the text of a row ends, counted from the first text. */
  const endOf = (row: number): number => (row < 0 ? 0 : file.u32(headBytes + 4 * (rows + row)))
  if (file.length !== textAt + endOf(rows - 1)) throw new Error('table of network names is truncated')
  const asnOf = (row: number): number => file.u32(headBytes + 4 * row)
  const asns = sortedKeys(rows, asnOf, new Uint32Array(marksFor(rows)))
  const read = (asn: number): string | null => {
    const row = asns.lastUpTo(asn)
    if (row < 0 || asnOf(row) !== asn) return null
    return decoder.decode(file.copy(textAt + endOf(row - 1), textAt + endOf(row)))
  }
  const remembered = new Map<number, string | null>()
  return {
    rows,
    nameOf(asn) {
      const known = remembered.get(asn)
      if (known !== undefined) return known
      if (remembered.size >= mostRemembered) remembered.clear()
      const name = read(asn)
      remembered.set(asn, name)
      return name
    },
  }
}

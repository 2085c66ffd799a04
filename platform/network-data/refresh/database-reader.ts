/** Reads every record of an MMDB file: its tree from the root to each leaf. */
import { Reader, type Response } from 'mmdb-lib'
import { inMemory } from '../bytes-at.ts'
import { bitsBeforeV4, linkReader } from '../country-table.ts'
import type { Span } from './range-collector.ts'
import { titlesOf, type Fields, type Product, type RecordReader } from './product.ts'

const mostBytes = 1024 ** 3
const metadataMark = Buffer.from('ABCDEF4D61784D696E642E636F6D', 'hex')

export function databaseReader<T>(
  products: readonly Product<T>[],
  take: (span: Span, said: T) => void,
): RecordReader<T> {
  const chunks: Buffer[] = []
  let bytes = 0
  return {
    push(chunk) {
      bytes += chunk.length
      if (bytes > mostBytes) throw new Error('it is larger than 1 GB')
      chunks.push(chunk)
    },
    end() {
      const file = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)
      if (!file.includes(metadataMark))
        throw new Error('it is no MMDB file, or its end is missing: it was cut off')
      const reader = new Reader<Response>(file)
      const { databaseType, buildEpoch } = reader.metadata
      const product = products.find(({ database }) => database?.test(databaseType) === true)
      if (product === undefined)
        throw new Error(`it is a database of "${databaseType}", not of ${titlesOf(products)}`)
      readTree(file, reader, product, take)
      return { product, built: buildEpoch.toISOString().slice(0, 10) }
    },
  }
}

function readTree<T>(
  file: Buffer,
  reader: Reader<Response>,
  product: Product<T>,
  take: (span: Span, said: T) => void,
): void {
  const { nodeCount, recordSize, searchTreeSize, ipVersion } = reader.metadata
  if (searchTreeSize >= file.length) throw new Error('it is cut off')
  const readLink = linkReader(inMemory(file), recordSize)
  const said = recordsOf(reader, product)
  let visited = 0
  /** True where the tree goes on; otherwise the record is taken, if there is one. */
  const goesOn = (link: number, span: Span): boolean => {
    if (link < nodeCount) {
      visited += 1
      if (span.start === span.end || visited > 2 * nodeCount) throw new Error('its tree runs in circles')
      return true
    }
    const found = link === nodeCount ? null : said(link - nodeCount, span)
    if (found !== null) take(span, found)
    return false
  }
  const walk4 = (link: number, start: number, size: number): void => {
    if (!goesOn(link, { family: 4, start, end: start + size - 1 })) return
    walk4(readLink(link, 0), start, size / 2)
    walk4(readLink(link, 1), start + size / 2, size / 2)
  }
  let root4 = 0
  for (let depth = 0; ipVersion === 6 && depth < bitsBeforeV4 && root4 < nodeCount; depth += 1)
    root4 = readLink(root4, 0)
  const walk6 = (link: number, start: bigint, size: bigint): void => {
    // Several ways lead to the addresses of IPv4, which are read once, as such.
    if (link === root4 && root4 < nodeCount) return
    if (!goesOn(link, { family: 6, start, end: start + size - 1n })) return
    walk6(readLink(link, 0), start, size / 2n)
    walk6(readLink(link, 1), start + size / 2n, size / 2n)
  }
  if (root4 < nodeCount) walk4(root4, 0, 2 ** 32)
  if (ipVersion === 6) walk6(0, 0n, 1n << 128n)
}

/** A file has far more ranges than records: each record is read once, at the first address that leads to it. */
function recordsOf<T>(
  reader: Reader<Response>,
  product: Product<T>,
): (place: number, span: Span) => T | null {
  const known = new Map<number, T | null>()
  return (place, span) => {
    const found = known.get(place)
    if (found !== undefined) return found
    const address = firstOf(span)
    try {
      const said = product.read((reader.get(address) ?? {}) as unknown as Fields)
      known.set(place, said)
      return said
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'cannot be read'
      throw new Error(`the record of ${address}: ${reason}`, { cause: error })
    }
  }
}

function firstOf({ family, start }: Span): string {
  if (family === 4) return [24, 16, 8, 0].map((shift) => (start >>> shift) & 255).join('.')
  return start
    .toString(16)
    .padStart(32, '0')
    .replace(/(.{4})(?!$)/g, '$1:')
}

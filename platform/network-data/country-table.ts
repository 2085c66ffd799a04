import { parseMetadata } from 'mmdb-lib/lib/metadata.js'
import type { Address } from './address.ts'
import type { BytesAt } from './bytes-at.ts'
import { textOf } from './mmdb-record.ts'
import { isRangeTable, openRangeTable } from './range-table.ts'

/** Countries by address, from a search tree of bits in the MMDB format. */
export type CountryTable = { countryOf(address: Address): string | null }

/** The metadata lie within the last 128 kB of a file, says the format. */
const metadataBytes = 128 * 1024
/** Zeros between the tree's root and the addresses of IPv4 in a tree of both families. */
export const bitsBeforeV4 = 96
/** Nodes nearest to the roots, which every search passes; 256 kB. */
const nodesInMemory = 32_768
/** Tells a node in memory from one of the file, which has no such numbers. */
const inMemoryFlag = 0x8000_0000

/** A country as a number of a table of ranges: its two letters. */
export const countryNumber = (code: string): number => (code.charCodeAt(0) << 8) | code.charCodeAt(1)

/** Opens a country file: MMDB, or the table that a refresh makes of a vendor's file. @throws when it has another form, or is cut off */
export function openCountryTable(file: BytesAt): CountryTable {
  return isRangeTable(file) ? fromRanges(file) : fromTree(file)
}

function fromRanges(file: BytesAt): CountryTable {
  const table = openRangeTable(file)
  return {
    countryOf(address) {
      const number = table.find(address)
      return number === null ? null : String.fromCharCode(number >>> 8, number & 255)
    },
  }
}

function fromTree(file: BytesAt): CountryTable {
  const tail = file.copy(Math.max(0, file.length - metadataBytes), file.length)
  const { nodeCount, recordSize, searchTreeSize, ipVersion } = parseMetadata(Buffer.from(tail.buffer))
  if (searchTreeSize >= file.length || nodeCount >= inMemoryFlag) throw new Error('country file is cut off')
  const readLink = linkReader(file, recordSize)
  /** Not found, as the tree says it. */
  const nothing = nodeCount
  let first4 = 0
  for (let depth = 0; ipVersion === 6 && depth < bitsBeforeV4 && first4 < nodeCount; depth += 1)
    first4 = readLink(first4, 0)
  const first6 = ipVersion === 6 ? 0 : nothing
  const near = nearNodes([first4, first6], nodeCount, readLink)
  const countries = countriesBy(file.copy(searchTreeSize, file.length), nodeCount)
  return {
    countryOf({ family, bytes }) {
      const bits = bytes.length * 8
      let depth = 0
      let link = near.roots[family === 4 ? 0 : 1]
      while (depth < bits && link >= inMemoryFlag) link = near.next(link, bitAt(bytes, depth++))
      while (depth < bits && link < nodeCount) link = readLink(link, bitAt(bytes, depth++))
      return link > nodeCount && link < inMemoryFlag ? countries(link) : null
    },
  }
}

/** A node is two records; each leads to a node, to nothing (the number of nodes), or to a record of data (above it). */
type ReadLink = (node: number, bit: number) => number

export function linkReader(file: BytesAt, recordSize: number): ReadLink {
  const three = (at: number): number => (file.byte(at) << 16) | (file.byte(at + 1) << 8) | file.byte(at + 2)
  if (recordSize === 24) return (node, bit) => three(node * 6 + bit * 3)
  if (recordSize === 28)
    return (node, bit) => {
      const middle = file.byte(node * 7 + 3)
      return three(node * 7 + bit * 4) + ((bit === 0 ? middle >>> 4 : middle & 15) << 24)
    }
  return (node, bit) => file.byte(node * 8 + bit * 4) * 2 ** 24 + three(node * 8 + bit * 4 + 1)
}

type NearNodes = { readonly roots: readonly [number, number]; next(link: number, bit: number): number }

/** Copies the nodes nearest to the roots, level by level: in the file they lie far apart. */
function nearNodes(firsts: readonly [number, number], nodeCount: number, readLink: ReadLink): NearNodes {
  const nodes: number[] = []
  const keep = (link: number): number => {
    if (link >= nodeCount || nodes.length >= nodesInMemory) return link
    nodes.push(link)
    return inMemoryFlag + nodes.length - 1
  }
  const roots = [keep(firsts[0]), keep(firsts[1])] as const
  const links: number[] = []
  for (const node of nodes) links.push(keep(readLink(node, 0)), keep(readLink(node, 1)))
  const table = Uint32Array.from(links)
  return { roots, next: (link, bit) => table[2 * (link - inMemoryFlag) + bit] ?? nodeCount }
}

const bitAt = (bytes: readonly number[], depth: number): number =>
  ((bytes[depth >>> 3] ?? 0) >>> (7 - (depth & 7))) & 1

/** Countries by the link to their record; there are as many records as countries, so each is read once. */
function countriesBy(section: Uint8Array, nodeCount: number): (link: number) => string | null {
  const known = new Map<number, string | null>()
  return (link) => {
    const found = known.get(link)
    if (found !== undefined) return found
    const code = textOf(section, link - nodeCount, 'country_code')
    const country = code !== null && /^[A-Z]{2}$/.test(code) ? code : null
    known.set(link, country)
    return country
  }
}

/**
 * Reads a vendor's list of addresses. Such a file may have gigabytes: it is read as it arrives, and only the table that is
 * made of it is kept.
 */
import { createHash, type Hash } from 'node:crypto'
import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { marksOf } from '../feeds.ts'
import { assertNarrowSpan } from './plausible.ts'
import { listProducts, type ListVendor } from './products.ts'
import { collectRanges } from './range-collector.ts'
import { recordReader } from './record-reader.ts'
import type { Source } from './sources.ts'
import {
  assertChecksum,
  assertExists,
  besideOf,
  dateIn,
  download,
  labelOf,
  placeOf,
  type Taken,
} from './take.ts'

/** Memory holds a download whole. */
const mostDownloaded = 512 * 1024 * 1024

export type VendorSource = Source & { readonly kind: ListVendor }
export const isVendorList = (source: Source): source is VendorSource =>
  Object.hasOwn(listProducts, source.kind)

/**
 * Several files make one list: vendors ship IPv4 and IPv6 apart.
 * @throws with one sentence that names the file and what is wrong with it
 */
export async function takeVendorList(sources: readonly VendorSource[]): Promise<Taken> {
  const [first] = sources
  if (first === undefined) throw new Error('no source was named')
  const { licence } = listProducts[first.kind]
  const ranges = collectRanges('union')
  const dates: (string | null)[] = []
  for (const source of sources) {
    const reader = recordReader([listProducts[source.kind]], (span, kinds) => {
      if (kinds.length === 0) return
      assertNarrowSpan(span)
      ranges.add(span, marksOf(kinds))
    })
    const modified = await pour(source, (chunk) => {
      reader.push(chunk)
    })
    const { built } = named(source, () => reader.end())
    dates.push(source.asOf ?? dateIn(source.from) ?? built ?? modified)
  }
  // A list is as old as its older half.
  const asOf = dates.includes(null) ? null : (dates.sort()[0] ?? null)
  const bytes = named(first, () => Buffer.from(ranges.table().buffer))
  return { source: { ...first, licence: first.licence ?? licence }, bytes, asOf }
}

/** Hands over the unpacked file piece by piece. @returns the date that the server gave */
async function pour(source: Source, push: (chunk: Buffer) => void): Promise<string | null> {
  const place = placeOf(source.from)
  if (typeof place === 'string') assertExists(place, source)
  const { bytes, modified } =
    typeof place === 'string'
      ? { bytes: null, modified: null }
      : await download(place, mostDownloaded, source)
  const hash = createHash('sha256')
  const raw = typeof place === 'string' ? createReadStream(place) : Readable.from([bytes])
  const into = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of chunks) push(chunk)
  }
  const isPacked = isGzip(typeof place === 'string' ? firstBytes(place) : bytes)
  try {
    if (isPacked) await pipeline(hashed(raw, hash), createGunzip(), into)
    else await pipeline(hashed(raw, hash), into)
  } catch (error) {
    throw new Error(`${labelOf(source)} ${reasonOf(error)}`, { cause: error })
  }
  const checksum = source.sha256 ?? (typeof place === 'string' ? besideOf(place) : undefined)
  assertChecksum(checksum, hash.digest('hex'), source)
  return modified
}

async function* hashed(chunks: AsyncIterable<Buffer>, hash: Hash): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

const isGzip = (bytes: Uint8Array | null): boolean => bytes?.[0] === 0x1f && bytes[1] === 0x8b

function firstBytes(path: string): Uint8Array {
  const fd = openSync(path, 'r')
  try {
    const bytes = new Uint8Array(2)
    readSync(fd, bytes)
    return bytes
  } finally {
    closeSync(fd)
  }
}

function named<T>(source: Source, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(`${labelOf(source)} ${reasonOf(error)}`, { cause: error })
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'cannot be read'
  const isPacking = 'code' in error && String(error.code).startsWith('Z_')
  return isPacking ? 'cannot be unpacked: it is cut off or damaged' : `cannot be read: ${error.message}`
}

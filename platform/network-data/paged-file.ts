import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { BytesAt } from './bytes-at.ts'

/** Larger pages find more of a subtree at once, smaller ones are checked faster. A power of two, as is the number kept. */
const pageBytes = 2048
const pageShift = 11
/** Pages in memory for each file: half a megabyte. */
const keptPages = 256
/** Read at once while a file is opened: 128 kB. */
const pagesAtOnce = 64

/** The contents of the file are no longer those that were checked when it was opened. */
export class ChangedFile extends Error {
  override readonly name = 'ChangedFile'
}

/** An open file is closed when nobody holds its reader any more: a snapshot lives as long as the last who uses it. */
const abandoned = new FinalizationRegistry<number>((fd) => {
  closeSync(fd)
})

/**
 * A file that is searched on disk: a few pages are kept, the rest is the system's cache, which all processes share. Its
 * checksum is compared as it is opened, and that of each page whenever it is read, so no answer comes from other bytes than
 * those: a file written over while in use throws instead. One that was replaced by a rename stays as it was.
 */
export class PagedFile implements BytesAt {
  readonly length: number
  readonly sha256: string
  readonly #fd: number
  /** CRC-32 of each page. */
  readonly #checks: Uint32Array
  /** Which page lies in which place: a page has one place, its number modulo the places. */
  readonly #held = new Int32Array(keptPages).fill(-1)
  readonly #bytes = new Uint8Array(keptPages * pageBytes)
  readonly #words = new Uint32Array(this.#bytes.buffer)
  readonly #longs = new BigUint64Array(this.#bytes.buffer)

  /** @throws the system's error when it cannot be read */
  constructor(path: string) {
    this.#fd = openSync(path, 'r')
    abandoned.register(this, this.#fd)
    this.length = fstatSync(this.#fd).size
    this.#checks = new Uint32Array(Math.ceil(this.length / pageBytes))
    this.sha256 = this.#readThrough()
  }

  byte(at: number): number {
    return this.#bytes[this.#placeOf(at)] ?? 0
  }

  u32(at: number): number {
    return this.#words[this.#placeOf(at) >>> 2] ?? 0
  }

  u64(at: number): bigint {
    return this.#longs[this.#placeOf(at) >>> 3] ?? 0n
  }

  copy(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array(to - from)
    for (let at = from; at < to;) {
      const place = this.#placeOf(at)
      const count = Math.min(to - at, pageBytes - (at & (pageBytes - 1)))
      bytes.set(this.#bytes.subarray(place, place + count), at - from)
      at += count
    }
    return bytes
  }

  /** Where a byte of the file lies in memory, once its page is there. */
  #placeOf(at: number): number {
    const page = at >>> pageShift
    const slot = page & (keptPages - 1)
    if (this.#held[slot] !== page) this.#fetch(page, slot)
    return (slot << pageShift) | (at & (pageBytes - 1))
  }

  #fetch(page: number, slot: number): void {
    const from = slot << pageShift
    // Half a page must not be taken for a whole one after an error.
    this.#held[slot] = -1
    const count = readSync(this.#fd, this.#bytes, from, pageBytes, page << pageShift)
    if (crc32(this.#bytes.subarray(from, from + count)) !== this.#checks[page])
      throw new ChangedFile('a data file was changed while it was in use')
    this.#held[slot] = page
  }

  /** Notes the checksum of each page and gives that of the whole. */
  #readThrough(): string {
    const hash = createHash('sha256')
    const buffer = new Uint8Array(pagesAtOnce * pageBytes)
    for (let page = 0; page < this.#checks.length; page += pagesAtOnce) {
      const count = readSync(this.#fd, buffer, 0, buffer.length, page << pageShift)
      hash.update(buffer.subarray(0, count))
      for (let from = 0; from < count; from += pageBytes) {
        const end = Math.min(from + pageBytes, count)
        this.#checks[page + (from >>> pageShift)] = crc32(buffer.subarray(from, end))
      }
    }
    return hash.digest('hex')
  }
}

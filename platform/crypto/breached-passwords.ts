/**
 * A filter of passwords that were found in breaches: a file that answers "certainly not in it" or "very likely in it" and
 * holds no password. Nothing of it is kept in memory, so a corpus of a thousand million passwords costs disk alone.
 *
 * The file: 64 bytes of head, then the bits. A password is known by the SHA-1 of its UTF-8 bytes, since that is what corpora
 * give; the bits of one are at `(a + i × b) mod bits`, with `a` and `b` from its first twelve bytes (Kirsch and Mitzenmacher,
 * "Less hashing, same performance", 2006). No package reads a filter where it lies in a file.
 */
import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The name of the filter in the data folder. */
export const breachedFile = 'breached-passwords.filter'

const magic = Buffer.from('CSBP0001', 'latin1')
/** Bytes before the bits. */
export const headBytes = 64
const mostHashes = 31

/** The head of a filter. `rate`: the share of other passwords that it takes for one of its own. */
export type FilterHead = {
  readonly entries: number
  readonly bits: number
  readonly hashes: number
  readonly rate: number
  /** Milliseconds since 1970. */
  readonly madeAt: number
}

/** A whole number of bytes with so many bits for so many entries, and the number of places for each. */
export const sizeFor = (
  entries: number,
  rate: number,
): { readonly bits: number; readonly hashes: number } => {
  const bits = Math.ceil((-Math.max(1, entries) * Math.log(rate)) / Math.LN2 ** 2 / 8) * 8
  return { bits, hashes: Math.max(1, Math.round((bits / Math.max(1, entries)) * Math.LN2)) }
}

/** Calls `at` with each place of an entry until it says false. True if it never did. */
export const everyPlace = (
  digest: Buffer,
  { bits, hashes }: Pick<FilterHead, 'bits' | 'hashes'>,
  at: (place: number) => boolean,
): boolean => {
  const [a, b] = [digest.readUIntLE(0, 6), digest.readUIntLE(6, 6)]
  for (let i = 0; i < hashes; i += 1) if (!at((a + i * b) % bits)) return false
  return true
}

/** The digest by which a password is known. */
export const digestOf = (password: string | Uint8Array): Buffer =>
  createHash('sha1').update(password).digest()

/** The head as bytes. */
export const writeHead = ({ entries, bits, hashes, rate, madeAt }: FilterHead): Buffer => {
  const head = Buffer.alloc(headBytes)
  magic.copy(head)
  head.writeDoubleLE(entries, 8)
  head.writeDoubleLE(bits, 16)
  head.writeDoubleLE(hashes, 24)
  head.writeDoubleLE(rate, 32)
  head.writeDoubleLE(madeAt, 40)
  return head
}

const isSound = ({ entries, bits, hashes, madeAt }: FilterHead): boolean =>
  [entries, bits, hashes, madeAt].every((one) => Number.isSafeInteger(one) && one >= 0) &&
  [bits > 0, bits % 8 === 0, hashes > 0, hashes <= mostHashes].every(Boolean)

/** Reads a head. @throws when these are not the bytes of a filter, or the file is cut off */
export const readHead = (bytes: Buffer, fileBytes: number): FilterHead => {
  if (bytes.length < headBytes || !bytes.subarray(0, magic.length).equals(magic))
    throw new Error('the file is no filter of passwords')
  const head = {
    entries: bytes.readDoubleLE(8),
    bits: bytes.readDoubleLE(16),
    hashes: bytes.readDoubleLE(24),
    rate: bytes.readDoubleLE(32),
    madeAt: bytes.readDoubleLE(40),
  }
  if (!isSound(head)) throw new Error('the head of the filter makes no sense')
  const expected = headBytes + head.bits / 8
  if (fileBytes !== expected)
    throw new Error(`the filter has ${String(fileBytes)} bytes in place of ${String(expected)}`)
  return head
}

/** A filter that is open. */
type Open = { readonly file: number; readonly head: FilterHead; readonly stamp: string }

const openFilter = (path: string, stamp: string): Open => {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(headBytes)
    const read = readSync(file, head, 0, headBytes, 0)
    return { file, head: readHead(head.subarray(0, read), fstatSync(file).size), stamp }
  } catch (error) {
    closeSync(file)
    throw error
  }
}

const isIn = ({ file, head }: Open, digest: Buffer): boolean => {
  const byte = Buffer.alloc(1)
  return everyPlace(digest, head, (place) => {
    readSync(file, byte, 0, 1, headBytes + Math.floor(place / 8))
    return ((byte[0] ?? 0) & (1 << (place % 8))) !== 0
  })
}

/** Looks passwords up. */
export type BreachedPasswords = {
  /** True if the filter has the password as it is typed, or in small letters; false also where there is no filter. */
  readonly has: (password: string) => boolean
}

/** The file as it is now; null: there is none. */
const stampOf = (path: string): string | null => {
  const found = statSync(path, { throwIfNoEntry: false })
  return found === undefined ? null : `${String(found.ino)} ${String(found.size)} ${String(found.mtimeMs)}`
}

/**
 * Reads the filter of a data folder; one that is put in its place later is read from the next password on. A file that is no
 * filter counts as none, and `onProblem` hears of it once.
 */
export const createBreachedPasswords = (
  dataDir: string,
  onProblem: (sentence: string) => void,
): BreachedPasswords => {
  const path = join(dataDir, breachedFile)
  let open: Open | null = null
  let refused: string | null = null
  const current = (): Open | null => {
    const stamp = stampOf(path)
    if (open !== null && open.stamp === stamp) return open
    if (open !== null) closeSync(open.file)
    open = null
    if (stamp === null || stamp === refused) return null
    try {
      open = openFilter(path, stamp)
    } catch (error) {
      refused = stamp
      onProblem(error instanceof Error ? error.message : 'the filter cannot be read')
    }
    return open
  }
  return {
    has: (password) => {
      const filter = current()
      if (filter === null) return false
      const forms = new Set([password, password.toLowerCase()])
      return [...forms].some((form) => isIn(filter, digestOf(form)))
    },
  }
}

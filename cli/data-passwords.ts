/** `data passwords`: makes the filter of breached passwords from a corpus that the operator downloaded. */
import { open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  breachedFile,
  digestOf,
  everyPlace,
  headBytes,
  sizeFor,
  writeHead,
  type FilterHead,
} from '#platform/crypto/breached-passwords.ts'

/** One in a thousand other passwords is taken for a breached one. */
const rate = 0.001
/** More bytes than this are no password: a person may type 256 characters of four bytes. */
const longest = 1024
const chunkBytes = 1 << 20
/** A Buffer of Node.js holds no more. */
const mostBytes = 2 ** 32 - headBytes

const newline = 10
const isHash = (line: string): boolean => /^[\da-f]{40}(:\d+)?$/i.test(line)

/** Calls `onLine` with each line that is not empty, without its end. `onBytes` hears how far the reading is. */
const eachLine = async (
  path: string,
  onLine: (line: Buffer, number: number) => void,
  onBytes: (bytes: number) => void,
): Promise<void> => {
  const file = await open(path, 'r')
  try {
    let rest = Buffer.alloc(0)
    let number = 0
    let read = 0
    const give = (line: Buffer) => {
      number += 1
      const end = line.at(-1) === 13 ? line.length - 1 : line.length
      if (end > 0) onLine(line.subarray(0, end), number)
    }
    for await (const chunk of file.createReadStream({ highWaterMark: chunkBytes, autoClose: false })) {
      const bytes = Buffer.concat([rest, chunk as Buffer])
      let from = 0
      for (let to = bytes.indexOf(newline); to >= 0; to = bytes.indexOf(newline, from)) {
        give(bytes.subarray(from, to))
        from = to + 1
      }
      rest = Buffer.from(bytes.subarray(from))
      if (rest.length > chunkBytes) throw new Error('the file has no lines')
      read += (chunk as Buffer).length
      onBytes(read)
    }
    if (rest.length > 0) give(rest)
  } finally {
    await file.close()
  }
}

type Kind = 'hashes' | 'passwords'

/** Counts the entries, and tells lists of SHA-1 from lists of passwords by their first line. */
const survey = async (path: string, onBytes: (bytes: number) => void) => {
  let entries = 0
  let kind: Kind | undefined
  await eachLine(
    path,
    (line, number) => {
      if (kind === undefined) {
        const first = line.toString('latin1')
        kind = isHash(first) ? 'hashes' : 'passwords'
        if (/^[\da-f]{32}:\d+$/i.test(first))
          throw new Error('the file holds NTLM hashes; take the download with SHA-1')
      }
      if (kind === 'hashes' && !isHash(line.toString('latin1')))
        throw new Error(`line ${String(number)} is no SHA-1, but the first line is`)
      entries += 1
    },
    onBytes,
  )
  if (kind === undefined) throw new Error('the file is empty')
  return { entries, kind }
}

const fillBits = async (
  path: string,
  kind: Kind,
  head: FilterHead,
  onBytes: (bytes: number) => void,
): Promise<{ readonly bits: Buffer; readonly leftOut: number }> => {
  const bits = Buffer.alloc(head.bits / 8)
  let leftOut = 0
  await eachLine(
    path,
    (line) => {
      if (line.length > longest) {
        leftOut += 1
        return
      }
      const digest = kind === 'hashes' ? Buffer.from(line.toString('latin1', 0, 40), 'hex') : digestOf(line)
      everyPlace(digest, head, (place) => {
        const at = Math.floor(place / 8)
        bits[at] = (bits[at] ?? 0) | (1 << (place % 8))
        return true
      })
    },
    onBytes,
  )
  return { bits, leftOut }
}

/** Puts the filter in its place by one rename, so that a process reads the old one or the new one whole. */
const put = async (path: string, parts: readonly Buffer[]): Promise<void> => {
  const made = `${path}.${String(process.pid)}.new`
  try {
    const file = await open(made, 'w', 0o644)
    try {
      for (const part of parts) await file.writeFile(part)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(made, path)
  } finally {
    await rm(made, { force: true })
  }
}

/** Hears how far a command is, from 0 to 1. */
export type OnProgress = (share: number) => void

/**
 * Reads a file of passwords, or of their SHA-1 as breach corpora give them (`SHA1` or `SHA1:count`), one a line, and makes the
 * filter in the data folder of it. It takes the place of an older one. @throws Error with the end of a sentence; nothing is changed then
 */
export const makeFilter = async (
  path: string,
  dataDir: string,
  onProgress: OnProgress,
  now = Date.now(),
): Promise<string> => {
  const { size } = await stat(path)
  const half = (done: number) => (bytes: number) => {
    onProgress((done * size + bytes) / (2 * size))
  }
  const { entries, kind } = await survey(path, half(0))
  const head = { entries, rate, madeAt: now, ...sizeFor(entries, rate) }
  if (head.bits / 8 > mostBytes)
    throw new Error(
      `the filter of ${String(entries)} entries would be larger than 4 GiB; take those seen most often`,
    )
  const { bits, leftOut } = await fillBits(path, kind, head, half(1))
  await put(join(dataDir, breachedFile), [writeHead(head), bits])
  return (
    `${String(entries - leftOut)} breached passwords are in the filter (${String(Math.ceil(bits.length / 1024))} KiB). ` +
    'It takes one in 1,000 others for one of them.' +
    (leftOut === 0 ? '' : ` Lines that were too long for a password: ${String(leftOut)}.`)
  )
}

/** A bar for a terminal, redrawn in place whenever the per cent changes; without a terminal it says nothing. */
export const barOn = (out: NodeJS.WriteStream): OnProgress => {
  let last = -1
  return (share) => {
    const percent = Math.floor(100 * share)
    if (!out.isTTY || percent === last) return
    last = percent
    const filled = '█'.repeat(Math.floor(percent / 4)).padEnd(25, '░')
    out.write(`\r${filled} ${String(percent).padStart(3)} %${percent === 100 ? '\n' : ''}`)
  }
}

/** Bytes of a file to text: UTF-8, with or without its mark, and UTF-16 with one. Anything else is refused by name. */
import { FileProblem } from './file-problem.ts'

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte)

/** @throws FileProblem for a workbook, and for UTF-16 that does not say so */
const encodingOf = (head: Uint8Array): Encoding => {
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be'
  // The files of Excel and its kin are ZIP archives, or older compound files.
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0xd0, 0xcf, 0x11, 0xe0))
    throw new FileProblem('workbook')
  // Text begins with a letter or a quote: in UTF-16 every second byte of it is zero.
  if (head.length > 1 && (head[0] === 0 || head[1] === 0)) throw new FileProblem('utf16_without_mark')
  return 'utf-8'
}

const lineFeed = 0x0a

const linesIn = (text: string): number => {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1
  return count
}

/** The line of the first byte that is no UTF-8. */
const badLine = (piece: Uint8Array, before: number): number => {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(piece, { stream: true })
  const at = lenient.indexOf('\ufffd')
  return before + 1 + linesIn(at < 0 ? lenient : lenient.slice(0, at))
}

const feedsIn = (piece: Uint8Array): number => {
  let count = 0
  for (const byte of piece) if (byte === lineFeed) count += 1
  return count
}

const decoderOf = (encoding: Encoding): ((piece: Uint8Array | null) => string) => {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let lines = 0
  return (piece) => {
    try {
      const text = piece === null ? decoder.decode() : decoder.decode(piece, { stream: true })
      if (piece !== null) lines += feedsIn(piece)
      return text
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw new FileProblem('not_utf8', piece === null ? lines + 1 : badLine(piece, lines))
    }
  }
}

/** Enough bytes to recognise the encoding. */
const headBytes = 4

/**
 * Text of a file, piece by piece.
 * @throws FileProblem when it is empty, of another encoding, or no text
 */
export const textOf = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let head: Uint8Array = new Uint8Array(0)
  let decode: ((piece: Uint8Array | null) => string) | null = null
  for await (const piece of bytes) {
    const known: Uint8Array = decode === null ? Buffer.concat([head, piece]) : piece
    if (decode === null && known.length < headBytes) {
      head = known
      continue
    }
    decode ??= decoderOf(encodingOf(known))
    yield decode(known)
  }
  if (decode === null) {
    if (head.length === 0) throw new FileProblem('empty_file')
    decode = decoderOf(encodingOf(head))
    yield decode(head)
  }
  yield decode(null)
}

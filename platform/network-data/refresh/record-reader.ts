/** Reads the records of a vendor's file, MMDB, CSV or JSON lines, as it arrives, and holds them against its schema. */
import { readBlock } from '../address.ts'
import { csvRow } from '../csv-row.ts'
import { toNumber } from '../range-table.ts'
import { databaseReader } from './database-reader.ts'
import { titlesOf, type Fields, type Product, type RecordReader } from './product.ts'
import type { Span } from './range-collector.ts'

/** A bound for what a packed file may become; a file is read as it arrives, so that it need not fit into memory. */
const mostTextBytes = 64 * 1024 ** 3
const mostLineBytes = 1024 ** 2

/**
 * @param products the file is of one of them
 * @param take is called with each range and what the file says about it
 */
export function recordReader<T>(
  products: readonly Product<T>[],
  take: (span: Span, said: T) => void,
): RecordReader<T> {
  let reader: RecordReader<T> | null = null
  return {
    push(chunk) {
      if (chunk.length === 0) return
      reader ??= isBinary(chunk) ? databaseReader(products, take) : textReader(products, take)
      reader.push(chunk)
    },
    end() {
      if (reader === null) throw new Error('it is empty')
      return reader.end()
    },
  }
}

function isBinary(first: Buffer): boolean {
  if (first.toString('latin1', 0, 4) === 'PK\x03\x04') throw new Error('it is a zip archive: unpack it first')
  if (first.toString('latin1', 257, 262) === 'ustar') throw new Error('it is a tar archive: unpack it first')
  return first.subarray(0, 1024).includes(0)
}

function textReader<T>(
  products: readonly Product<T>[],
  take: (span: Span, said: T) => void,
): RecordReader<T> {
  let rest = Buffer.alloc(0)
  let bytes = 0
  let line = 0
  let form: Form<T> | null = null
  const accept = (raw: string): void => {
    line += 1
    const text = raw.trim()
    if (text === '') return
    try {
      form ??= text.startsWith('{') ? linesOf(products, text) : columnsOf(products, text)
      const record = form.recordOf(text)
      if (record === null) return
      const said = form.product.read(record)
      if (said !== null) take(spanOf(record), said)
    } catch (error) {
      throw new Error(`line ${String(line)}: ${error instanceof Error ? error.message : 'cannot be read'}`, {
        cause: error,
      })
    }
  }
  return {
    push(chunk) {
      bytes += chunk.length
      if (bytes > mostTextBytes) throw new Error('it is larger than 64 GB')
      const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let from = 0
      for (let at = all.indexOf(10); at >= 0; at = all.indexOf(10, from)) {
        accept(all.toString('utf8', from, at))
        from = at + 1
      }
      rest = Buffer.from(all.subarray(from))
      if (rest.length > mostLineBytes) throw new Error(`line ${String(line + 1)} is longer than 1 MB`)
    },
    end() {
      accept(rest.toString('utf8'))
      if (form === null) throw new Error('it is empty')
      return { product: form.product, built: null }
    },
  }
}

/** The form of a file's lines; a header is no record. */
type Form<T> = { readonly product: Product<T>; readonly recordOf: (line: string) => Fields | null }

/** The first line of a CSV file names its columns. */
function columnsOf<T>(products: readonly Product<T>[], header: string): Form<T> {
  const names = csvRow(header)
  const missing = (product: Product<T>): readonly string[] =>
    (product.columns ?? []).filter((name) => !names.includes(name))
  const known = products.filter(({ columns }) => columns !== null)
  const product = known.find((one) => missing(one).length === 0)
  const [first] = known
  if (product === undefined)
    throw new Error(
      first === undefined
        ? `it is no file of ${titlesOf(products)}, which has no CSV files`
        : `it is no header of ${titlesOf(known)}: ${missing(first).join(', ')} not among its columns`,
    )
  let isHeader = true
  return {
    product,
    recordOf(text) {
      if (isHeader) {
        isHeader = false
        return null
      }
      const values = csvRow(text)
      if (values.length !== names.length)
        throw new Error(
          `${String(values.length)} values where the header has ${String(names.length)} columns`,
        )
      return Object.fromEntries(names.map((name, at) => [name, values[at]]))
    },
  }
}

function linesOf<T>(products: readonly Product<T>[], first: string): Form<T> {
  const known = products.filter(({ lines }) => lines !== null)
  const missing = (product: Product<T>, record: Fields): readonly string[] =>
    (product.lines ?? []).filter((name) => !(name in record))
  const record = jsonOf(first)
  const product = known.find((one) => missing(one, record).length === 0)
  const [one] = known
  if (product === undefined)
    throw new Error(
      one === undefined
        ? `it is no file of ${titlesOf(products)}, which has no JSON files`
        : `it is no record of ${titlesOf(known)}: it has no ${missing(one, record).join(', ')}`,
    )
  return {
    product,
    recordOf(text) {
      const fields = jsonOf(text)
      const [gone] = missing(product, fields)
      if (gone !== undefined) throw new Error(`it has no ${gone}`)
      return fields
    },
  }
}

function jsonOf(text: string): Fields {
  try {
    return JSON.parse(text) as Fields
  } catch (error) {
    throw new Error('it is not JSON: the file is cut off or of another form', { cause: error })
  }
}

/** The addresses that a record is about: `network`, `ip`, or `start_ip` and `end_ip`. */
function spanOf(record: Fields): Span {
  const one = record['network'] ?? record['ip']
  if (one !== undefined) return spanIn(one)
  const [first, last] = [record['start_ip'], record['end_ip']]
  if (first === undefined || last === undefined)
    throw new Error('it names no range: neither network, nor ip, nor start_ip and end_ip')
  const span = between(spanIn(first), spanIn(last))
  if (span === null) throw new Error(`${JSON.stringify(first)} to ${JSON.stringify(last)} is no range`)
  return span
}

function between(from: Span, to: Span): Span | null {
  if (from.start > to.end) return null
  if (from.family === 4) return to.family === 4 ? { ...from, end: to.end } : null
  return to.family === 6 ? { ...from, end: to.end } : null
}

function spanIn(text: unknown): Span {
  const block = typeof text === 'string' ? readBlock(text) : null
  if (block === null) throw new Error(`${JSON.stringify(text)} is neither an address nor a range`)
  return blockSpan(block.bytes, block.bits)
}

function blockSpan(bytes: readonly number[], bits: number): Span {
  if (bytes.length === 4) {
    const size = 2 ** (32 - bits)
    const start = Math.floor(toNumber(bytes) / size) * size
    return { family: 4, start, end: start + size - 1 }
  }
  const size = 1n << BigInt(128 - bits)
  const start = (bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) / size) * size
  return { family: 6, start, end: start + size - 1n }
}

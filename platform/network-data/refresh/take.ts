/** Reads one source, from disk or by HTTPS, and makes sure that it is the whole file that was meant. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { feedKinds } from '../feeds.ts'
import { sha256Of } from '../manifest.ts'
import type { Source } from './sources.ts'

const mega = 1024 * 1024
/** Twice what the largest file of each family has. */
const mostBytes = { list: 32 * mega, file: 128 * mega }
const longestMs = 120_000
const mostRedirects = 3

/** A source as it was read. */
export type Taken = {
  readonly source: Source
  readonly bytes: Buffer
  /** As named by the operator, by the file's name or address, or by the server (`Last-Modified`); null: nobody says */
  readonly asOf: string | null
}

/** @throws with one sentence that names the source and what is wrong */
export async function take(source: Source): Promise<Taken> {
  const place = placeOf(source.from)
  const limit = isList(source) ? mostBytes.list : mostBytes.file
  const { bytes, checksum, modified } =
    place instanceof URL
      ? { ...(await download(place, limit, source)), checksum: source.sha256 }
      : {
          bytes: readLocal(place, limit, source),
          checksum: source.sha256 ?? besideOf(place),
          modified: null,
        }
  assertChecksum(checksum, sha256Of(bytes), source)
  const asOf = source.asOf ?? dateIn(source.from) ?? modified
  return { source, bytes: unpacked(bytes, source, limit), asOf }
}

export function assertChecksum(named: string | undefined, found: string, source: Source): void {
  if (named !== undefined && named !== found)
    throw new Error(`${labelOf(source)} does not have the checksum that was named: it is cut off or changed`)
}

export const isList = ({ kind }: Source): boolean => (feedKinds as readonly string[]).includes(kind)

/** A sentence names a source by this label: never a query, which may carry a key. */
export function labelOf({ kind, from }: Source): string {
  const place = URL.canParse(from) ? new URL(from).origin + new URL(from).pathname : from
  return `${kind} from ${place}`
}

/** Plain HTTP could be changed on its way; only this machine itself is near enough. */
export function placeOf(from: string): URL | string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(from)) return from
  const url = URL.canParse(from) ? new URL(from) : null
  if (url === null || url.username !== '' || url.password !== '')
    throw new Error(`${url === null ? 'a source' : url.host} is not an address without credentials`)
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isHere)) return url
  throw new Error(`${url.origin} must begin with https://`)
}

export function assertExists(path: string, source: Source): void {
  if (!existsSync(path)) throw new Error(`${labelOf(source)} does not exist`)
}

function readLocal(path: string, limit: number, source: Source): Buffer {
  assertExists(path, source)
  if (statSync(path).size > limit) throw new Error(`${labelOf(source)} is larger than ${mebi(limit)}`)
  return readFileSync(path)
}

/** A checksum that lies beside the file counts as named. */
export function besideOf(path: string): string | undefined {
  const beside = `${path}.sha256`
  return existsSync(beside) ? readFileSync(beside, 'utf8').trim().split(/\s/)[0] : undefined
}

export async function download(
  url: URL,
  limit: number,
  source: Source,
): Promise<{ bytes: Buffer; modified: string | null }> {
  const response = await answerOf(url, source, mostRedirects, AbortSignal.timeout(longestMs))
  const announced = Number(response.headers.get('content-length') ?? Number.NaN)
  if (announced > limit) throw new Error(`${labelOf(source)} is larger than ${mebi(limit)}`)
  const bytes = await bodyOf(response, limit, source)
  const isPacked = response.headers.get('content-encoding') !== null
  if (!isPacked && !Number.isNaN(announced) && bytes.length !== announced)
    throw new Error(
      `${labelOf(source)} ended early: ${String(bytes.length)} of ${String(announced)} bytes came`,
    )
  return { bytes, modified: dayOf(response.headers.get('last-modified')) }
}

async function answerOf(url: URL, source: Source, left: number, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { redirect: 'manual', signal }).catch((error: unknown) => {
    throw new Error(`${labelOf(source)} cannot be reached`, { cause: error })
  })
  const to = response.headers.get('location')
  if (response.status >= 300 && response.status < 400 && to !== null) {
    const next = placeOf(new URL(to, url).href)
    if (left === 0 || !(next instanceof URL)) throw new Error(`${labelOf(source)} redirects too often`)
    return answerOf(next, source, left - 1, signal)
  }
  if (response.status !== 200) throw new Error(`${labelOf(source)} answers ${String(response.status)}`)
  return response
}

async function bodyOf(response: Response, limit: number, source: Source): Promise<Buffer> {
  const parts: Uint8Array[] = []
  let size = 0
  try {
    const reader = response.body?.getReader()
    for (;;) {
      const part = await reader?.read()
      if (part?.value === undefined) break
      size += part.value.length
      if (size > limit) {
        await reader?.cancel()
        break
      }
      parts.push(part.value)
    }
  } catch (error) {
    throw new Error(`${labelOf(source)} ended early`, { cause: error })
  }
  if (size > limit) throw new Error(`${labelOf(source)} is larger than ${mebi(limit)}`)
  return Buffer.concat(parts)
}

function unpacked(bytes: Buffer, source: Source, limit: number): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  try {
    return gunzipSync(bytes, { maxOutputLength: limit })
  } catch (error) {
    throw new Error(`${labelOf(source)} cannot be unpacked: it is cut off or too large`, { cause: error })
  }
}

/** `…/tor-2026-11-20.txt` and `…/2026.11.20/…` say their date. */
export function dateIn(from: string): string | null {
  const found = /(20\d{2})[-.]?([01]\d)[-.]?([0-3]\d)/.exec(from)
  const text = found === null ? null : found.slice(1, 4).join('-')
  return text === null || Number.isNaN(Date.parse(text)) ? null : text
}

function dayOf(header: string | null): string | null {
  const at = header === null ? Number.NaN : Date.parse(header)
  return Number.isNaN(at) ? null : new Date(at).toISOString().slice(0, 10)
}

const mebi = (bytes: number): string => `${String(bytes / mega)} MB`

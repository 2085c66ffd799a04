/** Reads a request of ClickHouse's HTTP interface into what the engine is asked to do. */
import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { randomUUID } from 'node:crypto'
import { ClickHouseError } from './clickhouse-error.ts'

/** Larger bodies are refused; a block of the relay is far smaller. */
const MAX_BODY_BYTES = 256 * 1024 * 1024

/** Parts of the address that are not settings of a query. */
const NOT_SETTINGS = new Set([
  ...['query', 'query_id', 'database', 'default_format', 'session_id', 'session_timeout', 'session_check'],
  ...['user', 'password', 'quota_key', 'role', 'compress', 'decompress', 'enable_http_compression'],
  ...[
    'wait_end_of_query',
    'buffer_size',
    'send_progress_in_http_headers',
    'http_headers_progress_interval_ms',
  ],
])

export interface EngineRequest {
  queryId: string
  query: string
  /** Rows of an `INSERT … FORMAT X`, apart from the statement. */
  rows?: Buffer
  database?: string
  sessionId?: string
  /** Output format where the query names none. */
  defaultFormat: string
  /** Settings for this request only. */
  settings: ReadonlyMap<string, string>
  /** Values for `{name:Type}` placeholders, as the client wrote them. */
  params: ReadonlyMap<string, string>
  wantsGzip: boolean
  /** GET may only read. */
  mayWrite: boolean
}

/**
 * Reads address, headers and body.
 * @throws ClickHouseError when a name is malformed, a body is too large, or what is asked for does not exist here
 */
export async function readRequest(message: IncomingMessage): Promise<EngineRequest> {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1')
  const body = await readBody(message)
  const parts = readMultipart(body, message.headers['content-type'])
  const fields = new Map([...url.searchParams, ...(parts ?? [])])
  if (fields.has('role')) throw new ClickHouseError(48, 'The embedded engine has no roles', 'NOT_IMPLEMENTED')
  return {
    queryId: fields.get('query_id') ?? randomUUID(),
    ...statementOf(fields.get('query') ?? '', parts ? Buffer.alloc(0) : body),
    ...optional('database', fields.get('database')),
    ...optional('sessionId', fields.get('session_id')),
    defaultFormat: fields.get('default_format') ?? 'TabSeparated',
    settings: pick(fields, (name) =>
      NOT_SETTINGS.has(name) || name.startsWith('param_') ? undefined : name,
    ),
    params: pick(fields, (name) => (name.startsWith('param_') ? name.slice('param_'.length) : undefined)),
    wantsGzip: fields.get('enable_http_compression') === '1' && acceptsGzip(message),
    mayWrite: message.method === 'POST',
  }
}

/** The output format: the one the query names at its end, else the default. */
export function formatOf({ query, defaultFormat }: EngineRequest): string {
  return /\bformat\s+(\w+)\s*;?\s*$/i.exec(query)?.[1] ?? defaultFormat
}

/** The body holds the rows of an insert, or the rest of the statement. */
function statementOf(query: string, body: Buffer): Pick<EngineRequest, 'query' | 'rows'> {
  if (query === '') return { query: body.toString('utf8') }
  if (/^\s*insert\s/i.test(query) && /\sformat\s+\w+\s*$/i.test(query)) return { query, rows: body }
  return { query: body.length === 0 ? query : `${query}\n${body.toString('utf8')}` }
}

function pick(
  fields: ReadonlyMap<string, string>,
  rename: (name: string) => string | undefined,
): Map<string, string> {
  const picked = new Map<string, string>()
  for (const [field, value] of fields) {
    const name = rename(field)
    if (name === undefined) continue
    // The name becomes part of a statement; only the value can be quoted.
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      throw new ClickHouseError(115, 'A setting or parameter has a malformed name', 'UNKNOWN_SETTING')
    }
    picked.set(name, value)
  }
  return picked
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined || value === '' ? {} : ({ [key]: value } as Record<K, string>)
}

function acceptsGzip(message: IncomingMessage): boolean {
  return String(message.headers['accept-encoding'] ?? '').includes('gzip')
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new ClickHouseError(62, 'The request body is too large', 'SYNTAX_ERROR')
    chunks.push(chunk)
  }
  const body = Buffer.concat(chunks)
  if (message.headers['content-encoding'] !== 'gzip') return body
  return gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES })
}

/** Text fields of a multipart body, as the official client writes them; undefined for any other body. */
function readMultipart(body: Buffer, type = ''): [string, string][] | undefined {
  const boundary = /^multipart\/form-data;\s*boundary=(.+)$/i.exec(type)?.[1]
  if (boundary === undefined) return undefined
  const fields: [string, string][] = []
  for (const part of body.toString('utf8').split(`--${boundary.replace(/^"|"$/g, '')}`)) {
    const head = part.indexOf('\r\n\r\n')
    const name = /name="([^"]+)"/.exec(part.slice(0, Math.max(head, 0)))?.[1]
    if (name !== undefined) fields.push([name, part.slice(head + 4).replace(/\r\n$/, '')])
  }
  return fields
}

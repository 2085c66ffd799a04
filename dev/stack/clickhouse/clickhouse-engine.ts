/** Sessions of the ClickHouse engine and the running of one request on them. */
import { drainPending, type RawInsertFormat, Session, type StreamChunk } from 'chdb'
import { ClickHouseError } from './clickhouse-error.ts'
import { type EngineRequest, formatOf } from './clickhouse-request.ts'

/** Requests without a session run side by side on this many; within a session they queue. */
const POOL_SIZE = 4
const MAX_NAMED_SESSIONS = 16
/** A query that forgot its own limits must not block a session for good. Seconds, bytes. */
const DEFAULT_LIMITS = { max_execution_time: '60', max_memory_usage: '1000000000' }
const ENGINE_ARGUMENTS = ['--max_server_memory_usage=2000000000']
/** Formats in which the chunks of a stream, put together, are one document. The others repeat head and foot. */
const ROW_FORMATS = new Set([
  ...['JSONEachRow', 'JSONStringsEachRow', 'JSONCompactEachRow', 'JSONCompactStringsEachRow', 'NDJSON'],
  ...['TabSeparated', 'TSV', 'TabSeparatedRaw', 'TSVRaw', 'CSV', 'RowBinary'],
])
const INSERT = /^\s*insert\s+into\s+(?:table\s+)?([\w.`]+)\s*(?:\(([\w\s,`]*)\))?\s*format\s+(\w+)\s*$/i

const NOTHING_WRITTEN = { writtenRows: 0, writtenBytes: 0 }

export interface EngineReply {
  chunks: AsyncIterable<Uint8Array>
  /** Counters for the summary header; the client reads them after an insert. */
  writtenRows: number
  writtenBytes: number
}

interface Slot {
  session: Session
  /** The end of the line of requests on this session. */
  tail: Promise<unknown>
  waiting: number
}

export interface Engine {
  /** Runs one request; the session is held until `deliver` has sent the reply. */
  run(request: EngineRequest, deliver: (reply: EngineReply) => Promise<void>): Promise<void>
  /** Waits a moment for running statements and closes the sessions. */
  close(): Promise<void>
}

/**
 * Opens the engine on a folder.
 * @throws when another process holds the folder
 */
export function openEngine(folder: string): Engine {
  const open = (): Slot => ({
    session: new Session(folder, { connectionArgs: ENGINE_ARGUMENTS }),
    tail: Promise.resolve(),
    waiting: 0,
  })
  const pool = Array.from({ length: POOL_SIZE }, open)
  const named = new Map<string, Slot>()
  return {
    run: async (request, deliver) => {
      const slot = slotFor(request, pool, named, open)
      await inLine(slot, () => runOn(slot.session, request, deliver))
    },
    close: async () => {
      // Unbounded, a busy engine would outlive its parent.
      await Promise.race([drainPending(), new Promise((resolve) => setTimeout(resolve, 2000))])
      for (const slot of [...pool, ...named.values()]) slot.session.close()
    },
  }
}

function slotFor(
  { sessionId }: EngineRequest,
  pool: readonly Slot[],
  named: Map<string, Slot>,
  open: () => Slot,
): Slot {
  if (sessionId === undefined) return pool.reduce((best, slot) => (slot.waiting < best.waiting ? slot : best))
  const known = named.get(sessionId)
  if (known) return known
  const idle = [...named].find(([, slot]) => slot.waiting === 0)
  if (named.size >= MAX_NAMED_SESSIONS && idle) {
    named.delete(idle[0])
    idle[1].session.close()
  }
  const slot = open()
  named.set(sessionId, slot)
  return slot
}

async function inLine(slot: Slot, work: () => Promise<void>): Promise<void> {
  slot.waiting += 1
  const turn = slot.tail.then(work)
  slot.tail = turn.catch(() => undefined)
  try {
    await turn
  } finally {
    slot.waiting -= 1
  }
}

async function runOn(
  session: Session,
  request: EngineRequest,
  deliver: (reply: EngineReply) => Promise<void>,
): Promise<void> {
  refuseMissingParams(request)
  const settings = new Map([...Object.entries(DEFAULT_LIMITS), ...request.settings])
  try {
    await session.queryAsync(preparation(request, settings))
    await deliver(await execute(session, request))
  } finally {
    await reset(session, [...settings.keys()])
  }
}

/** The next request on this session starts from the defaults; a name the engine does not know is skipped. */
async function reset(session: Session, names: readonly string[]): Promise<void> {
  const all = names.map((name) => `${name} = DEFAULT`)
  try {
    await session.queryAsync(`SET ${all.join(', ')}`)
  } catch {
    for (const one of all) await session.queryAsync(`SET ${one}`).catch(() => undefined)
  }
}

/** A parameter set by an earlier request stays on the session, so a forgotten one would silently get its value. */
function refuseMissingParams({ query, params }: EngineRequest): void {
  for (const [, name = ''] of withoutLiterals(query).matchAll(/\{\s*([A-Za-z_]\w*)\s*:/g)) {
    if (!params.has(name))
      throw new ClickHouseError(456, `Substitution ${name} is not set`, 'UNKNOWN_QUERY_PARAMETER')
  }
}

/** Braces in string literals and comments are no placeholders. */
function withoutLiterals(query: string): string {
  return query.replace(/'(?:[^'\\]|\\.|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, "''")
}

function preparation(request: EngineRequest, settings: ReadonlyMap<string, string>): string {
  const database = request.database ?? (request.sessionId === undefined ? 'default' : undefined)
  const assignments = [
    ...[...settings].map(([name, value]) => `${name} = ${literal(value)}`),
    ...[...request.params].map(([name, value]) => `param_${name} = ${literal(value)}`),
  ]
  const use = database === undefined ? '' : `USE ${identifier(database)}; `
  return `${use}SET ${assignments.join(', ')}`
}

/**
 * An SQL string literal. The value arrives escaped once, for the parameter's own text form; without this second
 * escaping a quote inside would end the literal and the rest would run as statements.
 */
function literal(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function identifier(name: string): string {
  if (!/^\w+$/.test(name)) throw new ClickHouseError(81, 'The database name is malformed', 'UNKNOWN_DATABASE')
  return `\`${name}\``
}

async function execute(session: Session, request: EngineRequest): Promise<EngineReply> {
  if (request.rows) return insertRows(session, request, request.rows)
  try {
    return await firstChunkOf(session, request)
  } catch (error) {
    const isStatement = ClickHouseError.from(error).message.includes('Streaming query is not supported')
    if (!isStatement) throw error
    if (!request.mayWrite) throw new ClickHouseError(164, 'A GET request may only read', 'READONLY')
  }
  return inOnePiece(session, request)
}

/** Only for what the stream has looked at before: it refuses several statements at once, this would run them all. */
async function inOnePiece(session: Session, request: EngineRequest): Promise<EngineReply> {
  const result = await session.queryAsync(request.query, { format: request.defaultFormat })
  return { chunks: once(result.bytes()), ...NOTHING_WRITTEN }
}

/** Waits for the first chunk, so that a failing query still gets a status line of its own. */
async function firstChunkOf(session: Session, request: EngineRequest): Promise<EngineReply> {
  const stream = session.queryStream(request.query, { format: request.defaultFormat })
  const chunks = stream[Symbol.asyncIterator]()
  const first = await chunks.next()
  if (!first.done && !ROW_FORMATS.has(formatOf(request))) {
    const second = await chunks.next()
    await chunks.return?.()
    return second.done
      ? { chunks: once(first.value.raw()), ...NOTHING_WRITTEN }
      : inOnePiece(session, request)
  }
  return { chunks: rest(first, chunks), ...NOTHING_WRITTEN }
}

async function* rest(
  first: IteratorResult<StreamChunk>,
  chunks: AsyncIterator<StreamChunk>,
): AsyncGenerator<Uint8Array> {
  try {
    for (let next = first; !next.done; next = await chunks.next()) yield next.value.raw()
  } finally {
    await chunks.return?.()
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  await Promise.resolve()
  if (bytes.length > 0) yield bytes
}

async function insertRows(session: Session, { query }: EngineRequest, values: Buffer): Promise<EngineReply> {
  const [, table = '', columns, format = ''] = INSERT.exec(query) ?? []
  if (table === '')
    throw new ClickHouseError(48, 'The embedded engine does not take this insert', 'NOT_IMPLEMENTED')
  if (values.length === 0) return { chunks: once(values), ...NOTHING_WRITTEN }
  const names = columns?.split(',').map((name) => name.replaceAll('`', '').trim())
  const summary = await session.insert({
    table: table.replaceAll('`', ''),
    // The engine's own list decides which formats exist; an unknown one is its error to raise.
    format: format as RawInsertFormat,
    values,
    ...(names ? { columns: names } : {}),
  })
  return {
    chunks: once(new Uint8Array()),
    writtenRows: summary.rowsWritten,
    writtenBytes: summary.bytesWritten,
  }
}

import { pino } from 'pino'
import type { DestinationStream } from 'pino'
import type { ProcessKind } from './config.ts'

/**
 * The only fields a log line may carry (M2): ids, names from closed sets, codes and numbers.
 * There is none for a name, a contact, a token, a code, an answer or a free text, and a field that is not here
 * is left out, so that nothing personal can be logged by accident.
 */
const shapes = {
  requestId: 'word',
  traceId: 'word',
  tenantId: 'word',
  verificationId: 'word',
  personId: 'word',
  staffId: 'word',
  grantId: 'word',
  deliveryId: 'word',
  eventId: 'word',
  workflowId: 'word',
  workflowType: 'word',
  runId: 'word',
  activity: 'word',
  taskQueue: 'word',
  surface: 'word',
  route: 'word',
  method: 'word',
  refusal: 'word',
  code: 'word',
  reason: 'word',
  part: 'word',
  directory: 'word',
  address: 'word',
  state: 'word',
  signal: 'word',
  migration: 'word',
  report: 'word',
  version: 'word',
  hash: 'word',
  keyId: 'word',
  signature: 'word',
  signedAt: 'word',
  seq: 'number',
  status: 'number',
  attempt: 'number',
  count: 'number',
  bytes: 'number',
  port: 'number',
  durationMs: 'number',
  lagMs: 'number',
  ok: 'boolean',
} as const satisfies Record<string, 'word' | 'number' | 'boolean'>

interface TypeOf {
  word: string
  number: number
  boolean: boolean
}

/** Fields of one line. `error` is reduced to its kind and place; its message is never written. */
export type LogFields = { readonly [K in keyof typeof shapes]?: TypeOf[(typeof shapes)[K]] | undefined } & {
  readonly error?: unknown
}

/** Writes one JSON line a call. `message` is a constant sentence; whatever varies goes into `fields`. */
export interface Logger {
  debug(message: string, fields?: LogFields): void
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
  /** A logger whose lines all carry `fields`. */
  child(fields: LogFields): Logger
}

const withheld = '[withheld]'
const longestMessage = 200

/**
 * Words are ids, codes and addresses of ours: no spaces, no `@`, no `+`. A run of six digits or more alone could be
 * a match code or a phone number and is withheld.
 */
function word(value: string): string {
  return /^[\w.:/#-]{1,160}$/.test(value) && !/^\d{6,}$/.test(value) ? value : withheld
}

/** Name, code and place of an error. Messages and causes may quote input, so they stay out. */
function describeError(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && typeof error.code === 'string' ? { errorCode: word(error.code) } : {}
  const places = (error.stack ?? '')
    .split('\n')
    .map((line) => /^\s+at .*?([\w.-]+\.[cm]?[jt]sx?:\d+:\d+)\)?$/.exec(line)?.[1])
    .filter((place) => place !== undefined)
    .slice(0, 6)
  return { error: word(error.name), ...code, ...(places.length > 0 ? { at: places.join(' < ') } : {}) }
}

function allowed(fields: LogFields): Record<string, string | number | boolean> {
  const line: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(fields)) {
    const shape: string | undefined = Object.hasOwn(shapes, name)
      ? shapes[name as keyof typeof shapes]
      : undefined
    if (shape === undefined || typeof value !== (shape === 'word' ? 'string' : shape)) continue
    line[name] = typeof value === 'string' ? word(value) : (value as number | boolean)
  }
  return fields.error === undefined ? line : { ...line, ...describeError(fields.error) }
}

function wrap(sink: pino.Logger): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (message: string, fields: LogFields = {}) => {
      sink[level](allowed(fields), message.slice(0, longestMessage))
    }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (fields) => wrap(sink.child(allowed(fields))),
  }
}

/**
 * The logger of a process. Lines go to standard output, or to `destination` in tests.
 * @param options.level `silent` writes nothing
 */
export function createLogger(options: {
  readonly process: ProcessKind
  readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  readonly destination?: DestinationStream
}): Logger {
  const sink = pino(
    {
      level: options.level,
      base: { process: options.process },
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    // Synchronous, so that the line that explains an exit is never lost in a buffer.
    options.destination ?? pino.destination({ fd: 1, sync: true }),
  )
  return wrap(sink)
}

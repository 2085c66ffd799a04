import { z } from 'zod'

const Word = z.string().max(80)
const number = (largest: number) => z.int().min(0).max(largest).nullable()

/** Kinds of fields: the column's type, what it holds, and its value where an event does not say. */
const kinds = {
  /** One of a few words */
  word: { column: 'LowCardinality(String)', schema: Word, unsaid: '' },
  id: { column: 'String', schema: Word, unsaid: '' },
  codes: { column: 'Array(LowCardinality(String))', schema: z.array(Word), unsaid: [] as string[] },
  /** A score from 0 to 10, in tenths */
  tenths: { column: 'Nullable(UInt8)', schema: number(100), unsaid: null },
  // A larger number would wrap round in its column.
  uint8: { column: 'Nullable(UInt8)', schema: number(255), unsaid: null },
  uint16: { column: 'Nullable(UInt16)', schema: number(65_535), unsaid: null },
  uint32: { column: 'Nullable(UInt32)', schema: number(4_294_967_295), unsaid: null },
  flag: { column: 'Nullable(Bool)', schema: z.boolean().nullable(), unsaid: null },
} as const

/**
 * The fields that analytics keep of an event beside its head, by their name in the payload
 * (domain/events/analytics.ts). The column has the same name in snake case. A new field is one line here; the next
 * migration adds its column.
 */
const fields = {
  actorKind: 'word',
  actorId: 'id',
  pseudonym: 'id',
  purpose: 'word',
  tier: 'word',
  channel: 'word',
  referrerKind: 'word',
  referrerId: 'id',
  outcome: 'word',
  decision: 'word',
  recommendation: 'word',
  band: 'word',
  route: 'word',
  family: 'word',
  verdict: 'word',
  status: 'word',
  rating: 'word',
  label: 'word',
  reasons: 'codes',
  riskTenths: 'tenths',
  decideTenths: 'tenths',
  correct: 'uint8',
  partial: 'uint8',
  incorrect: 'uint8',
  invalid: 'uint8',
  skipped: 'uint8',
  position: 'uint8',
  ordinal: 'uint16',
  tries: 'uint16',
  secondsTenths: 'uint32',
  extensions: 'uint16',
  accepted: 'flag',
  timedOut: 'flag',
  tooFew: 'flag',
  scannerLike: 'flag',
} as const satisfies Record<string, keyof typeof kinds>

type Fields = typeof fields
type Name = keyof Fields
type SchemaOf<N extends Name> = (typeof kinds)[Fields[N]]['schema']
type Snake<S extends string> = S extends `${infer Head}${infer Rest}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${Snake<Rest>}`
  : ''

const names = Object.keys(fields) as Name[]
const columnOf = (name: Name): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Fields as a payload says them. What is missing or odd counts as not said: it must not hold up all that follow. */
export const payloadShape = Object.fromEntries(
  names.map((name) => [name, (kinds[fields[name]].schema as z.ZodType).catch(kinds[fields[name]].unsaid)]),
) as { [N in Name]: z.ZodCatch<SchemaOf<N>> }

/** Fields as their columns hold them. */
export const columnShape = Object.fromEntries(
  names.map((name) => [columnOf(name), kinds[fields[name]].schema]),
) as { [N in Name as Snake<N>]: SchemaOf<N> }

/** Columns with their types, as ClickHouse declares them. */
export const columnTypes: readonly string[] = names.map(
  (name) => `${columnOf(name)} ${kinds[fields[name]].column}`,
)

/** The columns of a payload's fields. */
export const columnsOf = (
  said: z.infer<z.ZodObject<typeof payloadShape>>,
): z.infer<z.ZodObject<typeof columnShape>> =>
  Object.fromEntries(names.map((name) => [columnOf(name), said[name]])) as z.infer<
    z.ZodObject<typeof columnShape>
  >

/** Where newer data come from: a file of the operator's, or one source named at the command line. */
import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { feedKinds } from '../feeds.ts'
import { listVendors } from './products.ts'

/** The kinds of files that `data refresh` takes. */
export const sourceKinds = [
  'asn4',
  'asn6',
  'asn',
  'country',
  'country2',
  'classes',
  'browsers',
  ...feedKinds,
  ...listVendors,
] as const

const Source = z.strictObject({
  kind: z.enum(sourceKinds, `must be one of ${sourceKinds.join(', ')}`),
  /** Tells lists of one kind apart; one may be fetched under several names */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and dashes')
    .default('list'),
  /** A path, or an https address */
  from: z.string().min(1).max(2_000),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
    .optional(),
  /** Date of the content; absent: as the file or its name says */
  asOf: z.iso.date('must be a date like 2026-11-20').optional(),
  licence: z.string().min(1).max(80).optional(),
})

/** One file to take. */
export type Source = z.output<typeof Source>

const SourceFile = z.strictObject({
  /** The worker refreshes this often */
  everyHours: z.int().min(1).max(720).default(24),
  sources: z.array(Source).min(1, 'names no source').max(40),
})

/** The operator's file of sources. */
export type SourceFile = z.output<typeof SourceFile>

/** Reads the operator's file. @throws with one sentence that names the field */
export function readSourceFile(path: string): SourceFile {
  if (!existsSync(path)) throw new Error(`${path} does not exist: DATA_SOURCES names the file of sources`)
  return parsed(SourceFile, jsonOf(path), path)
}

/** Reads `kind=place` of the command line. @throws with one sentence */
export function readSourceArgument(text: string): Source {
  const [kind = '', ...rest] = text.split('=')
  if (rest.length === 0) throw new Error(`"${text}" is not kind=path or kind=https://…`)
  return parsed(Source, { kind, from: rest.join('=') }, `"${text}"`)
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new Error(`${path} is not JSON`, { cause: error })
  }
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  const field = issue?.path.join('.') ?? ''
  throw new Error(`${where}: ${field}${field === '' ? '' : ' '}${issue?.message ?? 'cannot be used'}`)
}

/** `audit`: whether the chains of the audit are whole, and a copy of one to keep elsewhere (G4, G5). */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { HeadForged, readHeads, type HeadsByTenant } from '#services/audit/heads.ts'
import { chainOf, checkChain } from '#services/audit/check.ts'
import type { Environment } from '#platform/process/config.ts'
import {
  chainStart,
  readHead,
  watchChain,
  type AuditEntry,
  type ChainBreak,
  type ChainHead,
} from '#platform/database/audit.ts'
import { tenantIds } from '#services/housekeeping/housekeeping.ts'
import { readTenant } from '#services/tenants/tenants.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { loadKeys, type KeyRing } from '#platform/crypto/keys.ts'
import { CommandError, UsageError, type Command } from './command.ts'
import { withDatabase, withTenant } from './tenant.ts'

const usage =
  'audit verify [--tenant NAME] [--from FILE] [--heads FILE] | audit export --to FILE [--tenant NAME]'

const options = {
  tenant: { type: 'string' },
  from: { type: 'string' },
  heads: { type: 'string' },
  to: { type: 'string' },
} as const

type Given = { readonly [K in keyof typeof options]?: string | undefined }

/** @throws UsageError */
const read = (args: readonly string[]): { verb: string | undefined; given: Given } => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: true,
    })
    if (positionals.length !== 1) throw new UsageError(`Say it so: ${usage}`)
    return { verb: positionals[0], given: values }
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`Say it so: ${usage}`)
  }
}

/** The keys of either process: both hold the public half that signatures are checked with. */
const keysOf = (env: Environment): KeyRing => {
  const file = env['KEY_FILE']
  if (!file)
    throw new UsageError(
      'KEY_FILE is missing: signatures are checked with the key file of the API or the worker.',
    )
  try {
    return loadKeys(file, 'api')
  } catch {
    return loadKeys(file, 'worker')
  }
}

const headsOf = async (given: Given, env: Environment): Promise<HeadsByTenant | null> => {
  const file = given.heads ?? (env['AUDIT_HEAD_FILE'] || undefined)
  return file === undefined ? null : readHeads(file, keysOf(env))
}

const problems: Readonly<Record<ChainBreak['problem'], string>> = {
  other_tenant: 'it belongs to another organisation',
  gap_or_order: 'an entry is missing, twice or out of order',
  link_broken: 'it does not follow the entry before it',
  payload_changed: 'its content was changed',
  entry_changed: 'it is not the entry that was written, or that was signed as the last one',
  time_goes_back: 'its time is before that of the entry before it',
  tail_missing: 'it and what follows are missing',
  beginning_missing: 'the beginning is missing, and no signed head ends where this chain begins',
}

type Found =
  { readonly ok: true; readonly value: ChainHead } | { readonly ok: false; readonly error: ChainBreak }

const lineOf = (slug: string, found: Found): string =>
  found.ok
    ? `${slug}: whole, ${String(found.value.seq)} entries, last hash ${found.value.hash}`
    : `${slug}: BROKEN at entry ${String(found.error.seq)}: ${problems[found.error.problem]} (${found.error.problem})`

/** @throws CommandError with all lines where one chain is broken */
const told = (lines: readonly string[], isWhole: boolean, heads: HeadsByTenant | null): string => {
  const note =
    heads === null
      ? [
          'Compared with the database alone: whoever owns it can cut all of it alike. Name the file of signed heads with --heads.',
        ]
      : []
  const text = [...lines, ...note].join('\n')
  if (!isWhole) throw new CommandError(text)
  return text
}

const verifyDatabase = (given: Given, env: Environment, heads: HeadsByTenant | null): Promise<string> =>
  withDatabase(env, async (db) => {
    const lines: string[] = []
    const known: string[] = []
    let isWhole = true
    for (const id of await tenantIds(db)) {
      const slug = (await inTenant(db, id, readTenant))?.slug ?? id
      known.push(slug)
      if (given.tenant !== undefined && given.tenant !== slug) continue
      const found = await checkChain(db, id, heads?.get(id))
      isWhole &&= found.ok
      lines.push(lineOf(slug, found))
    }
    if (lines.length === 0 && given.tenant !== undefined)
      throw new UsageError(`There is no tenant "${given.tenant}"; there are ${known.join(', ')}.`)
    return told(lines, isWhole, heads)
  })

const hash = z.string().regex(/^[0-9a-f]{64}$/)
/** Entries are checked by their hashes; only their form is looked at here. */
const Line = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('export'),
    version: z.literal(1),
    tenantId: z.string(),
    slug: z.string(),
  }),
  z.strictObject({ kind: z.literal('checkpoint'), seq: z.int(), hash }),
  z.strictObject({ kind: z.literal('end'), seq: z.int(), hash }),
  z.looseObject({ kind: z.literal('entry'), seq: z.int(), hash, prevHash: hash, payload: z.string() }),
])
type Line = z.infer<typeof Line>

const parsed = (text: string, number: number): Line => {
  try {
    return Line.parse(JSON.parse(text))
  } catch {
    throw new CommandError(`Line ${String(number)} is no line of an export of the audit.`)
  }
}

async function* linesOf(file: string): AsyncGenerator<Line> {
  let number = 0
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1
    if (text !== '') yield parsed(text, number)
  }
}

/**
 * The place up to which an export was read, and the first place at which a mark of its own says that something is
 * missing.
 */
type Reached = { readonly at: ChainHead; readonly hasEnded: boolean; readonly cutAt: number | undefined }

const beyond = (reached: Reached, line: Exclude<Line, { kind: 'export' }>): Reached => {
  if (line.kind === 'entry') return { ...reached, at: { seq: line.seq, hash: line.hash } }
  const isThere = line.seq === reached.at.seq && line.hash === reached.at.hash
  return {
    at: reached.at,
    hasEnded: reached.hasEnded || line.kind === 'end',
    cutAt: reached.cutAt ?? (isThere ? undefined : reached.at.seq + 1),
  }
}

/** Where something is missing by the marks of an export; one without an end was cut where it stops. */
const cutOf = ({ at, hasEnded, cutAt }: Reached): number | undefined =>
  cutAt ?? (hasEnded ? undefined : at.seq + 1)

/** The entries after the first line of an export, against its own checkpoints and its end. @throws CommandError */
const chainOfFile = async (
  lines: AsyncGenerator<Line>,
  { tenantId }: Extract<Line, { kind: 'export' }>,
  heads: HeadsByTenant | null,
): Promise<Found> => {
  const watch = watchChain({ tenantId, heads: heads?.get(tenantId) ?? new Map() })
  let reached: Reached = { at: chainStart, hasEnded: false, cutAt: undefined }
  for await (const line of lines) {
    if (line.kind === 'export') throw notAnExport()
    if (line.kind === 'entry' && watch.take(line as unknown as AuditEntry) !== undefined) break
    reached = beyond(reached, line)
  }
  const chain = watch.end()
  const cutAt = cutOf(reached)
  return chain.ok && cutAt !== undefined
    ? { ok: false, error: { seq: cutAt, problem: 'tail_missing' } }
    : chain
}

const notAnExport = (): CommandError =>
  new CommandError('This file is not one export of the audit: its first line, and only that, says which.')

/** An export: its entries, its checkpoints, and that it was not cut. @throws CommandError */
const verifyFile = async (file: string, given: Given, heads: HeadsByTenant | null): Promise<string> => {
  const lines = linesOf(file)
  const first = await lines.next()
  if (first.done === true || first.value.kind !== 'export') throw notAnExport()
  const { slug } = first.value
  if (given.tenant !== undefined && given.tenant !== slug)
    throw new UsageError(`This export is of ${slug}, not of ${given.tenant}.`)
  const found = await chainOfFile(lines, first.value, heads)
  return told([lineOf(slug, found)], found.ok, heads)
}

const verify = async (given: Given, env: Environment): Promise<string> => {
  try {
    const heads = await headsOf(given, env)
    return await (given.from === undefined
      ? verifyDatabase(given, env, heads)
      : verifyFile(given.from, given, heads))
  } catch (error) {
    if (error instanceof HeadForged) throw new CommandError(error.message)
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new UsageError('A file that was named is not there.')
    throw error
  }
}

const checkpointEvery = 1000

/** Writes one chain as lines of JSON, a piece in memory at a time, and says where it ends. */
const exportChain = (given: Given, env: Environment): Promise<string> => {
  const { to } = given
  if (to === undefined) throw new UsageError(`Say where: ${usage}`)
  return withTenant(env, given.tenant, async ({ db, tenantId, slug }) => {
    const head = await inTenant(db, tenantId, readHead)
    const file = await open(to, 'wx', 0o600).catch(() => {
      throw new CommandError(`${to} cannot be made: a file of that name is there, or its folder is not.`)
    })
    try {
      const write = (line: object) => file.write(`${JSON.stringify(line)}\n`)
      await write({ kind: 'export', version: 1, tenantId, slug })
      let last: ChainHead = chainStart
      for await (const entry of chainOf(db, tenantId)) {
        if (entry.seq > head.seq) break
        await write({ kind: 'entry', ...entry })
        last = { seq: entry.seq, hash: entry.hash }
        if (entry.seq % checkpointEvery === 0) await write({ kind: 'checkpoint', ...last })
      }
      await write({ kind: 'end', ...last })
      await file.sync()
      return `${String(last.seq)} entries of ${slug} are in ${to}.`
    } finally {
      await file.close()
    }
  })
}

export const auditCommand: Command = {
  demoLogin: 'api',
  usage: `${usage}: whether the audit is whole (0 whole, 1 broken, 2 not understood); a copy of it`,
  run: async (args, env) => {
    const { verb, given } = read(args)
    if (verb === 'verify') return verify(given, env)
    if (verb === 'export') return exportChain(given, env)
    throw new UsageError(`Say it so: ${usage}`)
  },
}

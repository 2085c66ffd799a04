/** Reading the audit chain, and checking it without trusting the database (security.md G2, G5). */
import { createHash } from 'node:crypto'
import { err, ok, type Result } from '#domain/result.ts'
import type { Tx } from './transaction.ts'

/**
 * One entry as it is exported. Times and payload are texts exactly as they were hashed (see
 * `migrations/0007-audit-chain.ts` for the form); digests are hexadecimal.
 */
export type AuditEntry = {
  readonly tenantId: string
  readonly seq: number
  readonly createdAt: string
  readonly eventId: string
  readonly type: string
  readonly version: number
  readonly actorKind: string
  readonly actorId: string
  readonly actorName: string | null
  readonly objectKind: string
  readonly objectId: string
  readonly occurredAt: string
  readonly payload: string
  readonly payloadHash: string
  readonly prevHash: string
  readonly hash: string
}

/** Where a chain stands: its last number and hash. */
export type ChainHead = { readonly seq: number; readonly hash: string }

/** The head before the first entry. */
export const chainStart: ChainHead = { seq: 0, hash: '00'.repeat(32) }

/** What is wrong with the first bad entry. */
export type ChainProblem =
  | 'other_tenant'
  | 'gap_or_order'
  | 'link_broken'
  | 'payload_changed'
  | 'entry_changed'
  | 'time_goes_back'
  | 'tail_missing'

/** The number at which a chain is broken, and how. */
export type ChainBreak = { readonly seq: number; readonly problem: ChainProblem }

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

const framed = (value: string | Buffer | null): Buffer => {
  if (value === null) return Buffer.from('ffffffff', 'hex')
  const bytes = Buffer.from(value as string)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

/** The canonical bytes of an entry, version 1. */
export const canonicalEntry = (entry: AuditEntry): Buffer =>
  Buffer.concat(
    [
      'countersign.audit.v1',
      entry.tenantId,
      String(entry.seq),
      entry.createdAt,
      entry.eventId,
      entry.type,
      String(entry.version),
      entry.actorKind,
      entry.actorId,
      entry.actorName,
      entry.objectKind,
      entry.objectId,
      entry.occurredAt,
      Buffer.from(entry.payloadHash, 'hex'),
      Buffer.from(entry.prevHash, 'hex'),
    ].map(framed),
  )

/** What is wrong with an entry that should follow `before`, made at `notBefore` or later. */
const problemOf = (
  entry: AuditEntry,
  first: AuditEntry,
  before: ChainHead,
  notBefore: string,
): ChainProblem | undefined => {
  if (entry.tenantId !== first.tenantId) return 'other_tenant'
  if (entry.seq !== before.seq + 1) return 'gap_or_order'
  if (entry.prevHash !== before.hash) return 'link_broken'
  if (sha256(Buffer.from(entry.payload)) !== entry.payloadHash) return 'payload_changed'
  if (sha256(canonicalEntry(entry)) !== entry.hash) return 'entry_changed'
  // Fixed-width UTC texts: their order is the order of the times (G9).
  return entry.createdAt < notBefore ? 'time_goes_back' : undefined
}

/**
 * Checks entries of one tenant in the order given: complete, in order, unchanged, linked to each other.
 * @param ends `after`: the trusted head they begin behind (the start of the chain when absent); `head`: the trusted head they
 *   must reach, without which a tail that was cut off cannot be noticed
 * @returns the head reached, or the first break
 */
export function verifyChain(
  entries: readonly AuditEntry[],
  ends: { readonly after?: ChainHead; readonly head?: ChainHead } = {},
): Result<ChainHead, ChainBreak> {
  let before = ends.after ?? chainStart
  let notBefore = ''
  for (const entry of entries) {
    const problem = problemOf(entry, entries[0] ?? entry, before, notBefore)
    if (problem !== undefined) return err({ seq: entry.seq, problem })
    before = { seq: entry.seq, hash: entry.hash }
    notBefore = entry.createdAt
  }
  const missed = ends.head === undefined ? undefined : missedHead(entries, before, ends.head)
  return missed === undefined ? ok(before) : err(missed)
}

/** How the entries, which reached `reached`, fail to contain a trusted head. */
const missedHead = (
  entries: readonly AuditEntry[],
  reached: ChainHead,
  head: ChainHead,
): ChainBreak | undefined => {
  if (reached.seq < head.seq) return { seq: reached.seq + 1, problem: 'tail_missing' }
  const found = reached.seq === head.seq ? reached : entries.find((entry) => entry.seq === head.seq)
  // Long enough, but another chain: from some entry on, everything was replaced.
  return found?.hash === head.hash ? undefined : { seq: head.seq, problem: 'entry_changed' }
}

const columns = `
  tenant_id as "tenantId", seq, audit_time(created_at) as "createdAt", event_id as "eventId", type, version,
  actor_kind as "actorKind", actor_id as "actorId", actor_name as "actorName", object_kind as "objectKind",
  object_id as "objectId", audit_time(occurred_at) as "occurredAt", payload::text as payload,
  encode(payload_hash, 'hex') as "payloadHash", encode(prev_hash, 'hex') as "prevHash", encode(hash, 'hex') as hash`

/** Entries of the transaction's tenant after a number, in order, at most `limit`. */
export const readChain = (tx: Tx, afterSeq: number, limit: number): Promise<AuditEntry[]> =>
  tx.query<AuditEntry>(
    `select ${columns} from audit where tenant_id = $1 and seq > $2 order by seq limit $3`,
    [tx.tenantId, afterSeq, limit],
  )

/** Where the tenant's chain stands according to the database itself. */
export const readHead = async (tx: Tx): Promise<ChainHead> =>
  (await tx.one<ChainHead>(`select seq, encode(hash, 'hex') as hash from audit_heads where tenant_id = $1`, [
    tx.tenantId,
  ])) ?? chainStart

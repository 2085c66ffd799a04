/** Reading the audit chain, and checking it without trusting the database (G2, G5). */
import { createHash } from 'node:crypto'
import { err, ok, type Result } from '#domain/result.ts'
import type { Tx } from './transaction.ts'

/**
 * One entry as it is exported. Times and payload are texts exactly as they were hashed (see
 * `schema/functions/audit.sql` for the form); digests are hexadecimal.
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

/** The head of a chain: its last number and hash. */
export type ChainHead = { readonly seq: number; readonly hash: string }

/** The head before the first entry. */
export const chainStart: ChainHead = { seq: 0, hash: '00'.repeat(32) }

/** The fault of the first bad entry. */
export type ChainProblem =
  | 'other_tenant'
  | 'gap_or_order'
  | 'link_broken'
  | 'payload_changed'
  | 'entry_changed'
  | 'time_goes_back'
  | 'tail_missing'
  | 'beginning_missing'

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

/** The fault of an entry of a tenant that should follow `before`, made at `notBefore` or later. */
const problemOf = (
  entry: AuditEntry,
  tenantId: string,
  before: ChainHead,
  notBefore: string,
): ChainProblem | undefined => {
  if (entry.tenantId !== tenantId) return 'other_tenant'
  if (entry.seq !== before.seq + 1) return 'gap_or_order'
  if (entry.prevHash !== before.hash) return 'link_broken'
  if (sha256(Buffer.from(entry.payload)) !== entry.payloadHash) return 'payload_changed'
  if (sha256(canonicalEntry(entry)) !== entry.hash) return 'entry_changed'
  // Fixed-width UTC texts: their order is the order of the times (G9).
  return entry.createdAt < notBefore ? 'time_goes_back' : undefined
}

/** Hashes that are known from elsewhere, by number: each must be in the chain, whatever the database says now. */
export type TrustedHeads = ReadonlyMap<number, string>

/** The place where a chain begins, and what it must contain. */
export type ChainEnds = {
  /** The organisation; that of the first entry when absent */
  readonly tenantId?: string
  /** The trusted head that the entries begin behind; absent: the start, or a trusted head just before the first entry */
  readonly after?: ChainHead
  readonly heads?: TrustedHeads
}

/** Checks a chain entry by entry, so that a long one is never in memory. */
export type ChainWatch = {
  /** The break that this entry shows, if it does; after one nothing more is looked at. */
  take(entry: AuditEntry): ChainBreak | undefined
  /** The head reached, or the first break; heads that were not reached are a missing tail. */
  end(): Result<ChainHead, ChainBreak>
}

/** Begins to check the entries of one tenant, in the order given: complete, in order, unchanged, linked to each other. */
export const watchChain = ({ tenantId, after, heads = new Map() }: ChainEnds = {}): ChainWatch => {
  let before = after
  let owner = tenantId
  let notBefore = ''
  let broken: ChainBreak | undefined
  const look = (entry: AuditEntry): ChainBreak | undefined => {
    owner ??= entry.tenantId
    // Months that were exported and dropped: a head that was signed for their last entry vouches for the beginning.
    before ??= beginningOf(entry, heads)
    if (before === undefined) return { seq: 1, problem: 'beginning_missing' }
    const problem = problemOf(entry, owner, before, notBefore)
    if (problem !== undefined) return { seq: entry.seq, problem }
    before = { seq: entry.seq, hash: entry.hash }
    notBefore = entry.createdAt
    // In itself it may be whole, and yet another chain than the one that was signed.
    return (heads.get(entry.seq) ?? entry.hash) === entry.hash
      ? undefined
      : { seq: entry.seq, problem: 'entry_changed' }
  }
  return {
    take: (entry) => (broken ??= look(entry)),
    end: () => {
      if (broken !== undefined) return err(broken)
      const reached = before ?? chainStart
      const last = Math.max(0, ...heads.keys())
      return last > reached.seq ? err({ seq: reached.seq + 1, problem: 'tail_missing' }) : ok(reached)
    },
  }
}

const beginningOf = ({ seq }: AuditEntry, heads: TrustedHeads): ChainHead | undefined => {
  if (seq <= 1) return chainStart
  const hash = heads.get(seq - 1)
  return hash === undefined ? undefined : { seq: seq - 1, hash }
}

/**
 * Checks entries that are at hand, in the order given. `head`: the trusted head that they must reach, without which a tail
 * that was cut off cannot be noticed.
 * @returns the head reached, or the first break
 */
export const verifyChain = (
  entries: readonly AuditEntry[],
  { after, head }: { readonly after?: ChainHead; readonly head?: ChainHead } = {},
): Result<ChainHead, ChainBreak> => {
  const watch = watchChain({
    ...(after === undefined ? {} : { after }),
    ...(head === undefined ? {} : { heads: new Map([[head.seq, head.hash]]) }),
  })
  for (const entry of entries) watch.take(entry)
  return watch.end()
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

/** The head of the tenant's chain according to the database itself. */
export const readHead = async (tx: Tx): Promise<ChainHead> =>
  (await tx.one<ChainHead>(`select seq, encode(hash, 'hex') as hash from audit_heads where tenant_id = $1`, [
    tx.tenantId,
  ])) ?? chainStart

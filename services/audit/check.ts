/** Checks the audit chain of a tenant in the database, piece by piece. */
import { err, type Result } from '#domain/result.ts'
import {
  readChain,
  readHead,
  watchChain,
  type AuditEntry,
  type ChainBreak,
  type ChainHead,
  type TrustedHeads,
} from '#platform/database/audit.ts'
import type { Db } from '#platform/database/connect.ts'
import { inTenant } from '#platform/database/transaction.ts'

const pieceSize = 1000

/** The entries of a tenant in order, a piece in memory at a time; each piece is read in a transaction of its own. */
export async function* chainOf(db: Db, tenantId: string): AsyncGenerator<AuditEntry> {
  let after = 0
  for (;;) {
    const from = after
    const piece = await inTenant(db, tenantId, (tx) => readChain(tx, from, pieceSize))
    yield* piece
    const last = piece.at(-1)
    if (last === undefined || piece.length < pieceSize) return
    after = last.seq
  }
}

/**
 * Checks a tenant's chain: each entry as it was hashed and in its place, up to the head of which the database itself
 * says that it is the last, with every head that was signed.
 */
export const checkChain = async (
  db: Db,
  tenantId: string,
  heads: TrustedHeads = new Map(),
): Promise<Result<ChainHead, ChainBreak>> => {
  const own = await inTenant(db, tenantId, readHead)
  const watch = watchChain({ tenantId, heads })
  let isOwnSeen = own.seq === 0
  for await (const entry of chainOf(db, tenantId)) {
    if (watch.take(entry) !== undefined) break
    isOwnSeen ||= entry.seq === own.seq
  }
  const found = watch.end()
  return found.ok && !isOwnSeen ? err({ seq: found.value.seq + 1, problem: 'tail_missing' }) : found
}

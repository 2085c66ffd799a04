/** Computes stored scores again under the policies they were computed by. Reads in short transactions and changes nothing. */
import type { Policy } from '#domain/policy/policy.ts'
import { scoreDifferences, type ScoreDifference } from '#domain/risk/recompute.ts'
import type { Db } from '#platform/database/connect.ts'
import { readPolicy } from '../policy/policies.ts'
import { scoringsOf, scoringsPage, type ScoringPlace, type ScoringRow } from './scorings.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'

/** A scoring that does not come out as it was stored. */
export type Recomputed = {
  readonly verificationId: string
  readonly ordinal: number
  readonly differences: readonly ScoreDifference[]
}

/** The number of scorings that were looked at, and those that differ: the first hundred, and their number. */
export type Recomputation = {
  readonly scorings: number
  readonly differing: number
  readonly examples: readonly Recomputed[]
}

const pageSize = 200
const mostExamples = 100

/** All stored scorings of a tenant, or those of one case. */
export const recomputeScores = async (
  db: Db,
  tenantId: string,
  verificationId: string | null = null,
): Promise<Recomputation> => {
  const policies = new Map<number, Policy>()
  const examples: Recomputed[] = []
  let scorings = 0
  let differing = 0
  for await (const page of pagesOf(db, tenantId, verificationId)) {
    const found = await inTenant(db, tenantId, (tx) => differingIn(tx, page, policies))
    scorings += page.length
    differing += found.length
    examples.push(...found.slice(0, mostExamples - examples.length))
  }
  return { scorings, differing, examples }
}

const pagesOf = async function* (
  db: Db,
  tenantId: string,
  verificationId: string | null,
): AsyncGenerator<readonly ScoringRow[]> {
  if (verificationId !== null) {
    yield await inTenant(db, tenantId, (tx) => scoringsOf(tx, verificationId))
    return
  }
  let after: ScoringPlace | null = null
  for (;;) {
    const from: ScoringPlace | null = after
    const page: readonly ScoringRow[] = await inTenant(db, tenantId, (tx) => scoringsPage(tx, from, pageSize))
    yield page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last
  }
}

const differingIn = async (
  tx: Tx,
  page: readonly ScoringRow[],
  policies: Map<number, Policy>,
): Promise<readonly Recomputed[]> => {
  const found: Recomputed[] = []
  for (const row of page) {
    const policy = policies.get(row.policyVersion) ?? (await readPolicy(tx, row.policyVersion))
    policies.set(row.policyVersion, policy)
    const differences = scoreDifferences(row, policy.score)
    const { verificationId, ordinal } = row
    if (differences.length > 0) found.push({ verificationId, ordinal, differences })
  }
  return found
}

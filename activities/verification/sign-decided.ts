/** The worker's signature of an approval, and whether the row that is there is the one that was signed (G8, T11). */
import { ApplicationFailure } from '@temporalio/common'
import { isDecisionGenuine, signDecision, type DecisionFields } from '#platform/crypto/signed-records.ts'
import { readDecidedCase, type DecidedCase } from '#services/actions/actions.ts'
import { readScoring, type Scoring } from '#services/risk/scorings.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { WorkerSignature } from '#platform/crypto/worker-signature.ts'

/** The approvers: staff, the first one first, or the policy itself. */
export const approversOf = ({
  decidedById,
  secondBy,
}: Pick<DecidedCase, 'decidedById' | 'secondBy'>): string[] =>
  [decidedById, secondBy].filter((id) => id !== null)

type Signed = Pick<DecisionFields, 'verificationId' | 'personId' | 'purpose' | 'tier' | 'policyVersion'>

/** Signs an approval of what was scored last. @throws when nothing was scored: nobody can have approved */
export const signDecided = async (
  keys: KeyRing,
  tx: Tx,
  { verificationId, personId, purpose, tier, policyVersion }: Signed,
  { approvers, decidedAt, sessionId }: Pick<DecisionFields, 'approvers' | 'decidedAt' | 'sessionId'>,
): Promise<WorkerSignature & Pick<DecisionFields, 'sessionId'>> => {
  const [scoring, row] = await Promise.all([
    readScoring(tx, verificationId),
    readDecidedCase(tx, verificationId),
  ])
  if (scoring === undefined || row === undefined)
    throw ApplicationFailure.nonRetryable('an approval of a case that was not scored', 'evidence_missing')
  const { privilegeFound } = row
  const evidenceDigest = scoring.evidenceDigest.toString('hex')
  const about = { tenantId: tx.tenantId, verificationId, personId, purpose, tier, policyVersion }
  const said = { approvers, privilegeFound, evidenceDigest, decidedAt, sessionId }
  return { ...signDecision(keys, { ...about, ...said }), sessionId }
}

/** True if the stored decision is the one that the worker signed, on this evidence. */
export const isAsSigned = (
  keys: KeyRing,
  tenantId: string,
  decided: DecidedCase,
  { evidenceDigest }: Scoring,
): boolean => {
  const { keyId, signature, decidedAt, verificationId, personId, purpose, tier, policyVersion } = decided
  if (keyId === null || signature === null || decidedAt === null) return false
  const { privilegeFound, sessionId } = decided
  const about = { tenantId, verificationId, personId, purpose, tier, policyVersion, privilegeFound }
  const said = { approvers: approversOf(decided), decidedAt: decidedAt.toISOString(), sessionId }
  return isDecisionGenuine(
    keys,
    { ...about, ...said, evidenceDigest: evidenceDigest.toString('hex') },
    { keyId, signature },
  )
}

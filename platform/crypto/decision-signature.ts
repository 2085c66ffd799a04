/** Decisions as the worker signs them: a row that was set to approved by hand counts for nothing (G8, T11). */
import type { KeyRing } from './keys.ts'
import { lengthPrefixed, type GrantSignature } from './sealing.ts'
import { isSignedByWorker, signAsWorker } from './worker-signature.ts'

/** What is signed of an approval that stands. The digest is hexadecimal, the time ISO 8601 UTC. */
export type DecisionFields = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly purpose: string
  readonly tier: string
  readonly policyVersion: number
  /** Staff who approved, the first one first; `policy` where the policy did. */
  readonly approvers: readonly string[]
  /** What the directory said of the account's rights when it was approved; null: nothing beyond our own row. */
  readonly privilegeFound: string | null
  readonly evidenceDigest: string
  /** The portal session that was alive, whose code it rests on; null: none was. */
  readonly sessionId: string | null
  readonly decidedAt: string
}

const bytesOf = (decision: DecisionFields): Buffer =>
  lengthPrefixed(
    'countersign.decision.v2',
    decision.tenantId,
    decision.verificationId,
    decision.personId,
    decision.purpose,
    decision.tier,
    String(decision.policyVersion),
    String(decision.approvers.length),
    ...decision.approvers,
    decision.privilegeFound ?? '',
    decision.evidenceDigest,
    decision.sessionId ?? '',
    String(Date.parse(decision.decidedAt)),
  )

/** @throws Error in a process that holds no signing key: only the worker records decisions */
export const signDecision = (ring: KeyRing, decision: DecisionFields): GrantSignature =>
  signAsWorker(ring, bytesOf(decision))

/** Whether a decision is exactly as it was signed, with a key of ours. */
export const isDecisionGenuine = (
  ring: KeyRing,
  decision: DecisionFields,
  signature: GrantSignature,
): boolean => isSignedByWorker(ring, bytesOf(decision), signature)

/** Approvals as the worker signs them: a row that was changed by hand counts for nothing (G8). */
import type { KeyRing } from './keys.ts'
import { lengthPrefixed, type GrantSignature } from './sealing.ts'
import { isSignedByWorker, signAsWorker } from './worker-signature.ts'

/** What is signed. Times are ISO 8601 UTC, the hash is hexadecimal. */
export type ApprovalFields = {
  readonly id: string
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly ordinal: 1 | 2
  /** Of a second approval: the first that it completes. */
  readonly firstId: string | null
  readonly staffId: string
  readonly shownHash: string
  readonly approvedAt: string
  readonly expiresAt: string
}

const bytesOf = (approval: ApprovalFields): Buffer =>
  lengthPrefixed(
    'countersign.approval.v1',
    approval.id,
    approval.tenantId,
    approval.verificationId,
    approval.personId,
    String(approval.ordinal),
    approval.firstId ?? '',
    approval.staffId,
    approval.shownHash,
    String(Date.parse(approval.approvedAt)),
    String(Date.parse(approval.expiresAt)),
  )

/** @throws Error in a process that holds no signing key: only the worker records approvals */
export const signApproval = (ring: KeyRing, approval: ApprovalFields): GrantSignature =>
  signAsWorker(ring, bytesOf(approval))

/** Whether an approval is exactly as it was signed, with a key of ours. */
export const isApprovalGenuine = (
  ring: KeyRing,
  approval: ApprovalFields,
  signature: GrantSignature,
): boolean => isSignedByWorker(ring, bytesOf(approval), signature)

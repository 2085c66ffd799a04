/** Approvals as the worker signs them (Ed25519, the key of grants): a row that was changed by hand counts for nothing (G8). */
import { sign, verify } from 'node:crypto'
import type { KeyRing } from './keys.ts'
import { lengthPrefixed, type GrantSignature } from './sealing.ts'

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
export const signApproval = (ring: KeyRing, approval: ApprovalFields): GrantSignature => {
  const keyId = ring.grant.currentId
  const key = ring.grant.byId.get(keyId)?.privateKey
  if (key === undefined) throw new Error('This process cannot sign approvals.')
  return { keyId, signature: sign(null, bytesOf(approval), key) }
}

/** Whether an approval is exactly as it was signed, with a key of ours. */
export const isApprovalGenuine = (
  ring: KeyRing,
  approval: ApprovalFields,
  { keyId, signature }: GrantSignature,
): boolean => {
  const key = ring.grant.byId.get(keyId)?.publicKey
  return key !== undefined && verify(null, bytesOf(approval), key, signature)
}

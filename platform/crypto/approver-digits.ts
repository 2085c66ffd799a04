import { createHmac } from 'node:crypto'
import { deriveKey, type KeyRing } from './keys.ts'
import { lengthPrefixed } from './sealing.ts'

/**
 * The two digits that the participant's page shows and the approver has to type to say yes. The help desk does not see them:
 * an approver who types them has spoken with the person at the participant's page. Derived, stored nowhere (B6, C2).
 */
export const approverDigits = (ring: KeyRing, tenantId: string, requestId: string): string => {
  const digest = createHmac('sha256', deriveKey(ring.matchCode, 'approver-digits', tenantId))
    .update(lengthPrefixed(requestId))
    .digest()
  return String(Number(digest.readBigUInt64BE(0) % 100n)).padStart(2, '0')
}

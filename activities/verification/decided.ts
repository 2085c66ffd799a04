import { endPortalSessions } from '#services/verifications/portal-sessions.ts'
import { voidLinks } from '#services/sending/links.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { Person } from '#services/people/people.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { pseudonymOf } from '#platform/crypto/sealing.ts'
import { workflowId } from '#workflows/messages.ts'
import type { CaseRef, Snapshot } from '#workflows/verification/activity-types.ts'
import { tellEnd } from './tell-end.ts'

/** One reset at a time for an account: the workflow's id comes from a keyed digest of it. */
export const resetIdOf = (
  keys: KeyRing,
  tenantId: string,
  person: Pick<Person, 'directory' | 'directoryId'>,
): string =>
  workflowId(
    tenantId,
    'password-reset',
    pseudonymOf(keys, tenantId, 'reset', `${person.directory}/${person.directoryId}`),
  )

/** Voids the links of a case and sends its notices when it closes, by any actor (B12). */
export const goWithDecision = async (tx: Tx, ref: CaseRef, after: Snapshot): Promise<void> => {
  if (after.state !== 'closed') return
  const { verificationId } = ref
  await Promise.all([
    voidLinks(tx, verificationId),
    after.outcome === 'reported' ? endPortalSessions(tx, verificationId, 'reported') : undefined,
    tellEnd(tx, ref, after),
  ])
}

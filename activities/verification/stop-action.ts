import { recordActionRow } from '#services/actions/actions.ts'
import { voidLinks } from '#services/sending/links.ts'
import { addNotices } from '#services/sending/notices.ts'
import { endPortalSessions } from '#services/verifications/portal-sessions.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { isOwnCase, readDecider, type Decider } from '#services/staff/staff.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readCaseHead, readCase } from '#services/verifications/verifications.ts'
import type { StopActionAnswer, StopActionInput } from '#workflows/action/wait-activity-types.ts'
import { isAttested, type AttestationDeps } from './check-attestation.ts'

/** Staff stop what is approved and not done yet: for good, with links and sessions, and every contact gets a notice. */
export const createStopAction =
  (deps: AttestationDeps) =>
  async (input: StopActionInput): Promise<StopActionAnswer> => {
    const { reset, seq, actor, words, at } = input
    const { tenantId, verificationId, personId } = reset
    const claim = { tenantId, verificationId, act: 'stop', byId: actor.id, about: [words] } as const
    if (!(await isAttested(deps, claim, input.staffRequest))) return { refusal: 'not_permitted' }
    return inTenant(deps.db, tenantId, async (tx) => {
      const staff = await readDecider(tx, actor.id)
      const found = await readCase(tx, verificationId)
      if (
        staff === undefined ||
        found === undefined ||
        !(await maySteer(tx, { id: actor.id, role: staff.role }, verificationId))
      )
        return { refusal: 'not_permitted' }
      if (await isOwnCase(tx, staff.personId, personId)) return { refusal: 'own_case' }
      if (!(await recordActionRow(tx, { reset, seq, state: 'failed', reason: 'stopped' })))
        return { refusal: null }
      await voidLinks(tx, verificationId)
      await endPortalSessions(tx, verificationId, 'stopped')
      await addNotices(tx, { verificationId, personId, kind: 'stopped', exceptContactId: null })
      await recordEvents(
        tx,
        { kind: 'agent', id: actor.id, name: staff.name },
        verificationId,
        [
          {
            type: 'action.stopped',
            object: { kind: 'verification', id: verificationId },
            payload: { reason: words },
            occurredAt: at,
          },
        ],
        [uuidOf('action-stopped', verificationId, reset.run.id)],
      )
      return { refusal: null }
    })
  }

/**
 * Only the member of staff who started the case, and supervisors, may stop it. The API checks the same, but this check is the
 * one that counts.
 */
const maySteer = async (
  tx: Tx,
  { id, role }: Pick<Decider, 'role'> & { readonly id: string },
  verificationId: string,
): Promise<boolean> => {
  if (role === 'supervisor') return true
  const head = await readCaseHead(tx, verificationId)
  return role === 'agent' && head !== undefined && (head.referrerKind !== 'agent' || head.referrerId === id)
}

import { ApplicationFailure } from '@temporalio/common'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { readDecider } from '#services/staff/staff.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readContact } from '#services/people/contacts.ts'
import { readCase } from '#services/verifications/verifications.ts'
import { aboutLink } from '#platform/crypto/staff-attestation.ts'
import type {
  DeliverReturnLinkAnswer,
  DeliverReturnLinkInput,
} from '#workflows/action/wait-activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { createDeliverLink } from './deliver-link.ts'
import { isAttested } from './check-attestation.ts'

/** Sends the link by which a participant comes back, like every other: read anew, counted, older doors dead (C11, H3). */
export const createDeliverReturnLink = (deps: ActivityDeps) => {
  const deliver = createDeliverLink(deps)
  return async (input: DeliverReturnLinkInput): Promise<DeliverReturnLinkAnswer> => {
    const { verificationId, tenantId } = input.reset
    const { ordinal, linkSeconds } = input
    if (!(await isAsked(deps, input)))
      return {
        ...{ delivery: 'refused', deliveryId: '', contactMasked: '', refusal: 'not_permitted' },
        linkExpiresAt: input.at,
      }
    const { ref, target } = await inTenant(deps.db, tenantId, async (tx) => {
      const found = await readCase(tx, verificationId)
      if (found === undefined) throw ApplicationFailure.nonRetryable('there is no such case', 'not_found')
      const { channel, contactId } = input.target ?? found.snapshot
      const contact = await readContact(tx, deps.keys, contactId)
      return { ref: found.case, target: { channel, contactId, masked: contact?.masked ?? '' } }
    })
    const { masked, ...to } = target
    const actor = await inTenant(deps.db, tenantId, (tx) => actorOf(tx, input))
    const sent = await deliver({ case: ref, ordinal, linkSeconds, ...to })
    await inTenant(deps.db, tenantId, (tx) =>
      recordEvents(
        tx,
        actor,
        verificationId,
        [
          {
            type: sent.delivery === 'refused' ? 'link.undelivered' : 'link.sent',
            object: { kind: 'verification', id: verificationId },
            payload: {
              ordinal,
              channel: to.channel,
              contact: masked,
              delivery: sent.refusal ?? sent.delivery,
            },
            occurredAt: input.at,
          },
        ],
        [uuidOf('return-link', verificationId, String(ordinal))],
        'to_consoles',
      ),
    )
    return { ...sent, contactMasked: masked }
  }
}

/** The workflow sends the first link by itself; every other one needs an attested actor (T11). */
const isAsked = async (
  deps: ActivityDeps,
  { reset, target, actor, staffRequest }: DeliverReturnLinkInput,
) => {
  if (staffRequest === undefined && target === null) return true
  const { tenantId, verificationId } = reset
  const about = target === null ? [] : aboutLink(target)
  return isAttested(
    deps,
    { tenantId, verificationId, act: 'send_return_link', byId: actor.id, about },
    staffRequest,
  )
}

/** The member of staff who asked for another link, by name; else the workflow itself. */
const actorOf = async (tx: Tx, { actor }: DeliverReturnLinkInput) => {
  const staff = actor.kind === 'agent' ? await readDecider(tx, actor.id) : undefined
  return staff === undefined
    ? ({ kind: 'system', id: 'workflow' } as const)
    : ({ kind: 'agent', id: actor.id, name: staff.name } as const)
}

import { readPolicy } from '#services/policy/policies.ts'
import { readWaitingAction } from '#services/actions/wait-before-grant.ts'
import { inTenant } from '#platform/database/transaction.ts'
import { bind } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { valueOf } from '../../http/replies.ts'
import { readSendFacts, refusalOfSend } from './send-facts.ts'
import { startedAnswer } from './started-answer.ts'
import { caseToSteer, requireLegal } from './steering.ts'

/** A fresh link to a contact on file; the older one dies with it (C11). */
export const resend = (deps: ApiDeps) =>
  bind('console.resend', async ({ staff, params, body, operationId }) => {
    const { verificationId } = params
    const { chosen, returnsTo } = await inTenant(deps.db, staff.tenantId, async (tx) => {
      const head = await caseToSteer(tx, staff, verificationId)
      const waiting = await readWaitingAction(tx, verificationId)
      const isAwaited = waiting?.state === 'awaiting_participant'
      if (!isAwaited) requireLegal(head, 'deliver')
      const policy = await readPolicy(tx, head.policyVersion)
      const { purpose, personId } = head
      const { keys, factTools } = deps
      const facts = await readSendFacts({ tx, keys, factTools, staff, policy, purpose, personId })
      if (facts.person.accountState === 'disabled') throw new Refused('account_disabled')
      const found = facts.judged.find(({ contact }) => contact.id === body.contactId)
      if (found === undefined) throw new Refused('contact_not_on_file')
      if (!found.answer.isAllowed) throw refusalOfSend(found.answer)
      return { chosen: found, returnsTo: isAwaited ? waiting.workflowId : null }
    })
    const target = {
      channel: chosen.channel,
      contactId: chosen.contact.id,
      contactMasked: chosen.contact.masked,
      actor: { kind: 'agent' as const, id: staff.staffId },
    }
    const by = { requestId: operationId }
    const ref = { tenantId: staff.tenantId, verificationId }
    const answer = valueOf(
      returnsTo === null
        ? await deps.verifications.resend(ref, target, by)
        : await deps.verifications.sendReturnLink(ref, returnsTo, target, by),
    )
    return startedAnswer(verificationId, chosen.contact.masked, answer)
  })

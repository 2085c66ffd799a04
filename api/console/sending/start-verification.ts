import type { Policy } from '#domain/policy/policy.ts'
import { readOtherCase } from '#services/verifications/verifications.ts'
import { lockPerson } from '#services/people/people.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { inTenant } from '#platform/database/transaction.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { bind, type Call } from '../../http/bind.ts'
import type { ApiDeps } from '../../deps.ts'
import { Refused } from '../../http/errors.ts'
import { countOrRefuse } from '../../http/limit-reached.ts'
import { valueOf } from '../../http/replies.ts'
import type { JudgedContact } from '#services/sending/judge-contacts.ts'
import { readSendFacts, refusalOfSend, type SendFacts } from './send-facts.ts'
import { startedAnswer } from './started-answer.ts'

type Start = Call<'console.startVerification'>
/** The parameters that open a workflow. */
export type Opening = Parameters<Verifications['open']>[0]

/** Every duration that the workflow needs, from the policy. */
export const lifetimesOf = (policy: Policy, linkSeconds: number): Opening['lifetimes'] => ({
  linkSeconds,
  codeSeconds: policy.lifetimes.matchCode,
  verificationSeconds: policy.lifetimes.verification,
  grantSeconds: policy.lifetimes.grant,
})

/** The contact, where the person and the contact may get a link. @throws Refused */
const chooseFrom = ({ person, isOffered, judged }: SendFacts, contactId: string): JudgedContact => {
  if (person.accountState === 'disabled') throw new Refused('account_disabled')
  if (!isOffered) throw new Refused('purpose_not_offered')
  const chosen = judged.find(({ contact }) => contact.id === contactId)
  if (chosen === undefined) throw new Refused('contact_not_on_file')
  // The agent's own limit is left out: it is counted below, and says when there is room again.
  const reasons = chosen.answer.reasons.filter((reason) => reason !== 'agent_limit')
  if (reasons.length > 0) throw refusalOfSend({ ...chosen.answer, reasons })
  return chosen
}

/**
 * Everything that may speak against it, asked while starts for this person take turns: purpose, own case, block, open
 * verification, contact on file and allowed by policy, limits (B3, B7, D7, D8, H3).
 */
const permit = (deps: ApiDeps, { staff, body, operationId }: Start) =>
  inTenant(deps.db, staff.tenantId, async (tx) => {
    await lockPerson(tx, body.personId)
    const policy = await currentPolicy(tx)
    const { purpose, personId } = body
    const { keys, factTools } = deps
    const facts = await readSendFacts({ tx, keys, factTools, staff, policy, purpose, personId })
    const chosen = chooseFrom(facts, body.contactId)
    const { open, isUnderWay } = await readOtherCase(tx, personId, operationId)
    if (open?.isUnopenedHelp === true) return { endsId: open.id }
    if (open !== null || isUnderWay)
      throw new Refused('open_verification_exists', open === null ? undefined : { verificationId: open.id })
    const subject = `${personId}/${operationId}`
    const { startsPerAgent: caps } = policy.limits
    await countOrRefuse(tx, staff.staffId, { kind: 'start', subject, caps })
    return { policy, person: facts.person, chosen }
  })

type Permitted = Exclude<Awaited<ReturnType<typeof permit>>, { readonly endsId: string }>

/**
 * Ends a case that was asked for on the public page and that nobody opened, and asks again: an attacker who keeps asking for
 * a person there keeps no agent from helping them (T18).
 * @throws Refused open_verification_exists where it did not end in time
 */
const permitAfter = async (deps: ApiDeps, call: Start): Promise<Permitted> => {
  const permitted = await permit(deps, call)
  if (!('endsId' in permitted)) return permitted
  const { staff, operationId } = call
  const ended = await deps.verifications.cancel(
    { tenantId: staff.tenantId, verificationId: permitted.endsId },
    { actor: { kind: 'agent', id: staff.staffId }, reason: 'started_by_desk' },
    { requestId: `${operationId}/ends` },
  )
  const again = ended.kind === 'answered' ? await permit(deps, call) : permitted
  if ('endsId' in again) throw new Refused('open_verification_exists', { verificationId: again.endsId })
  return again
}

const inputOf = ({ staff, body, operationId }: Start, { policy, person, chosen }: Permitted): Opening => ({
  tenantId: staff.tenantId,
  verificationId: operationId,
  purpose: body.purpose,
  tier: person.tier,
  policyVersion: policy.version,
  personId: person.id,
  referrer: { kind: 'agent', id: staff.staffId },
  channel: chosen.channel,
  contactId: chosen.contact.id,
  contactMasked: chosen.contact.masked,
  ticket: body.ticket,
  lifetimes: lifetimesOf(policy, chosen.answer.lifetimeSeconds),
})

/** Starts a verification: the link goes to a contact on file, chosen by id. The case's id is the operation's. */
export const startVerification = (deps: ApiDeps) =>
  bind('console.startVerification', async (call) => {
    const permitted = await permitAfter(deps, call)
    const { operationId } = call
    const reply = await deps.verifications.open(inputOf(call, permitted), { requestId: operationId })
    return startedAnswer(operationId, permitted.chosen.contact.masked, valueOf(reply))
  })

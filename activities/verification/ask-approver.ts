import { randomUUID } from 'node:crypto'
import type { RefusalCode } from '#domain/refusal.ts'
import { approverFor, type ChosenApprover } from '#services/approvals/approver-choice.ts'
import {
  addApproverRequest,
  lockApproverRequestOf,
  voidApproverRequest,
} from '#services/approvals/approver-requests.ts'
import { readContacts, type OpenContact } from '#services/people/contacts.ts'
import { readPerson } from '#services/people/people.ts'
import { readRecipient } from '#services/sending/deliveries.ts'
import { countForContacts } from '#services/sending/judge-contacts.ts'
import { prefixIndexOf, takeSendTurn } from '#services/sending/send-counts.ts'
import { isThreatElevated } from '#services/policy/elevated-threats.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { readDecider } from '#services/staff/staff.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { write } from '#services/messages/write.ts'
import { newToken, tokenHash } from '#platform/crypto/sealing.ts'
import { tokenMark } from '#platform/crypto/token-mark.ts'
import { isCapReached } from '#domain/policy/caps.ts'
import type { Policy } from '#domain/policy/policy.ts'
import type { AskApproverInput, AskApproverStepAnswer } from '#workflows/verification/activity-types.ts'
import { linkTo } from '../messaging/compose.ts'
import { addressOf } from '../messaging/recipient.ts'
import { sendOnce, type Prepared, type Sent } from '../messaging/send-once.ts'
import type { ActivityDeps } from '../ports.ts'
import { warnOfBudget } from './warn-of-budget.ts'
import { isAttested } from './check-attestation.ts'

/** Chooses whom to ask from the directory, stores the request bound to what its page shows, and sends its link. */
export const createAskApprover =
  (deps: ActivityDeps) =>
  async (input: AskApproverInput): Promise<AskApproverStepAnswer> => {
    const { tenantId, verificationId } = input.case
    if (!(await isAsked(deps, input))) return { asked: false, refusal: 'not_permitted' }
    const attempt = { verificationId, kind: 'approver_request', ordinal: input.ordinal } as const
    const sent = await sendOnce(deps, tenantId, attempt, (tx) => prepare(deps, tx, input))
    return inTenant(deps.db, tenantId, async (tx) => {
      await record(tx, input, sent)
      const request = await lockApproverRequestOf(tx, verificationId, input.ordinal)
      if (sent.delivery === 'refused' || request === undefined) {
        if (request !== undefined) await voidApproverRequest(tx, request.id, 'not_sent')
        return { asked: false, refusal: sent.refusal ?? 'approver_unavailable' }
      }
      const policy = await readPolicy(tx, input.case.policyVersion)
      return { asked: true, seconds: policy.lifetimes.approverAnswer }
    })
  }

/** The policy asks by itself; every other request needs an attested actor (T11). */
const isAsked = async (deps: ActivityDeps, { case: ref, actor, staffRequest }: AskApproverInput) => {
  if (staffRequest === undefined && actor.kind === 'system') return true
  const { tenantId, verificationId } = ref
  return isAttested(
    deps,
    { tenantId, verificationId, act: 'ask_approver', byId: actor.id, about: [] },
    staffRequest,
  )
}

const prepare = async (deps: ActivityDeps, tx: Tx, input: AskApproverInput): Promise<Prepared> => {
  // Requests of one tenant take turns, so that what one approver gets is counted across replicas (H7).
  await takeSendTurn(tx)
  const policy = await readPolicy(tx, input.case.policyVersion)
  const chosen = await choose(deps, tx, input, policy)
  const { approver, contact } = chosen
  if (approver === null || contact === undefined) return { refusal: 'approver_unavailable' }
  const refusal = await limitReached(deps, tx, policy, contact)
  if (refusal !== null) return { refusal }
  const { channel, to } = addressOf(contact)
  if (to === null) return { refusal: 'contact_not_allowed' }

  const { verificationId, personId, policyVersion } = input.case
  const token = newToken()
  const seconds = policy.lifetimes.approverAnswer
  const about = {
    verificationId,
    ordinal: input.ordinal,
    personId,
    approverId: approver.personId,
    tokenHash: tokenHash(token),
  }
  await addApproverRequest(tx, {
    ...about,
    id: randomUUID(),
    relation: approver.as,
    policyVersion,
    askedBy: input.actor,
    tokenMark: tokenMark(deps.keys, 'approver_requests', { ...about, tenantId: tx.tenantId }),
    seconds,
  })
  const link = linkTo(deps.portalUrl, 'approve', token)
  const { content, textId } = await write(tx, {
    kind: 'approver_request',
    channel,
    reader: await readPerson(tx, approver.personId),
    // It names nobody: the approver reads who asks for what only after the sign-in.
    of: null,
    at: new Date(),
    values: { link, code: null, minutes: Math.round(seconds / 60) },
  })
  return {
    message: { channel, to, ...content },
    delivery: {
      id: randomUUID(),
      verificationId,
      kind: 'approver_request',
      ordinal: input.ordinal,
      personId: approver.personId,
      channel,
      contactId: contact.id,
      contactMasked: contact.masked,
      numberIndex: contact.valueIndex,
      prefixIndex: prefixIndexOf(deps.keys, tx.tenantId, contact),
      numberCheck: null,
      textId,
    },
  }
}

type Chosen = Pick<ChosenApprover, 'approver' | 'contact'>

/** A repeat of this attempt asks the approver that the first run chose. */
const choose = async (
  deps: ActivityDeps,
  tx: Tx,
  input: AskApproverInput,
  policy: Policy,
): Promise<Chosen> => {
  const { verificationId, personId, purpose, tier } = input.case
  const known = await lockApproverRequestOf(tx, verificationId, input.ordinal)
  if (known !== undefined) {
    const sentTo = await readRecipientContact(deps, tx, input, known.approverId)
    const approver = { personId: known.approverId, as: known.relation }
    return { approver: approver as NonNullable<Chosen['approver']>, contact: sentTo }
  }
  return approverFor(deps, tx, {
    policy,
    verificationId,
    personId,
    purpose,
    tier,
    isElevatedThreat: await isThreatElevated(tx),
    askerId: input.actor.kind === 'agent' ? input.actor.id : null,
    isRepeat: input.staffRequest !== undefined,
    now: Date.now(),
  })
}

const readRecipientContact = async (
  deps: ActivityDeps,
  tx: Tx,
  { case: { verificationId }, ordinal }: AskApproverInput,
  approverId: string,
): Promise<OpenContact | undefined> => {
  const row = await tx.one<{ id: string }>(
    `select contact_id as id from deliveries
     where tenant_id = $1 and verification_id = $2 and kind = 'approver_request' and ordinal = $3`,
    [tx.tenantId, verificationId, ordinal],
  )
  return (await readContacts(tx, deps.keys, approverId)).find(({ id }) => id === row?.id)
}

/** The limits of every message but the participant's own (H3). */
const limitReached = async (
  deps: ActivityDeps,
  tx: Tx,
  policy: Policy,
  contact: OpenContact,
): Promise<RefusalCode | null> => {
  const { limits } = policy
  const counted = { personId: contact.personId, startedBy: null }
  const [counts] = await countForContacts(deps, tx, policy, counted, [contact])
  if (counts === undefined) return 'send_limit_reached'
  await warnOfBudget(deps, tx, limits, counts.sendsPerTenant)
  const isOver =
    isCapReached(limits.sendsPerContact, counts.sendsPerContact) ||
    isCapReached(limits.sendsPerPrefix, counts.sendsPerPrefix) ||
    isCapReached(limits.sendsPerTenant, counts.sendsPerTenant)
  return isOver ? 'send_limit_reached' : null
}

const record = async (tx: Tx, input: AskApproverInput, sent: Sent): Promise<void> => {
  const { case: ref, ordinal, actor } = input
  const { verificationId } = ref
  const request = await lockApproverRequestOf(tx, verificationId, ordinal)
  const to = await readRecipient(tx, { verificationId, kind: 'approver_request', ordinal })
  const staff = actor.kind === 'agent' ? await readDecider(tx, actor.id) : undefined
  const payload = {
    delivery: sent.delivery,
    ordinal,
    ...(request === undefined ? {} : { relation: request.relation, approverId: request.approverId }),
    ...(to === undefined ? {} : { channel: to.channel, contact: to.contact }),
    ...(sent.refusal === null ? {} : { refusal: sent.refusal }),
  }
  await recordEvents(
    tx,
    staff === undefined
      ? { kind: 'system', id: 'policy' }
      : { kind: 'agent', id: actor.id, name: staff.name },
    verificationId,
    [{ type: 'approver.asked', object: { kind: 'verification', id: verificationId }, payload }],
    [uuidOf('approver-asked', verificationId, String(ordinal), sent.delivery)],
    'to_consoles',
  )
}

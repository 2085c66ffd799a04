import type { Policy } from '#domain/policy/policy.ts'
import { maySend } from '#domain/policy/send.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { readContacts, readPerson, type OpenContact, type PersonRow } from '#services/people/contacts-read.ts'
import { countSends } from '#services/sending/deliveries.ts'
import { canDirectory } from '#services/people/directory-syncs.ts'
import { lockPerson, openVerificationOf } from '#services/people/people.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { isStartUnderWay } from '#services/verifications/verifications-read.ts'
import { byReach, entryContactOf } from '#services/messages/entry-contact.ts'
import { valueIndex } from '#platform/crypto/sealing.ts'
import { sendContactOf } from '#services/messages/send-contact.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { lifetimesOf, type Opening } from '../console/sending/start-verification.ts'
import { refusalOfSend } from '../console/sending/send-facts.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { countStart } from './count-start.ts'

/** A start that no agent makes: nothing of it names a contact, which is the policy's to choose (security.md B3, B7). */
export type Start = {
  readonly tenantId: string
  readonly personId: string
  readonly purpose: Purpose
  readonly referrer: { readonly kind: 'api_client' | 'self_service'; readonly id: string }
  /** Address from which people start themselves; null where it is not known */
  readonly from?: string | null
  /** A reference that is shown and searched; never read as an instruction (security.md Q8). */
  readonly ticket: string | null
  /** Id of the case, and of the update that opens it. */
  readonly operationId: string
}

type StartDeps = Pick<ApiDeps, 'db' | 'keys' | 'factTools' | 'verifications'>

type Asked = { readonly tx: Tx; readonly start: Start; readonly policy: Policy; readonly person: PersonRow }

const judge = async (deps: StartDeps, { tx, start, policy, person }: Asked, contact: OpenContact) => {
  const { limits } = policy
  const prefix =
    contact.kind === 'phone'
      ? valueIndex(deps.keys, tx.tenantId, 'phone_prefix', contact.value.slice(0, -4))
      : null
  return maySend({
    policy,
    purpose: start.purpose,
    tier: person.tier,
    // Nobody is at hand who could allow what an agent may not.
    role: 'agent',
    contact: sendContactOf(deps, contact, person.workEmail),
    counts: {
      sendsPerParticipant: await countSends(tx, 'person', person.id, limits.sendsPerParticipant),
      sendsPerContact: await countSends(tx, 'number', contact.valueIndex, limits.sendsPerContact),
      sendsPerPrefix: await countSends(tx, 'prefix', prefix, limits.sendsPerPrefix),
      sendsPerTenant: await countSends(tx, 'tenant', null, limits.sendsPerTenant),
      startsPerAgent: limits.startsPerAgent.map(() => 0),
    },
    now: Date.now(),
    isParticipantBlocked: person.isBlocked,
    isNeverViaHelpDesk: person.neverViaHelpDesk,
    isOwnCase: false,
  })
}

/** The contact for the link: the first that policy allows and that leaves another, of the other channel, for its code. */
const choose = async (deps: StartDeps, asked: Asked) => {
  const { tx, start, policy, person } = asked
  const contacts = await readContacts(tx, deps.keys, person.id)
  const question = { policy, purpose: start.purpose, tier: person.tier, person, contacts, now: Date.now() }
  let refused: Refused | null = null
  for (const contact of byReach(contacts)) {
    const answer = await judge(deps, asked, contact)
    if (!answer.isAllowed) refused ??= refusalOfSend(answer)
    else if (entryContactOf(deps, question, contact) !== undefined) return { contact, answer }
  }
  throw refused ?? new Refused('contact_not_on_file')
}

/** Everything that may speak against it, asked while starts for this person take turns. @throws Refused */
const permit = (deps: StartDeps, start: Start): Promise<Opening> =>
  inTenant(deps.db, start.tenantId, async (tx) => {
    const { personId, operationId } = start
    await lockPerson(tx, personId)
    const policy = await currentPolicy(tx)
    const person = await readPerson(tx, personId)
    if (person.accountState === 'disabled') throw new Refused('account_disabled')
    if (!(await canDirectory(tx, personId, start.purpose))) throw new Refused('purpose_not_offered')
    const open = await openVerificationOf(tx, personId)
    const isOther = open !== undefined && open.id !== operationId
    if (isOther || (await isStartUnderWay(tx, personId, operationId)))
      throw new Refused('open_verification_exists')
    const { contact, answer } = await choose(deps, { tx, start, policy, person })
    await countStart(deps, tx, start, policy.limits)
    return openingOf(start, { policy, person, contact, linkSeconds: answer.lifetimeSeconds })
  })

const openingOf = (
  { tenantId, operationId, purpose, referrer, ticket }: Start,
  {
    policy,
    person,
    contact,
    linkSeconds,
  }: {
    readonly policy: Policy
    readonly person: PersonRow
    readonly contact: OpenContact
    readonly linkSeconds: number
  },
): Opening => ({
  tenantId,
  verificationId: operationId,
  purpose,
  tier: person.tier,
  policyVersion: policy.version,
  personId: person.id,
  referrer,
  channel: contact.kind === 'phone' ? 'sms' : 'email',
  contactId: contact.id,
  contactMasked: contact.masked,
  ticket,
  lifetimes: lifetimesOf(policy, linkSeconds),
})

/** Starts a verification without an agent: the link goes to one contact on file, its code to another. @throws Refused */
export const startByPolicy = async (
  deps: StartDeps,
  start: Start,
): Promise<Awaited<ReturnType<Verifications['open']>>> =>
  deps.verifications.open(await permit(deps, start), { requestId: start.operationId })

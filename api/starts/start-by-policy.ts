import type { Policy } from '#domain/policy/policy.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { readContacts, type OpenContact } from '#services/people/contacts.ts'
import { readPerson, type Person, lockPerson } from '#services/people/people.ts'
import { judgeContacts } from '#services/sending/judge-contacts.ts'
import { canDirectory } from '#services/people/directory-syncs.ts'
import { currentPolicy } from '#services/policy/policies.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readOtherCase } from '#services/verifications/verifications.ts'
import { byReach, entryContactOf } from '#services/messages/entry-contact.ts'
import type { Verifications } from '#platform/temporal/temporal.ts'
import { lifetimesOf, type Opening } from '../console/sending/start-verification.ts'
import { refusalOfSend } from '../console/sending/send-facts.ts'
import type { ApiDeps } from '../deps.ts'
import { Refused } from '../http/errors.ts'
import { countStart } from './count-start.ts'

/** A start that no agent makes: nothing of it names a contact, which is the policy's to choose (B3, B7). */
export type Start = {
  readonly tenantId: string
  readonly personId: string
  readonly purpose: Purpose
  readonly referrer: { readonly kind: 'api_client' | 'self_service'; readonly id: string }
  /** Address from which people start themselves; null where it is not known */
  readonly from?: string | null
  /** A reference that is shown and searched; never read as an instruction (Q8). */
  readonly ticket: string | null
  /** Id of the case, and of the update that opens it. */
  readonly operationId: string
}

type StartDeps = Pick<ApiDeps, 'db' | 'keys' | 'factTools' | 'verifications'>

type Asked = { readonly tx: Tx; readonly start: Start; readonly policy: Policy; readonly person: Person }

/** The contact for the link: the first that policy allows and that leaves another, of the other channel, for its code. */
const choose = async (deps: StartDeps, { tx, start, policy, person }: Asked) => {
  const { purpose } = start
  const { tier } = person
  const contacts = await readContacts(tx, deps.keys, person.id)
  // Nobody is at hand who could allow what an agent may not.
  const asks = { role: 'agent', isOwnCase: false, startedBy: null } as const
  const about = { ...asks, policy, purpose, tier, person }
  const judged = await judgeContacts(deps, tx, about, byReach(contacts))
  const question = { policy, purpose, tier, person, contacts, now: Date.now() }
  let refused: Refused | null = null
  for (const { contact, answer } of judged) {
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
    const { open, isUnderWay } = await readOtherCase(tx, personId, operationId)
    if (open !== null || isUnderWay) throw new Refused('open_verification_exists')
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
    readonly person: Person
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

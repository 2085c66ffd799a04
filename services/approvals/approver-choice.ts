/** Chooses whom a case asks to vouch; the same for the worker that asks and the console that shows who could be. */
import { chooseApprover, type ApproverCandidate, type ApproverChoice } from '#domain/policy/approver.ts'
import { ruleInForce } from '#domain/policy/elevated.ts'
import type { Policy } from '#domain/policy/policy.ts'
import { isEvidence } from '#domain/policy/may-send.ts'
import type { Purpose, Tier } from '#domain/verification/verification.ts'
import { countApproverRequests, readCandidates, type CandidateRow } from './approver-candidates.ts'
import { readAgents } from './approver-staff.ts'
import { readContacts, type OpenContact } from '../people/contacts.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'
import { sendContactOf } from '../messages/send-contact.ts'

type Deps = Pick<FactDeps, 'keys' | 'factTools'>

/** The case, and how it is asked for. */
export type ApproverQuestion = {
  readonly policy: Policy
  readonly verificationId: string
  readonly personId: string
  readonly purpose: Purpose
  readonly tier: Tier
  readonly isElevatedThreat: boolean
  /** The member of staff who asks now; null where the policy does. */
  readonly askerId: string | null
  /** True: a person who was asked before may be asked again. */
  readonly isRepeat: boolean
  /** Milliseconds since 1970. */
  readonly now: number
}

/** The choice, and the contact that the message goes to: e-mail before SMS, the settled ones only. */
export type ChosenApprover = ApproverChoice & {
  readonly contact: OpenContact | undefined
  readonly name: string | null
}

const hourMs = 3_600_000

/** True if any contact changed within the policy's hours (B19). */
export const isAnyChanged = (contacts: readonly OpenContact[], policy: Policy, now: number): boolean =>
  contacts.some(
    ({ lastChangedAt }) => now - lastChangedAt.getTime() < policy.contacts.changedWithinHours * hourMs,
  )

/** Contacts that a request may go to, e-mail first. */
const reachableBy = (
  deps: Deps,
  contacts: readonly OpenContact[],
  candidate: Pick<CandidateRow, 'login' | 'workEmail'>,
  { policy, purpose, tier, now }: ApproverQuestion,
): readonly OpenContact[] =>
  contacts
    .filter((one) =>
      isEvidence({ policy, purpose, tier, role: 'agent', now, contact: sendContactOf(deps, one, candidate) }),
    )
    .toSorted((a, b) => Number(a.kind === 'phone') - Number(b.kind === 'phone'))

/** Chooses an approver for a case from the directory. */
export const approverFor = async (
  deps: Deps,
  tx: Tx,
  question: ApproverQuestion,
): Promise<ChosenApprover> => {
  const { policy, purpose, tier, isElevatedThreat, verificationId } = question
  const contactsOf = new Map<string, readonly OpenContact[]>()
  const rows = await readCandidates(tx, verificationId)
  const candidates: ApproverCandidate[] = []
  for (const row of rows) {
    const contacts = await readContacts(tx, deps.keys, row.personId)
    const reachable = reachableBy(deps, contacts, row, question)
    contactsOf.set(row.personId, reachable)
    candidates.push({
      personId: row.personId,
      as: row.as,
      managerId: row.managerId,
      isActive: row.accountState === 'active',
      isFrozen: row.isFrozen,
      canSignIn: row.canSignIn,
      isContactChanged: isAnyChanged(contacts, policy, question.now),
      hasContact: reachable.length > 0,
      requests: await countApproverRequests(tx, row.personId, policy.limits.requestsPerApprover),
      askedHere: row.askedHere,
    })
  }
  const choice = chooseApprover(
    candidates,
    {
      policy,
      rule: ruleInForce(policy, purpose, tier, isElevatedThreat),
      participantId: question.personId,
      agents: await readAgents(tx, verificationId, question.askerId),
      asked: rows.length === 0 ? 0 : await countAsked(tx, verificationId),
    },
    question.isRepeat,
  )
  const chosen = rows.find(({ personId }) => personId === choice.approver?.personId)
  const contact = choice.approver === null ? undefined : contactsOf.get(choice.approver.personId)?.[0]
  return { ...choice, contact, name: chosen?.name ?? null }
}

const countAsked = async (tx: Tx, verificationId: string): Promise<number> => {
  const row = await tx.one<{ n: number }>(
    'select count(*)::integer as n from approver_requests where tenant_id = $1 and verification_id = $2',
    [tx.tenantId, verificationId],
  )
  return row?.n ?? 0
}

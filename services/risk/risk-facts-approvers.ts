/** Facts about those who were asked to vouch, as their accounts and contacts are now. */
import type { Policy } from '#domain/policy/policy.ts'
import type { ApproverFacts } from '#domain/risk/facts.ts'
import { readApproverRequests, type ApproverRequestRow } from '../approvals/approver-requests.ts'
import { readContacts } from '../people/contacts.ts'
import { readPerson } from '../people/people.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { FactDeps } from '#platform/facts/fact-deps.ts'

const hourMs = 3_600_000

/** The approvers of a case, oldest first, and their answers. */
export const approverFacts = async (
  deps: Pick<FactDeps, 'keys'>,
  tx: Tx,
  verificationId: string,
  rules: Policy['contacts'],
  at: number,
): Promise<readonly ApproverFacts[]> => {
  const facts: ApproverFacts[] = []
  for (const row of await readApproverRequests(tx, verificationId))
    facts.push({
      id: row.id,
      as: row.relation,
      name: row.name,
      askedAt: row.askedAt.getTime(),
      answer: row.answer,
      answeredAt: row.answeredAt?.getTime() ?? null,
      isOver: row.isOver,
      isEligible: row.answer === 'yes' && (await isEligible(deps, tx, row, rules, at)),
    })
  return facts
}

/** Looked at again when the case is weighed: an account that was frozen since vouches for nobody (B13, B19). */
const isEligible = async (
  deps: Pick<FactDeps, 'keys'>,
  tx: Tx,
  { approverId }: ApproverRequestRow,
  { changedWithinHours }: Policy['contacts'],
  at: number,
): Promise<boolean> => {
  const { accountState, isBlocked } = await readPerson(tx, approverId)
  const contacts = await readContacts(tx, deps.keys, approverId)
  const isChanged = contacts.some(
    ({ lastChangedAt }) => at - lastChangedAt.getTime() < changedWithinHours * hourMs,
  )
  return accountState === 'active' && !isBlocked && !isChanged
}

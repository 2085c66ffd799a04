/** Two approvals of a past case, as rows and events, signed as the worker signs them (D1, D4, D5). */
import { ruleFor } from '#domain/policy/policy.ts'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { firstApprovalSeconds } from '#domain/policy/second-approval.ts'
import { mayApprove, type ApprovalCase } from '#domain/policy/who-decides.ts'
import { signApproval, type ApprovalFields } from '#platform/crypto/signed-records.ts'
import { caseHash } from '#services/verifications/shown.ts'
import type { SeedPerson } from '../people.ts'
import { standingOf, supervisorsOf } from './standing.ts'
import { close, date, deskActor, policyOf, put, system, tell, wait, type Telling } from './telling.ts'

/** What came of asking two people. Approved: the case is closed. */
export type TwoApprovals =
  | { readonly kind: 'approved' }
  | { readonly kind: 'refused'; readonly by: SeedPerson }
  | { readonly kind: 'impossible' }

/** The first approval of one person, the second of another who may; each of them may say no instead. */
export const approveByTwo = (telling: Telling, decision: PolicyDecision, reason: string): TwoApprovals => {
  const { random, scenario } = telling.case
  const isGenuine = scenario !== 'impostor'
  const pair = pairFor(telling, decision)
  if (pair === null) return { kind: 'impossible' }
  const { first, second, needsReason } = pair
  if (!random.chance(isGenuine ? 0.97 : 0.3)) return { kind: 'refused', by: first }
  const words = needsReason ? reason : ''
  const given = random.chance(0.12) ? letPass(telling, first, words) : giveFirst(telling, first, words, 1)
  wait(telling, 60, 600)
  if (!random.chance(isGenuine ? 0.95 : 0.1)) {
    put(telling, 'approvals', rowOf(telling, given, words, {}))
    return { kind: 'refused', by: second }
  }
  complete(telling, given, second, words)
  return { kind: 'approved' }
}

const pairFor = (telling: Telling, decision: PolicyDecision) => {
  const { purpose, person, agent } = telling.case
  const rule = ruleFor(policyOf(telling), purpose, person.tier)
  const about: ApprovalCase = { rule, needsSecond: true, first: null }
  const supervisors = supervisorsOf(telling)
  for (const first of [agent, ...supervisors]) {
    const form = mayApprove(decision, standingOf(telling, first), about)
    const byRole = first.desk?.role
    if (!form.ok || byRole === undefined) continue
    const afterFirst = { ...about, first: { byRole } }
    const second = supervisors.find(
      (one) => mayApprove(decision, standingOf(telling, one, first), afterFirst).ok,
    )
    if (second !== undefined) return { first, second, needsReason: form.value.needsReason }
  }
  return null
}

type Given = { readonly approval: ApprovalFields; readonly by: SeedPerson }

const approvalOf = (
  telling: Telling,
  by: SeedPerson,
  place: string,
  firstId: string | null,
): ApprovalFields => {
  const { world, case: past, now } = telling
  return {
    id: world.idOf('approval', past.id, place),
    tenantId: world.tenantId,
    verificationId: past.id,
    personId: past.person.id,
    ordinal: firstId === null ? 1 : 2,
    firstId,
    staffId: deskActor(telling, by).id,
    shownHash: shownOf(telling),
    approvedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + firstApprovalSeconds * 1000).toISOString(),
  }
}

/**
 * Of the screen as it was: nothing of it has changed but the account's lock, which an unlock lifts. The contacts of that day
 * are kept nowhere, so none is in it.
 */
const shownOf = (telling: Telling): string => {
  const { world, case: past, columns } = telling
  const { person, purpose, contact } = past
  const scoring = telling.rows.get('scorings')?.at(-1)
  const accountState = purpose === 'account_unlock' ? 'locked' : 'active'
  const of = [person.id, purpose, person.tier, String(policyOf(telling).version), telling.state, contact.id]
  const scored = [String(columns['recommendation']), String(scoring?.['ordinal'])]
  const now = [person.displayName, person.workEmail, person.tier, accountState]
  const flags = [null, String(person.neverViaHelpDesk), null, 'false', null]
  return caseHash(world.tenantId, past.id, {
    parts: [...of, ...scored, ...now, ...flags],
    evidenceDigest: scoring?.['evidence_digest'] as Buffer,
  })
}

const giveFirst = (telling: Telling, by: SeedPerson, words: string, ordinal: number): Given => {
  const approval = approvalOf(telling, by, `first ${String(ordinal)}`, null)
  const payload = { approvalId: approval.id, expiresAt: approval.expiresAt }
  tell(telling, deskActor(telling, by), 'approval.first_given', payload)
  return { approval, by }
}

/** Nobody came in time; the first approval is given anew later. */
const letPass = (telling: Telling, by: SeedPerson, words: string): Given => {
  const over = giveFirst(telling, by, words, 1)
  telling.now += firstApprovalSeconds * 1000
  put(telling, 'approvals', rowOf(telling, over, words, { ended: date(telling) }))
  tell(telling, system('workflow'), 'approval.ended', { approvalId: over.approval.id, end: 'expired' })
  wait(telling, 60, 900)
  return giveFirst(telling, by, words, 2)
}

const rowOf = (
  telling: Telling,
  { approval, by }: Given,
  words: string,
  { used, ended }: { readonly used?: Date; readonly ended?: Date },
) => {
  const { keyId, signature } = signApproval(telling.world.keys, approval)
  return {
    id: approval.id,
    verification_id: approval.verificationId,
    person_id: approval.personId,
    ordinal: approval.ordinal,
    first_id: approval.firstId,
    staff_id: approval.staffId,
    staff_name: by.displayName,
    reason: words,
    shown_hash: Buffer.from(approval.shownHash, 'hex'),
    approved_at: approval.approvedAt,
    expires_at: approval.expiresAt,
    key_id: keyId,
    signature,
    used_at: used ?? null,
    ended_at: ended ?? null,
    end_reason: ended === undefined ? null : 'expired',
    recorded_at: approval.approvedAt,
  }
}

/** The decision is the first person's, completed by the second. */
const complete = (telling: Telling, first: Given, by: SeedPerson, words: string): void => {
  const approval = approvalOf(telling, by, 'second', first.approval.id)
  const actor = deskActor(telling, by)
  put(telling, 'approvals', rowOf(telling, first, words, { used: date(telling) }))
  put(telling, 'approvals', rowOf(telling, { approval, by }, words, {}))
  tell(telling, actor, 'approval.second_given', { approvalId: approval.id, firstId: first.approval.id })
  Object.assign(telling.columns, {
    decided_by_kind: 'agent',
    decided_by_id: first.approval.staffId,
    decided_by_name: first.by.displayName,
    decision_reason: words === '' ? null : words,
    second_by: approval.staffId,
  })
  close(telling, 'approve', actor, words === '' ? undefined : words)
}

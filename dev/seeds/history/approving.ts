/** Two approvals of a past case, as rows and events, signed as the worker signs them (D1, D4, D5). */
import { ruleFor } from '#domain/policy/policy.ts'
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { firstApprovalSeconds } from '#domain/policy/second-approval.ts'
import { mayApprove, type ApprovalCase } from '#domain/policy/who-decides.ts'
import { signApproval, type ApprovalFields } from '#platform/crypto/signed-records.ts'
import { caseHash } from '#services/verifications/screen-hash.ts'
import type { SeedPerson } from '../people.ts'
import { deciderOf, supervisorsOf } from './deciders.ts'
import { close, date, deskActor, policyOf, put, system, tell, wait, type Story } from './story.ts'

/** The result of asking two people. Approved: the case is closed. */
export type TwoApprovals =
  | { readonly kind: 'approved' }
  | { readonly kind: 'refused'; readonly by: SeedPerson }
  | { readonly kind: 'impossible' }

/** The first approval of one person, the second of another who may; each of them may say no instead. */
export const approveByTwo = (story: Story, decision: PolicyDecision, reason: string): TwoApprovals => {
  const { random, scenario } = story.case
  const isGenuine = scenario !== 'impostor'
  const pair = pairFor(story, decision)
  if (pair === null) return { kind: 'impossible' }
  const { first, second, needsReason } = pair
  if (!random.chance(isGenuine ? 0.97 : 0.3)) return { kind: 'refused', by: first }
  const words = needsReason ? reason : ''
  const given = random.chance(0.12) ? letPass(story, first, words) : giveFirst(story, first, words, 1)
  wait(story, 60, 600)
  if (!random.chance(isGenuine ? 0.95 : 0.1)) {
    put(story, 'approvals', rowOf(story, given, words, {}))
    return { kind: 'refused', by: second }
  }
  complete(story, given, second, words)
  return { kind: 'approved' }
}

const pairFor = (story: Story, decision: PolicyDecision) => {
  const { purpose, person, agent } = story.case
  const rule = ruleFor(policyOf(story), purpose, person.tier)
  const about: ApprovalCase = { rule, needsSecond: true, first: null }
  const supervisors = supervisorsOf(story)
  for (const first of [agent, ...supervisors]) {
    const form = mayApprove(decision, deciderOf(story, first), about)
    const byRole = first.desk?.role
    if (!form.ok || byRole === undefined) continue
    const afterFirst = { ...about, first: { byRole } }
    const second = supervisors.find(
      (one) => mayApprove(decision, deciderOf(story, one, first), afterFirst).ok,
    )
    if (second !== undefined) return { first, second, needsReason: form.value.needsReason }
  }
  return null
}

type Given = { readonly approval: ApprovalFields; readonly by: SeedPerson }

const approvalOf = (story: Story, by: SeedPerson, place: string, firstId: string | null): ApprovalFields => {
  const { world, case: past, now } = story
  return {
    id: world.idOf('approval', past.id, place),
    tenantId: world.tenantId,
    verificationId: past.id,
    personId: past.person.id,
    ordinal: firstId === null ? 1 : 2,
    firstId,
    staffId: deskActor(story, by).id,
    screenHash: shownOf(story),
    approvedAt: new Date(now).toISOString(),
    expiresAt: new Date(now + firstApprovalSeconds * 1000).toISOString(),
  }
}

/**
 * The hash of the screen as it was: nothing of it has changed but the account's lock, which an unlock lifts. The
 * contacts of that day are kept nowhere, so none is in it.
 */
const shownOf = (story: Story): string => {
  const { world, case: past, columns } = story
  const { person, purpose, contact } = past
  const scoring = story.rows.get('scorings')?.at(-1)
  const accountState = purpose === 'account_unlock' ? 'locked' : 'active'
  const of = [person.id, purpose, person.tier, String(policyOf(story).version), story.state, contact.id]
  const scored = [String(columns['recommendation']), String(scoring?.['ordinal'])]
  const now = [person.displayName, person.workEmail, person.tier, accountState]
  const flags = [null, String(person.neverViaHelpDesk), null, 'false', null]
  return caseHash(world.tenantId, past.id, {
    parts: [...of, ...scored, ...now, ...flags],
    evidenceDigest: scoring?.['evidence_digest'] as Buffer,
  })
}

const giveFirst = (story: Story, by: SeedPerson, words: string, ordinal: number): Given => {
  const approval = approvalOf(story, by, `first ${String(ordinal)}`, null)
  const payload = { approvalId: approval.id, expiresAt: approval.expiresAt }
  tell(story, deskActor(story, by), 'approval.first_given', payload)
  return { approval, by }
}

/** Nobody came in time; the first approval is given anew later. */
const letPass = (story: Story, by: SeedPerson, words: string): Given => {
  const over = giveFirst(story, by, words, 1)
  story.now += firstApprovalSeconds * 1000
  put(story, 'approvals', rowOf(story, over, words, { ended: date(story) }))
  tell(story, system('workflow'), 'approval.ended', { approvalId: over.approval.id, end: 'expired' })
  wait(story, 60, 900)
  return giveFirst(story, by, words, 2)
}

const rowOf = (
  story: Story,
  { approval, by }: Given,
  words: string,
  { used, ended }: { readonly used?: Date; readonly ended?: Date },
) => {
  const { keyId, signature } = signApproval(story.world.keys, approval)
  return {
    id: approval.id,
    verification_id: approval.verificationId,
    person_id: approval.personId,
    ordinal: approval.ordinal,
    first_id: approval.firstId,
    staff_id: approval.staffId,
    staff_name: by.displayName,
    reason: words,
    screen_hash: Buffer.from(approval.screenHash, 'hex'),
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
const complete = (story: Story, first: Given, by: SeedPerson, words: string): void => {
  const approval = approvalOf(story, by, 'second', first.approval.id)
  const actor = deskActor(story, by)
  put(story, 'approvals', rowOf(story, first, words, { used: date(story) }))
  put(story, 'approvals', rowOf(story, { approval, by }, words, {}))
  tell(story, actor, 'approval.second_given', { approvalId: approval.id, firstId: first.approval.id })
  Object.assign(story.columns, {
    decided_by_kind: 'agent',
    decided_by_id: first.approval.staffId,
    decided_by_name: first.by.displayName,
    decision_reason: words === '' ? null : words,
    second_by: approval.staffId,
  })
  close(story, 'approve', actor, words === '' ? undefined : words)
}

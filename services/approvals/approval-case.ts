/**
 * The context of an approval for one member of staff: the activity that records it and the panel read it the same way.
 */
import type { PolicyDecision } from '#domain/policy/decide.ts'
import { ruleInForce, underElevatedThreat, underPrivilege } from '#domain/policy/elevated.ts'
import type { Rule } from '#domain/policy/policy.ts'
import { needsSecondApproval } from '#domain/policy/second-approval.ts'
import type { ApprovalCase, DecidingPerson } from '#domain/policy/who-decides.ts'
import { may, type Role } from '#domain/roles.ts'
import type { Purpose, Tier } from '#domain/verification/verification.ts'
import { isApprovalGenuine } from '#platform/crypto/signed-records.ts'
import { readApprovals, tieToStarter, type ApprovalEnd, type StoredApproval } from './approvals.ts'
import { compareWith } from '../staff/compare-persons.ts'
import { isNamedSecond } from './second-approver-namings.ts'
import { wasAskedToVouch } from './approver-staff.ts'
import { isThreatElevated } from '../policy/elevated-threats.ts'
import { readPolicy } from '../policy/policies.ts'
import { readPrivilegeFound } from '../risk/privilege-found.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'

/** The member of staff who looks at the case. */
export type Looking = {
  readonly id: string
  readonly role: Role
  /** Their own entry in the directory, where known. */
  readonly personId: string | null
  /** Themself, their manager or their reports (D7). */
  readonly isOwnCase: boolean
}

/** The case that they look at. */
export type LookedAt = {
  readonly verificationId: string
  readonly purpose: Purpose
  readonly tier: Tier
  /** The participant's tier, now (D2). */
  readonly personTier: Tier
  readonly policyVersion: number
  /** The policy's answer at the newest scoring. */
  readonly decision: PolicyDecision
  /** The hash of the case alone (D4), hexadecimal. */
  readonly caseHash: string
}

/** The policy's answer as it is now, the decider's ties to the case, and the newest first approval. */
export type ApprovalContext = {
  readonly decision: PolicyDecision
  readonly decider: DecidingPerson
  readonly about: ApprovalCase
  /** The newest first approval; undefined where there was none. */
  readonly newest: StoredApproval | undefined
  readonly approvals: readonly StoredApproval[]
}

/** The reason why a first approval that nobody used does not count; null where it does (D4, D5, G8). */
export const endOf = (keys: KeyRing, first: StoredApproval, caseHash: string): ApprovalEnd | null => {
  if (first.endReason !== null) return first.endReason
  if (!isApprovalGenuine(keys, first.approval, first.signature)) return 'broken'
  if (!first.isLive) return 'expired'
  const isStaff = first.role !== null && may(first.role, 'verifications.decide')
  return first.approval.screenHash === caseHash && isStaff ? null : 'changed'
}

type Now = { readonly decision: PolicyDecision; readonly rule: Rule; readonly tier: Tier }

/** The policy's answer and rule as they are now: under the threat of this moment and the participant's present tier. */
const asItStands = async (tx: Tx, at: LookedAt): Promise<Now> => {
  const [policy, isElevated, foundNow] = await Promise.all([
    readPolicy(tx, at.policyVersion),
    isThreatElevated(tx),
    readPrivilegeFound(tx, at.verificationId),
  ])
  const found = at.personTier === 'privileged' ? 'privileged' : foundNow
  const isRaised = found !== null && at.tier === 'standard'
  const calm = isRaised ? underPrivilege(at.decision, policy, at, found) : at.decision
  return {
    decision: isElevated ? underElevatedThreat(calm, policy, at) : calm,
    rule: ruleInForce(policy, at.purpose, at.tier, isElevated || isRaised),
    tier: isRaised ? 'privileged' : at.tier,
  }
}

/** The decider's ties to the case, before anybody approved it. */
const deciderOf = async (
  tx: Tx,
  { id, role, isOwnCase, personId }: Looking,
  verificationId: string,
): Promise<Omit<DecidingPerson, 'toFirst'>> => {
  const [{ toStarter, isInLine }, isApprover, isNamed] = await Promise.all([
    tieToStarter(tx, verificationId, id),
    wasAskedToVouch(tx, verificationId, id),
    may(role, 'verifications.second') ? true : isNamedSecond(tx, id, verificationId),
  ])
  const toCase = { toStarter, isInStartersLine: isInLine, isApprover, maySecond: isNamed }
  return { role, isOwnCase, isLinked: personId !== null, ...toCase }
}

/** Reads the context of an approval. */
export const readApprovalContext = async (
  keys: KeyRing,
  tx: Tx,
  looking: Looking,
  at: LookedAt,
): Promise<ApprovalContext> => {
  const [{ decision, rule, tier }, approvals, decider] = await Promise.all([
    asItStands(tx, at),
    readApprovals(tx, at.verificationId),
    deciderOf(tx, looking, at.verificationId),
  ])
  const newest = approvals.findLast(({ approval }) => approval.ordinal === 1)
  const first = newest !== undefined && endOf(keys, newest, at.caseHash) === null ? newest : null
  const toFirst = first === null ? null : await compareWith(tx, looking.id, [first.approval.staffId])
  const byRole = first?.role ?? null
  return {
    ...{ decision, newest, approvals },
    decider: { ...decider, toFirst: toFirst?.comparison ?? 'another' },
    about: {
      rule,
      needsSecond: needsSecondApproval(decision, rule, { purpose: at.purpose, tier }),
      first: byRole === null ? null : { byRole },
    },
  }
}

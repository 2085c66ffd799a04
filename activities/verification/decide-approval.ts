/** Decides if an approval may be recorded now, and as what; everything is looked at again (B1, D1 to D5, D7, F6). */
import { mayApprove, type Approval } from '#domain/policy/who-decides.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { readApprovalContext, type ApprovalContext, endOf } from '#services/approvals/approval-case.ts'
import { readFirstApproval, type StoredApproval } from '#services/approvals/approvals.ts'
import type { Person } from '#services/people/people.ts'
import { databaseNow } from '#platform/database/clock.ts'
import { isReportedSince } from '#services/reports/freeze.ts'
import { isSheetProofValid } from '#services/recovery-sheets/recovery-code-requests.ts'
import { isSignInProofValid } from '#services/provider-sign-ins/provider-sign-ins.ts'
import { isPushRefused, isPushProofValid } from '#services/pushes/push-requests.ts'
import { isPasskeyProofValid } from '#services/passkeys/passkey-requests.ts'
import type { Scoring } from '#services/risk/scorings.ts'
import { hashOfScreen, type ScreenHashes } from '#services/verifications/screen-hash.ts'
import { stepUpSeconds } from '#services/staff/staff-passkeys.ts'
import type { Decider } from '#services/staff/staff.ts'
import type { Tx } from '#platform/database/transaction.ts'
import { hasEditedPolicy } from '#services/staff/two-roles.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import type { RecordDecisionInput } from '#workflows/verification/activity-types.ts'
import { endFirst } from './first-approval.ts'

/** The facts that the decision looks at. */
export type Looked = {
  readonly person: Person
  readonly staff: Decider
  readonly scoring: Scoring
  readonly hashes: ScreenHashes
}

/** An approval that may be recorded. `first`: the one that a second completes. */
export type Allowed = {
  readonly gives: Approval
  readonly first: StoredApproval | null
  readonly context: ApprovalContext
}

/** The refusal, or the kind of approval that it gives. */
export type ApprovalAnswer = { readonly refusal: RefusalCode } | Allowed

/** True if the decider is the participant, their manager or a report of theirs (D7). */
export const isOwnCaseOf = (staff: Decider, person: Person): boolean =>
  (staff.personId !== null && (staff.personId === person.id || staff.personId === person.managerId)) ||
  (staff.managerId !== null && staff.managerId === person.id)

/** The reason for a screen that is out of date; more exact where a first approval ended since. */
export const staleness = async (
  tx: Tx,
  { screenHash }: RecordDecisionInput,
  { hashes }: Pick<Looked, 'hashes'>,
  verificationId: string,
): Promise<RefusalCode | null> => {
  if (hashes.ofScreen === screenHash) return null
  const first = await readFirstApproval(tx, verificationId)
  if (first === undefined) return 'state_does_not_allow'
  const { id, screenHash: ofCase } = first.approval
  if (hashOfScreen(ofCase, id) !== screenHash) return 'state_does_not_allow'
  await endFirst(tx, first.approval, ofCase === hashes.ofCase ? 'expired' : 'changed')
  return 'first_approval_over'
}

const ineligible = (person: Person): RefusalCode | null => {
  if (person.neverViaHelpDesk) return 'never_via_help_desk'
  if (person.isBlocked) return 'participant_blocked'
  const isActive = person.accountState === 'active' || person.accountState === 'locked'
  return isActive ? null : 'state_does_not_allow'
}

/** A second approval needs a fresh passkey (D1). */
const stepUpProblem = async (
  tx: Tx,
  { staffRequest: { attestation } }: RecordDecisionInput,
  gives: Approval,
): Promise<RefusalCode | null> => {
  if (gives !== 'second') return null
  const steppedUpAt = attestation?.steppedUpAt ?? null
  if (steppedUpAt === null) return 'passkey_required'
  const age = (await databaseNow(tx)).getTime() - Date.parse(steppedUpAt)
  return age <= stepUpSeconds * 1000 ? null : 'step_up_required'
}

const lookAt = async (
  keys: KeyRing,
  tx: Tx,
  { case: ref, actor }: RecordDecisionInput,
  { person, staff, scoring, hashes }: Looked,
): Promise<ApprovalContext> =>
  readApprovalContext(
    keys,
    tx,
    { id: actor.id, role: staff.role, personId: staff.personId, isOwnCase: isOwnCaseOf(staff, person) },
    {
      ...{
        verificationId: ref.verificationId,
        purpose: ref.purpose,
        tier: ref.tier,
        personTier: person.tier,
      },
      ...{ policyVersion: scoring.policyVersion, decision: scoring.decision, caseHash: hashes.ofCase },
    },
  )

/** A push counts while its account is the person's; one that was denied since takes whatever the case holds with it. */
const isPushStillProven = async (
  tx: Tx,
  verificationId: string,
  { decision, results }: Pick<Scoring, 'decision' | 'results'>,
): Promise<boolean> => {
  if (decision.evidence.includes('push')) return isPushProofValid(tx, verificationId)
  const sawDenial = results.some(({ code, status }) => code === 'POS_PUSH' && status === 'flag')
  return sawDenial || !(await isPushRefused(tx, verificationId))
}

/**
 * A passkey that was removed or disputed since takes its evidence with it, and so does a sign-in with an account that is no
 * longer the person's, a push that was denied since, and a code of a sheet that is void. A sign-in may stand for the kind of a passkey.
 */
const isStillProven = async (tx: Tx, verificationId: string, { decision, results }: Scoring) => {
  const signIn = results.find(
    ({ code, evidenceClass }) => code === 'POS_PROVIDER' && evidenceClass !== undefined,
  )
  const hasPasskey = results.some(({ code, status }) => code === 'POS_PASSKEY' && status === 'pass')
  const leansOnResistant = decision.evidence.includes('phishing_resistant')
  const leansOnPasskey = leansOnResistant && hasPasskey
  const leansOnSignIn = decision.evidence.includes('provider_sign_in') || (leansOnResistant && !hasPasskey)
  const leansOnSheet = decision.evidence.includes('recovery_sheet')
  const [passkey, provider, push, sheet] = await Promise.all([
    leansOnPasskey ? isPasskeyProofValid(tx, verificationId) : true,
    leansOnSignIn ? signIn !== undefined && isSignInProofValid(tx, verificationId) : true,
    isPushStillProven(tx, verificationId, { decision, results }),
    leansOnSheet ? isSheetProofValid(tx, verificationId) : true,
  ])
  return [passkey, provider, push, sheet].every(Boolean)
}

/** The objections to any approval of the case. */
const caseProblem = async (
  tx: Tx,
  { case: ref }: RecordDecisionInput,
  { person, scoring }: Looked,
): Promise<RefusalCode | null> => {
  const [isProven, isReported] = await Promise.all([
    isStillProven(tx, ref.verificationId, scoring),
    isReportedSince(tx, person.id, ref.createdAt),
  ])
  if (!isProven) return 'evidence_missing'
  // Lifting the freeze brings nothing back that the report ended.
  if (isReported) return 'participant_blocked'
  return ineligible(person)
}

/** Judges an approval. A first approval that no longer counts is ended on the way. */
export const judgeApproval = async (
  keys: KeyRing,
  tx: Tx,
  input: RecordDecisionInput,
  looked: Looked,
): Promise<ApprovalAnswer> => {
  const [context, problem, hasEdited] = await Promise.all([
    lookAt(keys, tx, input, looked),
    caseProblem(tx, input, looked),
    hasEditedPolicy(tx, input.actor.id),
  ])
  const { newest = null } = context
  // The screen said that the first approval counts no more, so this one is a first approval again.
  const end = newest === null ? null : endOf(keys, newest, looked.hashes.ofCase)
  if (newest !== null && end !== null) await endFirst(tx, newest.approval, end)
  if (problem !== null) return { refusal: problem }
  const result = mayApprove(context.decision, context.decider, context.about)
  if (!result.ok) return { refusal: result.error.code }
  const { gives } = result.value
  if (hasEdited) return { refusal: 'policy_and_cases' }
  const notSteppedUp = await stepUpProblem(tx, input, gives)
  if (notSteppedUp !== null) return { refusal: notSteppedUp }
  return { gives, first: gives === 'second' ? newest : null, context }
}

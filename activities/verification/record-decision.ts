import type { PolicyDecision } from '#domain/policy/decide.ts'
import { underElevatedThreat } from '#domain/policy/elevated.ts'
import { mayApprove, mayRefuse, type DecidingPerson } from '#domain/policy/who-decides.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { isActing } from '#domain/verification/verification.ts'
import type { Move } from '#domain/verification/state.ts'
import { wasAskedToVouch } from '#platform/server/db/approver-staff.ts'
import { readPerson, type PersonRow } from '#platform/server/db/contacts-read.ts'
import { isThreatElevated } from '#platform/server/db/elevated-threats.ts'
import { isReportedSince } from '#platform/server/db/freeze.ts'
import { isPasskeyProofStanding } from '#platform/server/db/passkey-requests.ts'
import { readPolicy } from '#platform/server/db/policies.ts'
import { readProbes } from '#platform/server/risk-facts-portal.ts'
import { rememberDevice } from '#platform/server/db/risk-reads.ts'
import { readScoring, type Scoring } from '#platform/server/db/scorings.ts'
import { shownHash } from '#platform/server/db/shown.ts'
import { readStaffMember, type StaffMember } from '#platform/server/db/staff-read.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import { recordCase } from '#platform/server/db/record-case.ts'
import { hasMoved } from '#platform/server/db/verifications-write.ts'
import { deviceKeyDigest, isDeviceProofValid } from '#platform/server/device-proof.ts'
import { languageOf } from '#platform/server/network-data/country-languages.ts'
import { deviceDigests } from '#platform/server/sighting-facts.ts'
import type { RecordDecisionAnswer, RecordDecisionInput } from '#workflows/verification/steps.ts'
import type { ActivityDeps } from '../ports.ts'
import { goWithDecision, resetIdOf } from './decided.ts'
import { movedTo } from './moved.ts'

/** Looks at everything again, then records the decision and closes the case, in one transaction. */
export const createRecordDecision =
  (deps: ActivityDeps) =>
  (input: RecordDecisionInput): Promise<RecordDecisionAnswer> =>
    inTenant(deps.db, input.case.tenantId, async (tx) => {
      const person = await readPerson(tx, input.case.personId)
      // The first run of this activity did it all, and only its answer was lost.
      if (await hasMoved(tx, input.case, input.snapshot.seq)) return answer(deps, input, person)
      const staff = await readStaffMember(tx, input.actor.id)
      const refusal = await refusalOf(tx, input, person, staff)
      if (refusal !== null || staff === undefined) {
        return { refusal: refusal ?? 'not_permitted', moves: [], childId: null }
      }
      await record(deps, tx, input, staff)
      return answer(deps, input, person)
    })

const moveOf = ({ decision }: RecordDecisionInput): Move => (decision === 'approved' ? 'approve' : 'refuse')

const answer = (deps: ActivityDeps, input: RecordDecisionInput, person: PersonRow): RecordDecisionAnswer => {
  const acts = input.decision === 'approved' && isActing(input.case.purpose)
  const { tenantId } = input.case
  return {
    refusal: null,
    moves: [moveOf(input)],
    childId: acts ? resetIdOf(deps.keys, tenantId, person) : null,
  }
}

/** Why this person may not decide so, now (B1, D1, D3, D4, D7; security.md 3.0 rule 1). */
const refusalOf = async (
  tx: Tx,
  input: RecordDecisionInput,
  person: PersonRow,
  staff: StaffMember | undefined,
): Promise<RefusalCode | null> => {
  const scoring = await readScoring(tx, input.case.verificationId)
  if (scoring === undefined) return 'evidence_missing'
  // Anything that changed since the screen was shown voids the decision (D4).
  if ((await shownHash(tx, input.case.verificationId)) !== input.shownHash) return 'state_does_not_allow'
  if (staff === undefined) return 'not_permitted'
  const isApprover = await wasAskedToVouch(tx, input.case.verificationId, input.actor.id)
  const decider = { ...deciderOf(input, person, staff), isApprover }
  if (input.decision === 'refused') return codeOf(mayRefuse(decider))
  // A passkey that was removed or disputed since takes its evidence with it.
  const leansOnPasskey = scoring.decision.evidence.includes('phishing_resistant')
  if (leansOnPasskey && !(await isPasskeyProofStanding(tx, input.case.verificationId)))
    return 'evidence_missing'
  // Lifting the freeze brings nothing back that the report ended.
  if (await isReportedSince(tx, person.id, input.case.createdAt)) return 'participant_blocked'
  return ineligible(person) ?? codeOf(mayApprove(await asItStands(tx, input, scoring), decider))
}

/** The policy's answer under the threat of this moment: raised since, it holds for a case that waits (B16). */
const asItStands = async (tx: Tx, input: RecordDecisionInput, scoring: Scoring): Promise<PolicyDecision> =>
  (await isThreatElevated(tx))
    ? underElevatedThreat(scoring.decision, await readPolicy(tx, scoring.policyVersion), input.case)
    : scoring.decision

const codeOf = (result: ReturnType<typeof mayApprove>): RefusalCode | null =>
  result.ok ? null : result.error.code

const deciderOf = (
  input: RecordDecisionInput,
  person: PersonRow,
  staff: StaffMember,
): Omit<DecidingPerson, 'isApprover'> => {
  const { referrer } = input.case
  const isSamePerson = staff.personId !== null && staff.personId === person.id
  const isManager = staff.personId !== null && staff.personId === person.managerId
  const isReport = staff.managerId !== null && staff.managerId === person.id
  return {
    role: staff.role,
    isStarter: referrer.kind === 'agent' && referrer.id === input.actor.id,
    isOwnCase: isSamePerson || isManager || isReport,
  }
}

const ineligible = (person: PersonRow): RefusalCode | null => {
  if (person.neverViaHelpDesk) return 'never_via_help_desk'
  if (person.isBlocked) return 'participant_blocked'
  const isActive = person.accountState === 'active' || person.accountState === 'locked'
  return isActive ? null : 'state_does_not_allow'
}

const record = async (
  deps: ActivityDeps,
  tx: Tx,
  input: RecordDecisionInput,
  staff: StaffMember,
): Promise<void> => {
  const { case: ref, snapshot, reason } = input
  const moved = movedTo(snapshot, [moveOf(input)], input.actor, input.at, reason)
  await goWithDecision(tx, ref, moved.snapshot)
  if (input.decision === 'approved') await remember(deps, tx, input)
  const actor = { kind: 'agent', id: input.actor.id, name: staff.name } as const
  await recordCase(tx, { case: ref, ...moved, decided: { actor, reason } })
}

/** A device whose key was proven in a case that passed is known from now on (risk.md 5.2). */
const remember = async (deps: ActivityDeps, tx: Tx, { case: ref }: RecordDecisionInput): Promise<void> => {
  const { beacons } = await readProbes(deps, tx, ref.verificationId)
  const report = beacons.at(-1)?.report
  const device = report?.device
  if (!device || !isDeviceProofValid(device, report.nonce)) return
  const { parts, whole } = deviceDigests(deps.keys, tx.tenantId, report)
  await rememberDevice(tx, ref.personId, {
    publicKey: device.publicKey,
    keyDigest: deviceKeyDigest(device.publicKey),
    parts,
    partsDigest: whole,
    languages: report.page.languages.flatMap((tag) => languageOf(tag) ?? []).slice(0, 4),
  })
}

import type { RefusalCode } from '#domain/refusal.ts'
import { isActing } from '#domain/verification/verification.ts'
import { mayRefuse } from '#domain/policy/who-decides.ts'
import type { Move } from '#domain/verification/state.ts'
import { wasAskedToVouch } from '#services/approvals/approver-staff.ts'
import { readPerson, type Person } from '#services/people/people.ts'
import type { Event } from '#platform/database/record-events.ts'
import { readScoring } from '#services/risk/scorings.ts'
import { readScreenHashes } from '#services/verifications/screen-hash.ts'
import { readDecider, type Decider } from '#services/staff/staff.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { recordCase, type Decided } from '#services/verifications/record-case.ts'
import { hasMoved } from '#services/verifications/verifications.ts'
import { aboutDecision } from '#platform/crypto/staff-attestation.ts'
import type { RecordDecisionAnswer, RecordDecisionInput } from '#workflows/verification/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { judgeApproval, staleness, type Allowed, type Looked } from './decide-approval.ts'
import { goWithDecision, resetIdOf } from './decided.ts'
import { recordFirst, recordSecond, repeatedFirst } from './first-approval.ts'
import { lookForPrivilege } from './live-privilege.ts'
import { movedTo } from './moved.ts'
import { isAttested, type Claim } from './check-attestation.ts'
import { rememberDeviceOf } from './remember-device.ts'
import { readHabit, withHabit } from './remember-habit.ts'
import { approversOf, signDecided } from './sign-decided.ts'

/** Looks at everything again, then records the decision, or a first approval of it, in one transaction. */
export const createRecordDecision =
  (deps: ActivityDeps) =>
  async (input: RecordDecisionInput): Promise<RecordDecisionAnswer> => {
    if (!(await isAttested(deps, claimOf(input), input.staffRequest))) return refuse('not_permitted')
    // Before the transaction, so that no row is held while a directory thinks.
    const isDifferent = input.decision === 'approved' && (await lookForPrivilege(deps, input.case))
    return inTenant(deps.db, input.case.tenantId, async (tx) => {
      const { verificationId } = input.case
      // None of them waits for another; the rest waits for what they say.
      const [person, moved, repeated, scoring, hashes, staff] = await Promise.all([
        readPerson(tx, input.case.personId),
        hasMoved(tx, input.case, input.snapshot.seq),
        repeatedFirst(tx, input),
        readScoring(tx, verificationId),
        readScreenHashes(tx, verificationId),
        readDecider(tx, input.actor.id),
      ])
      // The first run of this activity did it all, and only its answer was lost.
      if (moved) return answer(deps, input, person)
      if (repeated !== null) return repeated
      if (isDifferent) return refuse('privilege_differs')
      const looked = await lookAt(tx, input, { person, scoring, hashes, staff })
      if (typeof looked === 'string') return refuse(looked)
      return input.decision === 'refused'
        ? refuseCase(deps, tx, input, looked)
        : approve(deps, tx, input, looked)
    })
  }

const refuse = (refusal: RefusalCode): RecordDecisionAnswer => ({ refusal, moves: [], childId: null })

const claimOf = (input: RecordDecisionInput): Claim => {
  const { tenantId, verificationId } = input.case
  return {
    ...{ tenantId, verificationId, act: moveOf(input) === 'approve' ? 'approve' : 'refuse' },
    ...{ byId: input.actor.id, about: aboutDecision(input) },
  }
}

const moveOf = ({ decision }: RecordDecisionInput): Move => (decision === 'approved' ? 'approve' : 'refuse')

const answer = (deps: ActivityDeps, input: RecordDecisionInput, person: Person): RecordDecisionAnswer => {
  const acts = input.decision === 'approved' && isActing(input.case.purpose)
  const { tenantId } = input.case
  return {
    refusal: null,
    moves: [moveOf(input)],
    childId: acts ? resetIdOf(deps.keys, tenantId, person) : null,
  }
}

type Read = Pick<Looked, 'person'> & {
  readonly scoring: Looked['scoring'] | undefined
  readonly hashes: Looked['hashes'] | null
  readonly staff: Looked['staff'] | undefined
}

/** Reads who decides about what; anything that changed since the screen was shown voids the decision (D4). */
const lookAt = async (
  tx: Tx,
  input: RecordDecisionInput,
  { person, scoring, hashes, staff }: Read,
): Promise<Looked | RefusalCode> => {
  if (scoring === undefined) return 'evidence_missing'
  if (hashes === null) return 'state_does_not_allow'
  const stale = await staleness(tx, input, { hashes }, input.case.verificationId)
  if (stale !== null) return stale
  return staff === undefined ? 'not_permitted' : { person, staff, scoring, hashes }
}

const refuseCase = async (
  deps: ActivityDeps,
  tx: Tx,
  input: RecordDecisionInput,
  { staff, person }: Looked,
): Promise<RecordDecisionAnswer> => {
  const isApprover = await wasAskedToVouch(tx, input.case.verificationId, input.actor.id)
  const allowed = mayRefuse({ role: staff.role, isApprover })
  if (!allowed.ok) return refuse(allowed.error.code)
  await record(deps, tx, input, { actor: actorOf(input, staff), reason: input.reason })
  return answer(deps, input, person)
}

const actorOf = ({ actor: { id } }: RecordDecisionInput, { name }: Decider) =>
  ({ kind: 'agent', id, name }) as const

const approve = async (
  deps: ActivityDeps,
  tx: Tx,
  input: RecordDecisionInput,
  looked: Looked,
): Promise<RecordDecisionAnswer> => {
  const judged = await judgeApproval(deps.keys, tx, input, looked)
  if ('refusal' in judged) return refuse(judged.refusal)
  const { staff, person, hashes } = looked
  const given = { staffName: staff.name, personId: person.id, caseHash: hashes.ofCase }
  if (judged.gives === 'first') return recordFirst(deps.keys, tx, input, given)
  const second = await secondOf(deps, tx, input, given, judged)
  if (second === 'over') return refuse('first_approval_over')
  const decided = second?.decided ?? { actor: actorOf(input, staff), reason: input.reason }
  await record(deps, tx, input, decided, second === null ? [] : [second.event])
  return answer(deps, input, person)
}

/** Adds a second approval: the decision is the first person's, completed by this one. */
const secondOf = async (
  deps: ActivityDeps,
  tx: Tx,
  input: RecordDecisionInput,
  given: Parameters<typeof recordSecond>[3],
  { first }: Allowed,
): Promise<{ readonly decided: Decided; readonly event: Event } | 'over' | null> => {
  if (first === null) return null
  const event = await recordSecond(deps.keys, tx, input, given, first)
  if (event === null) return 'over'
  const actor = { kind: 'agent', id: first.approval.staffId, name: first.staffName } as const
  return { decided: { actor, reason: first.reason, secondBy: input.actor.id }, event }
}

const record = async (
  deps: ActivityDeps,
  tx: Tx,
  input: RecordDecisionInput,
  decided: Decided,
  before: readonly Event[] = [],
): Promise<void> => {
  const { case: ref, snapshot, reason } = input
  const moved = movedTo(snapshot, [moveOf(input)], input.actor, input.at, reason)
  const { portalSessionId: sessionId } = snapshot
  const approvers = approversOf({ decidedById: decided.actor.id, secondBy: decided.secondBy ?? null })
  const isApproved = input.decision === 'approved'
  const [signature, habit] = await Promise.all([
    isApproved ? signDecided(deps.keys, tx, ref, { approvers, decidedAt: input.at, sessionId }) : undefined,
    isApproved ? readHabit(deps, tx, ref) : null,
    goWithDecision(tx, ref, moved.snapshot),
    isApproved ? rememberDeviceOf(deps, tx, ref) : undefined,
  ])
  const signed = signature === undefined ? decided : { ...decided, signature }
  const record = { case: ref, ...moved, decided: signed, before }
  await recordCase(tx, record, withHabit(deps.keys, ref, habit))
}

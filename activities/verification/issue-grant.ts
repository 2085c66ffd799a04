import { longestGrantMs, type GrantFields, type GrantWait } from '#domain/grant.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { actionEvents, type EventType } from '#domain/events/catalog.ts'
import type { Purpose } from '#domain/verification/verification.ts'
import { readActionKind, readRecordedEnd, recordActionRow } from '#services/actions/actions.ts'
import { isOnHold } from '#services/reports/duress.ts'
import { addGrant, lockGrant } from '#services/actions/grants.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import type { StoredSchedule } from '#services/actions/schedules.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readWait, type WaitOfCase } from '#services/actions/wait-before-grant.ts'
import { signGrant } from '#platform/crypto/sealing.ts'
import type { IssueGrantAnswer, IssueGrantInput, ResetRef } from '#workflows/action/activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { notYet } from '../not-yet.ts'
import { approversOf } from './sign-decided.ts'
import { grantProblem, isDecisionValid, readDecision, type Decision } from './decision-validity.ts'
import { tellNothingDone } from './tell-end.ts'

/** Signs the permission to write one account, once, for a decision that is stored and still valid. */
export const createIssueGrant =
  (deps: Pick<ActivityDeps, 'db' | 'keys'>) =>
  (input: IssueGrantInput): Promise<IssueGrantAnswer> =>
    inTenant(deps.db, input.reset.tenantId, async (tx) => {
      const { reset } = input
      const id = uuidOf('grant', reset.tenantId, reset.verificationId, reset.run.id)
      // The first run of this activity did it all, and only its answer was lost.
      if ((await lockGrant(tx, id)) !== undefined) return { grantId: id, reason: null }
      const refused = await readRecordedEnd(tx, reset, input.seq)
      if (refused !== undefined) return { grantId: null, reason: refused.reason as Refused }
      const decision = await readDecision(deps.keys, tx, reset)
      if (decision === undefined) return refuse(tx, input, 'evidence_missing')
      const waiting = await readWait(tx, reset.verificationId, reset.policyVersion)
      const problem = await grantProblem(deps.keys, tx, reset, decision, waiting)
      if (problem !== null || waiting === undefined) {
        // Ends of another kind have notices of their own.
        if (isDecisionValid(decision.decided, reset)) await tellNothingDone(tx, reset)
        return refuse(tx, input, problem ?? 'grant_unusable')
      }
      if (await isOnHold(tx, reset.verificationId)) throw notYet(3)
      return issue(deps, tx, input, fieldsOf(input, id, decision, waiting))
    })

type Refused = IssueGrantAnswer['reason']

const fieldsOf = (
  { reset, grantSeconds, returnedSessionId }: IssueGrantInput,
  id: string,
  { decided, scoring, person, schedule }: Decision,
  waiting: WaitOfCase,
): GrantFields => {
  const issuedMs = Date.now()
  const lifeMs = Math.min(grantSeconds * 1000, longestGrantMs)
  return {
    id,
    tenantId: reset.tenantId,
    verificationId: reset.verificationId,
    personId: person.id,
    directory: person.directory,
    directoryId: person.directoryId,
    purpose: decided.purpose as Purpose,
    policyVersion: decided.policyVersion,
    approvers: approversOf(decided),
    evidenceDigest: scoring.evidenceDigest.toString('hex'),
    sessionId: returnedSessionId ?? decided.sessionId,
    issuedAt: new Date(issuedMs).toISOString(),
    expiresAt: new Date(issuedMs + lifeMs).toISOString(),
    waited: schedule && waitedOf(schedule, waiting),
  }
}

/** The grant says when its approvals began to count, and when the wait was over. */
const waitedOf = ({ schedule }: StoredSchedule, waiting: WaitOfCase): GrantWait => {
  const seconds = Math.max(schedule.waitSeconds, waiting.waitSeconds)
  const { scheduledAt } = schedule
  return { scheduledAt, notBefore: new Date(Date.parse(scheduledAt) + seconds * 1000).toISOString() }
}

const issue = async (
  deps: Pick<ActivityDeps, 'keys'>,
  tx: Tx,
  { reset, seq, at }: IssueGrantInput,
  grant: GrantFields,
): Promise<IssueGrantAnswer> => {
  const isAdded = await addGrant(tx, grant, signGrant(deps.keys, grant))
  if (!isAdded) return { grantId: null, reason: 'grant_unusable' }
  await recordActionRow(tx, {
    reset,
    seq,
    state: 'granted',
    reason: null,
    grantId: grant.id,
    grantedAt: grant.issuedAt,
    expiresAt: grant.expiresAt,
  })
  await record(tx, reset, 'grant.issued', { grantId: grant.id, expiresAt: grant.expiresAt }, at)
  return { grantId: grant.id, reason: null }
}

const refuse = async (
  tx: Tx,
  { reset, seq, at }: IssueGrantInput,
  reason: RefusalCode | 'time_over',
): Promise<IssueGrantAnswer> => {
  const state = reason === 'time_over' ? 'expired' : 'failed'
  await recordActionRow(tx, { reset, seq, state, reason })
  const { kind } = (await readActionKind(tx, reset.verificationId)) ?? { kind: 'password_reset' }
  await record(tx, reset, `${actionEvents[kind]}.${state}`, { action: state, reason }, at)
  return { grantId: null, reason }
}

const record = (
  tx: Tx,
  reset: ResetRef,
  type: EventType,
  payload: Record<string, string>,
  occurredAt: string,
): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'system', id: 'workflow' },
    reset.verificationId,
    [{ type, object: { kind: 'verification', id: reset.verificationId }, payload, occurredAt }],
    [uuidOf(type, reset.verificationId, reset.run.id)],
  )

/** The validity of a stored decision, for a grant and for a schedule alike (D1, D5, G8). */
import { isFresh, isLate, isTimely } from '#domain/grant.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { isActing, type Purpose } from '#domain/verification/verification.ts'
import { readDecidedCase, type DecidedCase } from '#services/actions/actions.ts'
import { databaseNow } from '#platform/database/clock.ts'
import { readPerson, type Person } from '#services/people/people.ts'
import { putSchedule, readSchedule, type StoredSchedule } from '#services/actions/schedules.ts'
import { readScoring, type Scoring } from '#services/risk/scorings.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { WaitOfCase } from '#services/actions/wait-before-grant.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { isScheduleGenuine, signSchedule, type ScheduleFields } from '#platform/crypto/signed-records.ts'
import type { ResetRef } from '#workflows/action/activity-types.ts'
import { isPairGenuine } from './approval-pair.ts'
import { approversOf, isAsSigned } from './sign-decided.ts'

/** A decision, and everything that speaks for it. */
export type Decision = {
  readonly decided: DecidedCase
  readonly scoring: Scoring
  readonly person: Person
  /** The schedule that was signed for exactly this decision; null where there is none that counts. */
  readonly schedule: StoredSchedule | null
  /** True if the worker signed it, as a decision or, since, as one that is scheduled. */
  readonly isSigned: boolean
}

/** Reads it. Undefined: nothing is decided, or nothing was scored. */
export const readDecision = async (
  keys: KeyRing,
  tx: Tx,
  { verificationId, personId }: ResetRef,
): Promise<Decision | undefined> => {
  const decided = await readDecidedCase(tx, verificationId)
  const scoring = await readScoring(tx, verificationId)
  if (decided === undefined || scoring === undefined) return undefined
  const person = await readPerson(tx, personId)
  const stored = await readSchedule(tx, verificationId)
  const counts = stored !== undefined && isOf(decided, scoring, stored) && isGenuine(keys, stored)
  const isSigned = counts || isAsSigned(keys, tx.tenantId, decided, scoring)
  return { decided, scoring, person, schedule: counts ? stored : null, isSigned }
}

const isGenuine = (keys: KeyRing, { schedule, signature }: StoredSchedule): boolean =>
  isScheduleGenuine(keys, schedule, signature)

const digestOf = ({ evidenceDigest }: Scoring): string => evidenceDigest.toString('hex')

/** True if the scoring belongs to this decision, and to no other. */
const isOf = (decided: DecidedCase, scoring: Scoring, { schedule }: StoredSchedule): boolean =>
  schedule.personId === decided.personId &&
  schedule.purpose === decided.purpose &&
  schedule.policyVersion === decided.policyVersion &&
  schedule.approvers.join() === approversOf(decided).join() &&
  schedule.sessionId === decided.sessionId &&
  Buffer.from(schedule.evidenceDigest, 'hex').equals(scoring.evidenceDigest)

/** True if the case says that its person was approved for an action, and nobody has said no since. */
export const isDecisionValid = (decided: DecidedCase, reset: ResetRef): boolean =>
  decided.personId === reset.personId &&
  isActing(decided.purpose as Purpose) &&
  decided.outcome === 'passed' &&
  decided.decision === 'approved' &&
  !decided.isReported

/** The reason why the decision is not valid, for any workflow that asks; null: it is valid. */
const refusalOf = (reset: ResetRef, { decided, person, isSigned }: Decision): RefusalCode | null => {
  if (!isSigned || !isDecisionValid(decided, reset) || person.isBlocked) return 'grant_unusable'
  if (person.neverViaHelpDesk) return 'never_via_help_desk'
  const isActive = person.accountState === 'active' || person.accountState === 'locked'
  return isActive ? null : 'directory_refused'
}

/**
 * Where two people approved, or the account is privileged: both approvals as they were signed, of this case, one after the
 * other, by those who are named as having decided, and valid at the moment that counts (D1, D5, G8).
 */
const pairProblem = async (
  keys: KeyRing,
  tx: Tx,
  { decided, person }: Decision,
  at: number,
): Promise<RefusalCode | null> => {
  const isFound = decided.privilegeFound !== null
  const isPrivileged = decided.tier === 'privileged' || person.tier === 'privileged' || isFound
  if (decided.secondBy === null && !isPrivileged) return null
  return (await isPairGenuine(keys, tx, decided, at)) ? null : 'second_approval_required'
}

/** The reason why no grant is signed now; null: it is time, and everything is valid. */
export const grantProblem = async (
  keys: KeyRing,
  tx: Tx,
  reset: ResetRef,
  decision: Decision,
  waiting: WaitOfCase | undefined,
): Promise<RefusalCode | 'time_over' | null> => {
  const { schedule } = decision
  const waited = schedule && { secondsAgo: schedule.secondsAgo, waitSeconds: schedule.schedule.waitSeconds }
  // Its time has come, and is not over (D5, F3).
  if (waiting === undefined) return 'grant_unusable'
  const timing = { ...waiting, schedule: waited }
  if (!isTimely(timing))
    return isLate(timing) && refusalOf(reset, decision) === null ? 'time_over' : 'grant_unusable'
  // Approvals do not outlast a waiting time, and need not: what counts is that they were valid when it began.
  const at = schedule ? Date.parse(schedule.schedule.scheduledAt) : (await databaseNow(tx)).getTime()
  return refusalOf(reset, decision) ?? (await pairProblem(keys, tx, decision, at))
}

/** Signs that a decision is valid now and cannot be acted on yet. Null: it is not valid, or is too old to be scheduled. */
export const scheduleDecision = async (
  keys: KeyRing,
  tx: Tx,
  reset: ResetRef,
  decision: Decision,
  waiting: WaitOfCase,
): Promise<StoredSchedule | null> => {
  const { decided, scoring } = decision
  const now = await databaseNow(tx)
  const problem = refusalOf(reset, decision) ?? (await pairProblem(keys, tx, decision, now.getTime()))
  if (problem !== null || !isFresh(waiting)) return null
  const schedule: ScheduleFields = {
    tenantId: tx.tenantId,
    verificationId: decided.verificationId,
    personId: decided.personId,
    purpose: decided.purpose,
    policyVersion: decided.policyVersion,
    approvers: approversOf(decided),
    evidenceDigest: digestOf(scoring),
    sessionId: decided.sessionId,
    scheduledAt: now.toISOString(),
    waitSeconds: waiting.waitSeconds,
  }
  const signature = signSchedule(keys, schedule)
  await putSchedule(tx, schedule, signature)
  return { schedule, signature, secondsAgo: 0 }
}

/** Schedules as the worker signs them: a row that was changed by hand counts for nothing (G8). */
import type { KeyRing } from './keys.ts'
import { lengthPrefixed, type GrantSignature } from './sealing.ts'
import { isSignedByWorker, signAsWorker } from './worker-signature.ts'

/** What is signed of a decision that could not be acted on at once. The digest is hexadecimal, the time ISO 8601 UTC. */
export type ScheduleFields = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly purpose: string
  readonly policyVersion: number
  readonly approvers: readonly string[]
  readonly evidenceDigest: string
  /** As the decision says. */
  readonly sessionId: string | null
  readonly scheduledAt: string
  /** The waiting time of the policy at that moment; 0 where only the participant is waited for. */
  readonly waitSeconds: number
}

const bytesOf = (schedule: ScheduleFields): Buffer =>
  lengthPrefixed(
    'countersign.schedule.v2',
    schedule.tenantId,
    schedule.verificationId,
    schedule.personId,
    schedule.purpose,
    String(schedule.policyVersion),
    String(schedule.approvers.length),
    ...schedule.approvers,
    schedule.evidenceDigest,
    schedule.sessionId ?? '',
    String(Date.parse(schedule.scheduledAt)),
    String(schedule.waitSeconds),
  )

/** @throws Error in a process that holds no signing key: only the worker schedules */
export const signSchedule = (ring: KeyRing, schedule: ScheduleFields): GrantSignature =>
  signAsWorker(ring, bytesOf(schedule))

/** Whether a schedule is exactly as it was signed, with a key of ours. */
export const isScheduleGenuine = (
  ring: KeyRing,
  schedule: ScheduleFields,
  signature: GrantSignature,
): boolean => isSignedByWorker(ring, bytesOf(schedule), signature)

/** Events of a weighing: what was weighed, who was silent, and what is asked for by it. */
import type { EventPayload } from '#domain/events/catalog.ts'
import { isHit } from '#domain/risk/asks.ts'
import { tellWatchers } from '#services/staff/staff-notices.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { ScoreInput } from '#workflows/verification/activity-types.ts'
import type { Weighed } from './weigh.ts'

/** Nobody said anything in time: no move, and nothing against anybody. */
export const recordSilence = async (tx: Tx, { case: ref, approverOver, at }: ScoreInput): Promise<void> => {
  if (approverOver === undefined) return
  await recordEvents(
    tx,
    { kind: 'system', id: 'workflow' },
    ref.verificationId,
    [
      {
        type: 'approver.silent',
        object: { kind: 'verification', id: ref.verificationId },
        payload: { ordinal: approverOver },
        occurredAt: at,
      },
    ],
    [uuidOf('approver-silent', ref.verificationId, String(approverOver))],
    'to_consoles',
  )
}

/** Weighed, and nothing moves by that: what the case is recommended for may have changed all the same (G1). */
export const recordWeighed = (
  tx: Tx,
  { case: { verificationId }, at }: ScoreInput,
  weighed: Weighed,
  ordinal: number,
): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'system', id: 'policy' },
    verificationId,
    [
      {
        type: 'verification.weighed',
        object: { kind: 'verification', id: verificationId },
        payload: { ordinal, ...scoredPayload(weighed) },
        occurredAt: at,
      },
    ],
    [uuidOf('weighed', verificationId, String(ordinal))],
    'to_consoles',
  )

/** Mails those who watch about a key that is used in two places at once, and records each weighing that finds it. */
export const alarmOfCopiedKey = async (
  tx: Tx,
  { case: { verificationId }, at }: ScoreInput,
  { results }: Pick<Weighed, 'results'>,
  ordinal: number,
): Promise<void> => {
  if (!results.some((result) => result.code === 'END_COPIED_KEY' && isHit(result))) return
  await tellWatchers(tx, 'key_copied', verificationId)
  await recordEvents(
    tx,
    { kind: 'system', id: 'policy' },
    verificationId,
    [
      {
        type: 'device.copied',
        object: { kind: 'verification', id: verificationId },
        payload: { ordinal },
        occurredAt: at,
      },
    ],
    [uuidOf('device-copied', verificationId, String(ordinal))],
    'to_consoles',
  )
}

/** No move goes with it, so that it has an event of its own. */
export const recordAsked = (
  tx: Tx,
  { case: ref, completionId, at }: ScoreInput,
  type:
    | 'second_contact.asked'
    | 'passkey.asked'
    | 'provider_sign_in.asked'
    | 'push.asked'
    | 'recovery_code.asked',
): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'system', id: 'policy' },
    ref.verificationId,
    [
      {
        type,
        object: { kind: 'verification', id: ref.verificationId },
        payload: {},
        occurredAt: at,
      },
    ],
    [uuidOf(type.replaceAll(/[._]/g, '-'), ref.verificationId, completionId)],
    'to_consoles',
  )

/** The audit keeps these parts of a scoring. */
export const scoredPayload = ({ score: risk, decision, scored }: Weighed): EventPayload => {
  const count = (verdict: string): number => scored.filter((answer) => answer.verdict === verdict).length
  return {
    riskTenths: Math.round(risk.r * 10),
    decideTenths: Math.round(risk.rDecide * 10),
    band: risk.band,
    recommendation: decision.answer,
    policyReasons: decision.reasons,
    reasons: risk.reasons.map((reason) => reason.code),
    correct: count('correct'),
    partial: count('partial'),
    incorrect: count('incorrect'),
    invalid: count('invalid'),
    skipped: count('skipped'),
  }
}

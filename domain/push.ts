/** When a push to an authenticator may be asked for, how often, and until when its answer counts. */
import type { Purpose } from './verification/verification.ts'

/** Pushes of one case. A second one is for a phone that was not at hand at once; more would only wear people down. */
export const mostPushesPerCase = 2

/** Pushes to one person within an hour, over all their cases. */
export const mostPushesPerHour = 3

/** Seconds after which a push without an answer led nowhere; services keep theirs for about as long. */
export const pushSeconds = 120

/** An answer that is first heard of so many seconds after the push was asked for counts for nothing. */
export const latestAnswerSeconds = 600

/** A lost second factor is no proof of itself. */
export const mayAskPush = (purpose: Purpose): boolean => purpose !== 'mfa_reset'

/** Pushes that a case may still send, given those that it and its person have had. */
export const pushesLeft = (ofCase: number, ofPersonInHour: number): number =>
  Math.max(0, Math.min(mostPushesPerCase - ofCase, mostPushesPerHour - ofPersonInHour))

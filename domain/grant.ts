import type { Purpose } from './verification/verification.ts'
import { err, ok, type Result } from './result.ts'
import { refusal, type Refusal } from './refusal.ts'

/**
 * The single-use permission to write one account in one directory. Signed over exactly these
 * fields; times are ISO 8601 UTC, the evidence digest is hexadecimal.
 */
export type GrantFields = {
  readonly id: string
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly directory: string
  readonly directoryId: string
  readonly purpose: Purpose
  readonly policyVersion: number
  /** Ids of who approved: staff, or the policy itself. */
  readonly approvers: readonly string[]
  readonly evidenceDigest: string
  /** The portal session whose code it rests on, and the only one whose password it takes; null: none was alive. */
  readonly sessionId: string | null
  readonly issuedAt: string
  readonly expiresAt: string
  /** The wait between decision and grant; null where the grant followed at once. */
  readonly waited: GrantWait | null
}

/** That a decision stood, with approvals that were valid then, when it was scheduled, and when its waiting time was over. */
export type GrantWait = { readonly scheduledAt: string; readonly notBefore: string }

/** A grant as stored: the fields, and what has become of it. */
export type GrantRecord = GrantFields & {
  readonly tries: number
  readonly spentAt: string | null
  readonly voidedAt: string | null
}

/** The write that is about to be done, read from its own sources and never from the grant. */
export type IntendedWrite = {
  readonly tenantId: string
  readonly verificationId: string
  readonly personId: string
  readonly directory: string
  readonly directoryId: string
  readonly purpose: Purpose
  readonly policyVersion: number
  /** The session of the participant who asks; null where nothing is asked of them (an unlock). */
  readonly sessionId: string | null
}

/** Tries that end in a refusal of the new password by the directory's own rules. */
export const mostGrantTries = 4

/** A grant lives fifteen minutes at most (B1), whatever a policy says. */
export const longestGrantMs = 15 * 60_000

const utf8 = new TextEncoder()

const withLength = (text: string): Uint8Array => {
  const bytes = utf8.encode(text)
  const framed = new Uint8Array(4 + bytes.length)
  new DataView(framed.buffer).setUint32(0, bytes.length)
  framed.set(bytes, 4)
  return framed
}

/**
 * The bytes that are signed: each field as four bytes of length (big-endian) and UTF-8, in a fixed order under a
 * version. Times are milliseconds since 1970, so that two spellings of one moment are one. One that followed a wait says
 * so under a version of its own: the wait can neither be taken out nor put in.
 */
export function canonicalGrant(grant: GrantFields): Uint8Array {
  const parts = [
    grant.waited === null ? 'countersign.grant.v3' : 'countersign.grant.v4',
    grant.id,
    grant.tenantId,
    grant.verificationId,
    grant.personId,
    grant.directory,
    grant.directoryId,
    grant.purpose,
    String(grant.policyVersion),
    String(grant.approvers.length),
    ...grant.approvers,
    grant.evidenceDigest,
    grant.sessionId ?? '',
    String(Date.parse(grant.issuedAt)),
    String(Date.parse(grant.expiresAt)),
    ...(grant.waited === null
      ? []
      : [String(Date.parse(grant.waited.scheduledAt)), String(Date.parse(grant.waited.notBefore))]),
  ].map(withLength)
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** The reason why a grant does not permit a write. */
export type GrantProblem =
  | 'signature'
  | 'tenant'
  | 'verification'
  | 'person'
  | 'directory'
  | 'account'
  | 'purpose'
  | 'policy'
  | 'session'
  | 'no_approver'
  | 'lifetime'
  | 'waiting_time'
  | 'not_yet'
  | 'expired'
  | 'spent'
  | 'voided'
  | 'too_many_tries'

const mismatch = (grant: GrantRecord, write: IntendedWrite): GrantProblem | undefined => {
  const pairs: readonly (readonly [GrantProblem, string | number, string | number])[] = [
    ['tenant', grant.tenantId, write.tenantId],
    ['verification', grant.verificationId, write.verificationId],
    ['person', grant.personId, write.personId],
    ['directory', grant.directory, write.directory],
    ['account', grant.directoryId, write.directoryId],
    ['purpose', grant.purpose, write.purpose],
    ['policy', grant.policyVersion, write.policyVersion],
  ]
  const other = pairs.find(([, granted, wanted]) => granted !== wanted)?.[0]
  return other ?? (write.sessionId === null || write.sessionId === grant.sessionId ? undefined : 'session')
}

const lifetimeProblem = (grant: GrantRecord, now: number): GrantProblem | undefined => {
  const [from, to] = [Date.parse(grant.issuedAt), Date.parse(grant.expiresAt)]
  // A time that cannot be read makes every comparison false, hence each is put so that false refuses.
  if (!(to > from && to - from <= longestGrantMs)) return 'lifetime'
  if (!(now < to)) return 'expired'
  return now >= from ? undefined : 'not_yet'
}

const waitProblem = ({ waited, issuedAt }: GrantRecord): GrantProblem | undefined => {
  if (waited === null) return undefined
  const [at, over] = [Date.parse(waited.scheduledAt), Date.parse(waited.notBefore)]
  return at <= over && over <= Date.parse(issuedAt) ? undefined : 'waiting_time'
}

const useProblem = (grant: GrantRecord): GrantProblem | undefined => {
  if (grant.voidedAt !== null) return 'voided'
  if (grant.spentAt !== null) return 'spent'
  return grant.tries >= mostGrantTries ? 'too_many_tries' : undefined
}

/**
 * Everything that must hold before a directory is written (B1, G8, R5). The caller verifies the signature
 * over `canonicalGrant` and passes the answer; `now` is the database's clock. Passing is not spending: that is one
 * guarded write by the caller.
 */
export function checkGrant(
  grant: GrantRecord,
  write: IntendedWrite,
  signatureIsGood: boolean,
  now: string,
): Result<GrantRecord, Refusal> {
  const problem = !signatureIsGood
    ? 'signature'
    : (mismatch(grant, write) ??
      (grant.approvers.length === 0 ? 'no_approver' : undefined) ??
      useProblem(grant) ??
      waitProblem(grant) ??
      lifetimeProblem(grant, Date.parse(now)))
  return problem === undefined ? ok(grant) : err(refusal('grant_unusable', { problem }))
}

/** A participant may take this long to come back once the wait is over, seconds (F3). */
export const returnSeconds = 3600

/** The times of a decision that a grant is asked for, in seconds by the database's clock. */
export type DecisionTiming = {
  readonly decidedSecondsAgo: number
  /** The waiting time that the policy asks for at this moment. */
  readonly waitSeconds: number
  /** As the worker signed it, where the decision could not be acted on at once. */
  readonly schedule: { readonly secondsAgo: number; readonly waitSeconds: number } | null
  readonly hasReturned: boolean
}

/** Seconds until the waiting time of a schedule is over: the longer one, where the policy asks for more by now. */
export const secondsLeft = (schedule: NonNullable<DecisionTiming['schedule']>, waitSeconds: number): number =>
  Math.max(schedule.waitSeconds, waitSeconds) - schedule.secondsAgo

/** True if a decision is young enough to be scheduled or acted on (D5). */
export const isFresh = ({ decidedSecondsAgo }: Pick<DecisionTiming, 'decidedSecondsAgo'>): boolean =>
  decidedSecondsAgo >= 0 && decidedSecondsAgo <= longestGrantMs / 1000

/**
 * True if a decision may be acted on now: at once and while it is fresh (D5), or as it was scheduled, after its waiting
 * time and not later than a grant may live. A participant who came back with a fresh link and code has the time that
 * coming back may take.
 */
export const isTimely = (timing: DecisionTiming): boolean => {
  const { schedule, waitSeconds, hasReturned } = timing
  if (schedule === null) return waitSeconds === 0 && isFresh(timing)
  const since = -secondsLeft(schedule, waitSeconds)
  return since >= 0 && since <= turnSeconds(hasReturned)
}

/** A grant may still be asked for this long after a waiting time. */
const turnSeconds = (hasReturned: boolean): number =>
  longestGrantMs / 1000 + (hasReturned ? returnSeconds : 0)

/** True if the time to act on a decision has run out for good, rather than not come yet. */
export const isLate = ({ decidedSecondsAgo, schedule, waitSeconds, hasReturned }: DecisionTiming): boolean =>
  schedule === null
    ? waitSeconds === 0 && decidedSecondsAgo > longestGrantMs / 1000
    : -secondsLeft(schedule, waitSeconds) > turnSeconds(hasReturned)

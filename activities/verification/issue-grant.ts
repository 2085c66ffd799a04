import { ApplicationFailure } from '@temporalio/common'
import { isTimely, longestGrantMs, type GrantFields } from '#domain/grant.ts'
import type { RefusalCode } from '#domain/refusal.ts'
import { actionEvents, type EventType } from '#domain/events/catalog.ts'
import { isActing, type Purpose } from '#domain/verification/verification.ts'
import {
  readActionKind,
  readDecidedCase,
  recordActionRow,
  type DecidedCase,
} from '#platform/server/db/actions.ts'
import { readPerson, type PersonRow } from '#platform/server/db/contacts-read.ts'
import { isHeld } from '#platform/server/db/duress.ts'
import { addGrant, lockGrant } from '#platform/server/db/grants.ts'
import { recordEvents, uuidOf } from '#platform/server/db/record-events.ts'
import { readScoring, type Scoring } from '#platform/server/db/scorings.ts'
import { inTenant, type Tx } from '#platform/server/db/transaction.ts'
import type { KeyRing } from '#platform/server/keys.ts'
import { readTurn } from '#platform/server/db/turns.ts'
import { signGrant } from '#platform/server/sealing.ts'
import type { IssueGrantAnswer, IssueGrantInput, ResetRef } from '#workflows/password-reset/steps.ts'
import type { ActivityDeps } from '../ports.ts'
import { isPairGenuine } from './approval-pair.ts'

/** Signs the permission to write one account, once, for a decision that is stored and still stands. */
export const createIssueGrant =
  (deps: Pick<ActivityDeps, 'db' | 'keys'>) =>
  (input: IssueGrantInput): Promise<IssueGrantAnswer> =>
    inTenant(deps.db, input.reset.tenantId, async (tx) => {
      const { reset } = input
      const id = uuidOf('grant', reset.tenantId, reset.verificationId, reset.run.id)
      // The first run of this activity did it all, and only its answer was lost.
      if ((await lockGrant(tx, id)) !== undefined) return { grantId: id, reason: null }
      const decided = await readDecidedCase(tx, reset.verificationId)
      const scoring = await readScoring(tx, reset.verificationId)
      const person = await readPerson(tx, reset.personId)
      // Its time has come, and is not over (D5, F3).
      const turn = await readTurn(tx, reset.verificationId, reset.policyVersion)
      const isDue = turn !== undefined && isTimely(turn)
      const standing = isDue ? decided : undefined
      const reason =
        refusalOf(reset, standing, person) ?? (await pairProblem(deps.keys, tx, standing, person))
      if (reason !== null || decided === undefined || scoring === undefined) {
        return refuse(tx, input, reason ?? 'evidence_missing')
      }
      if (await isHeld(tx, reset.verificationId)) throw notYet()
      return issue(deps, tx, input, fieldsOf(input, id, decided, scoring, person))
    })

/**
 * Somebody looks after the case first. Nothing is recorded, so that nothing tells; it is tried again until they have, or the
 * decision is too old to be acted on.
 */
const notYet = (): ApplicationFailure =>
  ApplicationFailure.create({ message: 'not yet', type: 'not_yet', nextRetryDelay: '3s' })

/** The decision as stored must allow it, whoever started this workflow (G8). */
const refusalOf = (
  reset: ResetRef,
  decided: DecidedCase | undefined,
  person: PersonRow,
): RefusalCode | null => {
  if (decided === undefined || !isStanding(decided, reset) || person.isBlocked) return 'grant_unusable'
  if (person.neverViaHelpDesk) return 'never_via_help_desk'
  const isActive = person.accountState === 'active' || person.accountState === 'locked'
  return isActive ? null : 'directory_refused'
}

/**
 * Where two people approved, or the account is privileged: both approvals as they were signed, of this case, one after the
 * other, by those who are named as having decided (security.md D1, G8).
 */
const pairProblem = async (
  keys: KeyRing,
  tx: Tx,
  decided: DecidedCase | undefined,
  person: PersonRow,
): Promise<RefusalCode | null> => {
  if (decided === undefined) return null
  const isFound = decided.privilegeFound !== null
  const isPrivileged = decided.tier === 'privileged' || person.tier === 'privileged' || isFound
  if (decided.secondBy === null && !isPrivileged) return null
  return (await isPairGenuine(keys, tx, decided)) ? null : 'second_approval_required'
}

const isStanding = (decided: DecidedCase, reset: ResetRef): boolean =>
  decided.personId === reset.personId &&
  isActing(decided.purpose as Purpose) &&
  decided.outcome === 'passed' &&
  decided.decision === 'approved' &&
  !decided.isReported

const approversOf = ({ decidedById, secondBy }: DecidedCase): string[] =>
  [decidedById, secondBy].filter((id) => id !== null)

const fieldsOf = (
  { reset, grantSeconds }: IssueGrantInput,
  id: string,
  decided: DecidedCase,
  scoring: Scoring,
  person: PersonRow,
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
    issuedAt: new Date(issuedMs).toISOString(),
    expiresAt: new Date(issuedMs + lifeMs).toISOString(),
  }
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
  reason: RefusalCode,
): Promise<IssueGrantAnswer> => {
  await recordActionRow(tx, { reset, seq, state: 'failed', reason })
  const { kind } = (await readActionKind(tx, reset.verificationId)) ?? { kind: 'password_reset' }
  await record(tx, reset, `${actionEvents[kind]}.failed`, { action: 'failed', reason }, at)
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

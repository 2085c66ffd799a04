import { secondsLeft } from '#domain/grant.ts'
import { recordActionRow } from '#services/actions/actions.ts'
import { isReportedSince } from '#services/reports/freeze.ts'
import { addNotices } from '#services/sending/notices.ts'
import { recordEvents, uuidOf } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { readWait, setNotBefore, type WaitOfCase } from '#services/actions/wait-before-grant.ts'
import type { KeyRing } from '#platform/crypto/keys.ts'
import { readCase } from '#services/verifications/verifications.ts'
import type { PrepareActionAnswer, PrepareActionInput } from '#workflows/action/wait-activity-types.ts'
import type { ActivityDeps } from '../ports.ts'
import { readDecision, scheduleDecision } from './decision-validity.ts'

/**
 * Finds out if it is time for a grant: the waiting time of the policy is over by the database's clock since the moment
 * that was signed, and the participant is there. The grant itself refuses an invalid decision. The same call again
 * changes nothing.
 */
export const createPrepareAction =
  (deps: Pick<ActivityDeps, 'db' | 'keys'>) =>
  (input: PrepareActionInput): Promise<PrepareActionAnswer> =>
    inTenant(deps.db, input.reset.tenantId, async (tx) => {
      const { verificationId, personId, policyVersion } = input.reset
      const found = await readCase(tx, verificationId)
      const waiting = await readWait(tx, verificationId, policyVersion)
      if (found === undefined || waiting === undefined) return { kind: 'ready' }
      if (await isReportedSince(tx, personId, found.case.createdAt)) return { kind: 'ready' }
      return prepare(deps.keys, tx, input, waiting)
    })

const prepare = async (
  keys: KeyRing,
  tx: Tx,
  input: PrepareActionInput,
  waiting: WaitOfCase,
): Promise<PrepareActionAnswer> => {
  const decision = await readDecision(keys, tx, input.reset)
  if (decision === undefined) return { kind: 'ready' }
  if (decision.schedule === null && waiting.waitSeconds === 0 && waiting.isPresent) return { kind: 'ready' }
  const stored = decision.schedule ?? (await scheduleDecision(keys, tx, input.reset, decision, waiting))
  if (stored === null) return { kind: 'ready' }
  const { secondsAgo, schedule: signed } = stored
  const seconds = secondsLeft({ secondsAgo, waitSeconds: signed.waitSeconds }, waiting.waitSeconds)
  if (seconds > 0) return schedule(tx, input, seconds)
  return waiting.isPresent ? { kind: 'ready' } : wait(tx, input, waiting.linkOrdinal)
}

/** Every contact gets a notice before anything can happen, each with a link that says no (B12). */
const schedule = async (tx: Tx, input: PrepareActionInput, seconds: number): Promise<PrepareActionAnswer> => {
  const { reset, seq } = input
  const { verificationId, personId } = reset
  if (await recordActionRow(tx, { reset, seq, state: 'scheduled', reason: null })) {
    await setNotBefore(tx, verificationId, seconds)
    await addNotices(tx, { verificationId, personId, kind: 'scheduled', exceptContactId: null })
    await record(tx, input, 'action.scheduled')
  }
  return { kind: 'scheduled', seconds }
}

const wait = async (tx: Tx, input: PrepareActionInput, linkOrdinal: number): Promise<PrepareActionAnswer> => {
  const { reset, seq } = input
  if (await recordActionRow(tx, { reset, seq, state: 'awaiting_participant', reason: null }))
    await record(tx, input, 'action.awaited')
  return { kind: 'absent', linkOrdinal }
}

const record = (
  tx: Tx,
  { reset: { verificationId, run }, seq, at }: PrepareActionInput,
  type: 'action.scheduled' | 'action.awaited',
): Promise<void> =>
  recordEvents(
    tx,
    { kind: 'system', id: 'workflow' },
    verificationId,
    [{ type, object: { kind: 'verification', id: verificationId }, payload: {}, occurredAt: at }],
    [uuidOf(type, verificationId, run.id, String(seq))],
  )

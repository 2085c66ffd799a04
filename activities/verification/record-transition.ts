import { ApplicationFailure } from '@temporalio/common'
import { freeze, reportTermsOf } from '#services/reports/freeze.ts'
import { voidLinks } from '#services/sending/links.ts'
import { addNotices } from '#services/sending/notices.ts'
import { readPolicy } from '#services/policy/policies.ts'
import { endPortalSessions } from '#services/verifications/portal-sessions.ts'
import { appendEvents, appendLastEvents } from '#platform/database/record-events.ts'
import { inTenant, type Tx } from '#platform/database/transaction.ts'
import { recordCase } from '#services/verifications/record-case.ts'
import { aboutLink, aboutStart } from '#platform/crypto/staff-attestation.ts'
import type { RecordedMove, RecordTransitionInput } from '#workflows/verification/activity-types.ts'
import { recordReports, storeReports } from '../messaging/record-reports.ts'
import { isReportMade, isAttested, type AttestationDeps } from './check-attestation.ts'
import { tellEnd } from './tell-end.ts'

/** Stores moves that have no effect of their own but what always goes with them: notices, dead links, a freeze. */
export const createRecordTransition =
  (deps: AttestationDeps) =>
  async (input: RecordTransitionInput): Promise<void> => {
    for (const move of input.moves) {
      await mustBeSaid(deps, input, move)
      if (move.move === 'report') await mustBeReported(deps, input, move)
    }
    return inTenant(deps.db, input.case.tenantId, async (tx) => {
      for (const move of input.moves) await goWith(tx, input, move)
      const reports = await storeReports(tx, input.deliveryReports ?? [])
      await recordCase(tx, input, reports.length === 0 ? appendLastEvents : appendEvents)
      if (reports.length > 0) await recordReports(tx, input.case.verificationId, reports)
    })
  }

/** A start always needs an attested actor; of the other moves those that came in the name of staff. */
const mustBeSaid = async (
  deps: AttestationDeps,
  { case: ref, snapshot }: RecordTransitionInput,
  { move, actor, reason, staffRequest }: RecordedMove,
): Promise<void> => {
  const isNamed = staffRequest !== undefined || actor.kind === 'agent' || actor.kind === 'api_client'
  if (move !== 'create' && !isNamed) return
  const { tenantId, verificationId, referrer } = ref
  const claim =
    move === 'create'
      ? ({ act: 'start', byId: referrer.id, about: aboutStart(ref, snapshot) } as const)
      : move === 'cancel'
        ? ({ act: 'cancel', byId: actor.id, about: [reason ?? null] } as const)
        : ({ act: 'resend', byId: actor.id, about: aboutLink(snapshot) } as const)
  if (await isAttested(deps, { tenantId, verificationId, ...claim }, staffRequest)) return
  throw ApplicationFailure.nonRetryable('nobody of the staff said so', 'not_permitted')
}

/** Nobody is frozen, and no case ends, by a report that nobody made. */
const mustBeReported = async (
  deps: AttestationDeps,
  { case: { tenantId, verificationId, personId } }: RecordTransitionInput,
  { ref = '' }: RecordedMove,
): Promise<void> => {
  if (await isReportMade(deps, { tenantId, verificationId, personId, reportId: ref })) return
  throw ApplicationFailure.nonRetryable('nobody reported it', 'not_permitted')
}

/** The work that goes with a move; all of it can be repeated. */
const goWith = async (tx: Tx, input: RecordTransitionInput, move: RecordedMove): Promise<void> => {
  const { verificationId, personId, policyVersion } = input.case
  const { contactId } = input.snapshot
  if (move.move === 'create') {
    await addNotices(tx, { verificationId, personId, kind: 'started', exceptContactId: contactId })
  }
  if (move.to !== 'closed') return
  await voidLinks(tx, verificationId)
  await tellEnd(tx, input.case, input.snapshot)
  if (move.move === 'report') {
    const policy = await readPolicy(tx, policyVersion)
    const reportId = move.ref ?? verificationId
    await freeze(tx, { reportId, verificationId, personId, source: 'message', ...reportTermsOf(policy) })
  }
  if (move.move === 'report' || move.move === 'cancel') await endPortalSessions(tx, verificationId, move.move)
}

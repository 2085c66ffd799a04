import { may } from '#domain/roles.ts'
import { readApproverRequests, type ApproverRequestRow } from '#services/approvals/approver-requests.ts'
import { readSample } from '#services/verifications/review.ts'
import { inSnapshot } from '#platform/database/transaction.ts'
import type { Review } from '../../contract/console-review.ts'
import type { ApiDeps } from '../../deps.ts'
import { bind } from '../../http/bind.ts'
import type { StaffCaller } from '../../http/callers.ts'
import { panelWithoutHold, readOnHold } from '../case/on-hold.ts'
import { deviceOf } from '../case/panel/device.ts'
import { participantOf } from '../case/panel/panel.ts'
import { readRaw, type RawVerification } from '../case/panel/raw.ts'
import { deliveriesOf, rowOf, verdictsOf } from '../case/panel/row.ts'
import { timelineOf } from '../case/panel/timeline.ts'
import { askedOf } from '../case/panel/vouching.ts'
import { excludedPeople } from '../scope.ts'

/** The case up to its scoring: everything after it tells how it ended. */
const untilScored = (raw: RawVerification): RawVerification => {
  const scored = raw.events.findLastIndex(({ type }) => type === 'verification.scored')
  const at = raw.verification.scored_at
  return {
    ...raw,
    events: scored < 0 ? raw.events : raw.events.slice(0, scored + 1),
    deliveries: raw.deliveries.filter(
      ({ begun_at: begun }) => at === null || Date.parse(begun) <= Date.parse(at),
    ),
  }
}

const caseOf = (
  deps: ApiDeps,
  staff: StaffCaller,
  whole: RawVerification,
  requests: readonly ApproverRequestRow[],
): NonNullable<Review['next']> => {
  const raw = untilScored(whole)
  const { id, purpose, referrer, channel, contactMasked, ticket, startedAt } = rowOf(raw, staff)
  return {
    row: { id, purpose, referrer, channel, contactMasked, ticket, startedAt },
    participant: participantOf(raw),
    contactLabel: raw.verification.contact_label,
    progress: { route: raw.plan?.route ?? null },
    verdicts: verdictsOf(raw),
    device: may(staff.role, 'checks.read') ? deviceOf(deps, staff.tenantId, raw) : null,
    deliveries: deliveriesOf(raw),
    approvers: requests.map((row) => askedOf(row, staff)),
    timeline: timelineOf(raw, staff),
  }
}

/** The next case of the sample that this member of staff may label, without score, outcome and decision. */
export const nextReview = (deps: ApiDeps) =>
  bind('console.review', ({ staff }) =>
    inSnapshot(deps.db, staff.tenantId, async (tx) => {
      const sample = await readSample(tx, staff.staffId, await excludedPeople(tx, staff))
      const [first] = sample
      if (first === undefined) return { waiting: 0, next: null }
      const { id } = first
      const raw = panelWithoutHold(await readRaw(tx, staff, id), await readOnHold(tx, staff))
      return { waiting: sample.length, next: caseOf(deps, staff, raw, await readApproverRequests(tx, id)) }
    }),
  )

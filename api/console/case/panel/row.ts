import { deliveryProblem } from '#domain/messages/delivery-problem.ts'
import { may } from '#domain/roles.ts'
import { shownOutcome } from '#domain/verification/outcome.ts'
import { notDelivered } from '#services/sending/refused-codes.ts'
import type { StaffCaller } from '../../../http/callers.ts'
import type { VerificationRow } from '../../../contract/console-verifications.ts'
import { instant, instantOrNull, type RawVerification } from './raw.ts'

/** True if a report has to read as a plain failure for this caller (B9). */
export const hidesReport = (raw: RawVerification, staff: StaffCaller): boolean =>
  staff.role === 'agent' && raw.verification.outcome === 'reported'

/** The row of the list, for one verification. */
export const rowOf = (raw: RawVerification, staff: StaffCaller): VerificationRow => {
  const { verification, person } = raw
  const risk = may(staff.role, 'scores.read') ? verification.risk_tenths : null
  return {
    id: verification.id,
    participant: { id: person.id, name: person.display_name, email: person.work_email },
    purpose: verification.purpose,
    state: verification.state,
    outcome: shownOutcome(verification.outcome, staff.role),
    decision: hidesReport(raw, staff) ? 'refused' : verification.decision,
    action: raw.action?.state ?? 'none',
    risk: risk === null ? null : risk / 10,
    band: verification.band,
    referrer: { id: verification.referrer_id, name: verification.referrer_name },
    channel: verification.channel,
    contactMasked: verification.contact_masked,
    ticket: verification.ticket,
    feedback: raw.feedback?.rating ?? null,
    startedAt: verification.created_at,
    completedAt: instantOrNull(verification.closed_at),
  }
}

/** The reason why a code could not be sent, while the participant waits for it. */
const refusedCodeOf = ({ verification: { state }, plan }: RawVerification) =>
  state === 'answering' && plan !== null && plan.code_refusal !== null && plan.completed_at === null
    ? { sendAt: instantOrNull(plan.code_next_at), isUndelivered: plan.code_refusal === notDelivered }
    : null

/** The case's progress. */
export const progressOf = (raw: RawVerification, askedOf: number | null) => {
  const { verification, plan } = raw
  const reported = raw.deliveries.find(({ kind, status }) => kind === 'link' && status === 'delivered')
  return {
    sentAt: instantOrNull(verification.sent_at),
    deliveredAt: instantOrNull(reported?.reported_at),
    pageSeenAt: instantOrNull(raw.pageSeenAt),
    codeAcceptedAt: instantOrNull(verification.opened_at),
    codeTries: verification.code_tries,
    route: plan?.route ?? null,
    answered: raw.answers.length,
    askedOf,
    // Null again while a second contact is asked after questions that did not suffice.
    answersCompletedAt: instantOrNull(
      verification.state === 'answering'
        ? plan?.completed_at
        : (verification.answers_completed_at ?? plan?.completed_at),
    ),
    codeRefused: refusedCodeOf(raw),
    isCodeGivenUp: plan !== null && plan.code_given_up_at !== null,
    scoredAt: instantOrNull(verification.scored_at),
    closedAt: instantOrNull(verification.closed_at),
  }
}

/** The number of answers for each verdict; agents see no more of the transcript than this. */
export const verdictsOf = (raw: RawVerification) => {
  const counts = { correct: 0, partial: 0, incorrect: 0, invalid: 0, skipped: 0 }
  for (const { verdict } of raw.answers) counts[verdict] += 1
  return counts
}

type RawDelivery = RawVerification['deliveries'][number]

/** The reason why a message did not arrive, or has not yet; null where nothing speaks against it. */
const problemOf = ({ status, error_code, report_code, delayed_at }: RawDelivery) => {
  const code = report_code ?? error_code
  const isFine = status === 'delivered' || (status === 'accepted' && delayed_at === null)
  return isFine || code === null ? null : deliveryProblem(code)
}

/** The moment when each message went out, and its result. */
export const deliveriesOf = (raw: RawVerification) =>
  raw.deliveries.map((delivery) => ({
    kind: delivery.kind,
    ordinal: delivery.ordinal,
    channel: delivery.channel,
    contactMasked: delivery.contact_masked,
    contactLabel: delivery.contact_label,
    status: delivery.status,
    at: instant(delivery.begun_at),
    sentAt: instantOrNull(delivery.sent_at),
    delayedAt: instantOrNull(delivery.delayed_at),
    // The provider's report, else its first answer; none while that is awaited.
    endedAt: delivery.status === 'begun' ? null : instantOrNull(delivery.reported_at ?? delivery.finished_at),
    problem: problemOf(delivery),
  }))

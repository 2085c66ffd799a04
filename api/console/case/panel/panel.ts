import { isSign } from '#domain/policy/signs.ts'
import { isDataFile } from '#domain/risk/evaluate.ts'
import { may } from '#domain/roles.ts'
import { isLegal } from '#domain/verification/state.ts'
import { openPlan } from '#platform/crypto/case-inputs.ts'
import { openSealedText } from '#platform/crypto/sealing.ts'
import type { StaffCaller } from '../../../http/callers.ts'
import type { Sentence } from '../../../contract/common.ts'
import type { VerificationPanel } from '../../../contract/console-verifications.ts'
import type { ApiDeps } from '../../../deps.ts'
import { phraseWordsOf } from '../../../phrase-words.ts'
import { bytesOf } from '../../../portal/portal-case.ts'
import { isSteering } from '../../sending/steering.ts'
import { instructionFor } from '../instruction.ts'
import { actionsOf } from './actions.ts'
import { deviceOf } from './device.ts'
import { instant, instantOrNull, type RawVerification } from './raw.ts'
import { deliveriesOf, hidesReport, progressOf, rowOf, verdictsOf } from './row.ts'
import { checksOf, scoreOf } from './score.ts'
import { timelineOf } from './timeline.ts'
import { vouchingParts, type PanelCase } from './vouching.ts'

type Deps = Pick<ApiDeps, 'keys' | 'factTools' | 'settings'>

/** The person whom the case is about. */
export const participantOf = ({ person }: RawVerification): VerificationPanel['participant'] => ({
  id: person.id,
  name: person.display_name,
  email: person.work_email,
  title: person.title,
  department: person.department,
  office: person.office,
  tier: person.tier,
  accountState: person.account_state,
})

const askedOf = ({ keys }: Deps, tenantId: string, raw: RawVerification): number | null => {
  if (raw.plan === null) return null
  const plan = openPlan(keys, tenantId, raw.verification.id, bytesOf(raw.plan.plan_sealed))
  return plan.route === 'questions' ? plan.rule.maxAsked : null
}

const feedbackOf = (
  { keys }: Deps,
  tenantId: string,
  raw: RawVerification,
): VerificationPanel['feedback'] => {
  if (raw.feedback === null) return null
  const { rating, comment_sealed: sealed, at } = raw.feedback
  const place = { tenantId, table: 'feedback', column: 'comment_sealed', row: raw.verification.id }
  return {
    rating,
    comment: sealed === null ? null : openSealedText(keys, place, bytesOf(sealed)),
    at: instant(at),
  }
}

/** Agents must not see that a report stopped it (B9): to them it was cancelled. */
const reasonOf = ({ action }: RawVerification, { role }: StaffCaller): string | null =>
  action?.reason === 'reported' && role === 'agent' ? 'cancelled' : (action?.reason ?? null)

const noAction: VerificationPanel['action'] = {
  state: 'none',
  at: null,
  reason: null,
  sessionsEnded: null,
  scheduledFor: null,
}

const actionOf = (raw: RawVerification, staff: StaffCaller): VerificationPanel['action'] => {
  const { action } = raw
  if (action === null) return noAction
  const reason = reasonOf(raw, staff)
  return {
    state: action.state,
    at: instantOrNull(action.completed_at ?? action.recorded_at),
    reason: reason === null ? null : { key: `refusal.${reason}`, slots: {} },
    sessionsEnded: action.sessions_ended,
    scheduledFor: action.state === 'scheduled' ? instantOrNull(action.not_before) : null,
  }
}

const decisionOf = ({ verification }: RawVerification): VerificationPanel['decidedBy'] =>
  verification.decided_at === null
    ? null
    : {
        name: verification.decided_by_name ?? 'policy',
        at: instant(verification.decided_at),
        // The policy leaves a mark in that column, and no person's words.
        reason: verification.decided_by_name === null ? null : verification.decision_reason,
      }

const workflowUrl = ({ settings }: Deps, staff: StaffCaller, id: string): string | null =>
  settings.temporalUiUrl !== null && may(staff.role, 'workflows.link')
    ? `${settings.temporalUiUrl}/workflows/${encodeURIComponent(`${staff.tenantId}/verification/${id}`)}`
    : null

/** The data files that the checks of the newest scoring used, each once, with the version of that time. */
const dataVersions = ({ scoring }: RawVerification): VerificationPanel['versions']['data'] => {
  const files = (scoring?.results ?? [])
    .filter(({ source }) => isDataFile(source))
    .map(({ source }) => source)
  const byName = new Map(files.map(({ name, version }) => [`${name} ${version}`, { name, version }]))
  return [...byName.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'))
}

const reasonSentence = (reason: string): Sentence =>
  isSign(reason) ? { key: 'policy.sign', slots: { check: reason } } : { key: `policy.${reason}`, slots: {} }

/** An agent reads these findings: the participant can mend them with another browser. Every other reason is a judgement. */
const namedToAgents: readonly string[] = ['END_NO_TELEMETRY', 'END_NO_KEY']

/** Only those who may see scores and checks get these parts: agents see outcome, band and instruction. */
const evidenceParts = (deps: Deps, staff: StaffCaller, raw: RawVerification) => {
  const seesChecks = may(staff.role, 'checks.read')
  const { scoring, verification } = raw
  const isNamed = (reason: string): boolean => seesChecks || namedToAgents.includes(reason)
  const recorded = (scoring?.decision.wouldAsk ?? []).flatMap(({ reasons }) => reasons)
  return {
    recommendationReasons: verification.recommendation_reasons.filter(isNamed).map(reasonSentence),
    wouldAsk: recorded.filter(isNamed).map(reasonSentence),
    score: scoring !== null && may(staff.role, 'scores.read') ? scoreOf(scoring) : null,
    checks: scoring !== null && seesChecks ? checksOf(deps, staff, raw) : null,
    device: seesChecks ? deviceOf(deps, staff.tenantId, raw) : null,
    versions: { policy: verification.policy_version, data: dataVersions(raw) },
  }
}

/** The code of the newest link, while the case waits for it: only for the staff who steer the case. */
const canReadMatchCode = ({ verification, action, link }: RawVerification, staff: StaffCaller): boolean =>
  may(staff.role, 'verifications.steer') &&
  isSteering(staff, { kind: verification.referrer_kind, id: verification.referrer_id }) &&
  (isLegal(verification.state, 'open') || action?.state === 'awaiting_participant') &&
  link?.used_at === null &&
  link.voided_at === null

/** The summary panel of a verification, as far as this caller may see it; the hash binds a decision to it (D4). */
export const panelOf = (
  deps: Deps,
  staff: StaffCaller,
  raw: PanelCase,
  screenHash: string,
  exercise: VerificationPanel['exercise'],
): Omit<VerificationPanel, 'directoryNote'> => {
  const { verification } = raw
  const { id, instruction } = verification
  const progress = progressOf(raw, askedOf(deps, staff.tenantId, raw))
  return {
    row: rowOf(raw, staff),
    participant: participantOf(raw),
    phrase: phraseWordsOf(id),
    contactLabel: verification.contact_label,
    linkExpiresAt: instantOrNull(raw.link?.expires_at),
    expiresAt: instant(verification.expires_at),
    canReadMatchCode: canReadMatchCode(raw, staff),
    progress,
    recommendation: verification.recommendation,
    instruction:
      progress.codeRefused === null
        ? instructionFor(instruction, staff.role)
        : { key: 'instruction.second_code_refused', slots: {} },
    decidedBy: hidesReport(raw, staff) ? null : decisionOf(raw),
    action: actionOf(raw, staff),
    actions: actionsOf(raw, staff),
    approval: raw.approval.part,
    verdicts: verdictsOf(raw),
    deliveries: deliveriesOf(raw),
    ...vouchingParts(raw, staff),
    timeline: timelineOf(raw, staff),
    feedback: feedbackOf(deps, staff.tenantId, raw),
    labels: raw.labels.map((label) => ({
      label: label.label,
      reason: label.reason,
      basis: label.basis,
      byName: label.by_name,
      at: instant(label.at),
    })),
    exercise: may(staff.role, 'exercises.mark') || may(staff.role, 'calibration.read') ? exercise : null,
    screenHash,
    resendContactId: verification.contact_id,
    workflowUrl: workflowUrl(deps, staff, id),
    ...evidenceParts(deps, staff, raw),
  }
}

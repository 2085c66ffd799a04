import type { CheckResult, Evidence } from '#domain/risk/check.ts'
import { actionStates } from '#domain/verification/outcome.ts'
import { purposes } from '#domain/verification/verification.ts'
import type { KeptRow, NoticeSent, OwnScoring } from './material.ts'
import { dataMap } from '#platform/database/data-map.ts'
import type { AskedQuestion, ReportedCase, ReportedCheck, ReportedMessage } from './report.ts'
import { instant, instantOrNull, numberOrNull, oneOf, text, textOrNull } from './rows.ts'

/** The material of which a report on one participant's cases is made. */
export type CaseParts = {
  readonly rowsOf: (table: string) => readonly KeptRow[]
  readonly scorings: readonly OwnScoring[]
  readonly comments: ReadonlyMap<string, string>
  readonly notices: readonly NoticeSent[]
  /** The person who gave the second approval, by case. */
  readonly seconds: ReadonlyMap<string, string>
}

/** Checks whose result would reveal which answers were right. */
const tellsAnswers: ReadonlySet<string> = new Set(['CHA_ANSWER', 'CHA_CANARY', 'CHA_INCONSISTENT'])

const ofCase = (rows: readonly KeptRow[], id: string): readonly KeptRow[] =>
  rows.filter((row) => row['verification_id'] === id)

const askedOf = ({ rowsOf }: CaseParts, id: string): readonly AskedQuestion[] => {
  const answers = ofCase(rowsOf('answers'), id)
  return ofCase(rowsOf('disclosures'), id).map((shown) => {
    const answer = answers.find((row) => row['family'] === shown['family'])
    const tenths = numberOrNull(answer?.['seconds_tenths'])
    const listed = numberOrNull(shown['value_count']) ?? 0
    return {
      family: text(shown['family']),
      at: instant(shown['shown_at']),
      listed: listed === 0 ? null : listed,
      isAnswered: answer !== undefined,
      seconds: tenths === null ? null : tenths / 10,
    }
  })
}

const messagesOf = ({ rowsOf, notices }: CaseParts, id: string): readonly ReportedMessage[] =>
  [
    ...ofCase(rowsOf('deliveries'), id).map((row) => ({
      kind: text(row['kind']),
      channel: text(row['channel']),
      contact: text(row['contact_masked']),
      status: text(row['status']),
      at: instant(row['begun_at']),
    })),
    ...notices
      .filter(({ verificationId }) => verificationId === id)
      .map(({ kind, channel, masked, status, sentAt, createdAt }) => ({
        kind: `notice.${kind}`,
        channel,
        contact: masked,
        status,
        at: (sentAt ?? createdAt).toISOString(),
      })),
  ].sort((a, b) => a.at.localeCompare(b.at))

const checkOf = (result: CheckResult, evidence: readonly Evidence[], most: number): ReportedCheck => ({
  code: result.code,
  category: result.category,
  mode: result.mode,
  status: result.status,
  text: result.text,
  applied: result.applied,
  evidence: evidence
    .filter(({ sensitivity }) => sensitivity <= most)
    .map(({ label, value }) => ({ label, value })),
})

/**
 * Every check but those that would reveal which answers were right. Where the case did not end well, another person may have
 * held the phone: the details of that device and network are theirs and left out.
 */
const checksOf = (scoring: OwnScoring | undefined, isDetailWithheld: boolean): readonly ReportedCheck[] =>
  (scoring?.results ?? []).flatMap((result, index) =>
    tellsAnswers.has(result.code)
      ? []
      : [checkOf(result, scoring?.evidence[index] ?? [], isDetailWithheld ? 0 : 2)],
  )

const decisionOf = (row: KeptRow, { seconds }: CaseParts): ReportedCase['decision'] =>
  row['decided_at'] == null
    ? null
    : {
        decision: text(row['decision']),
        by: textOrNull(row['decided_by_name']) ?? text(row['decided_by_kind']),
        second: seconds.get(text(row['id'])) ?? null,
        at: instant(row['decided_at']),
        reason: textOrNull(row['decision_reason']),
      }

const feedbackOf = ({ rowsOf, comments }: CaseParts, id: string): ReportedCase['feedback'] => {
  const [row] = ofCase(rowsOf('feedback'), id)
  if (row === undefined) return null
  return { rating: text(row['rating']), comment: comments.get(id) ?? null, at: instant(row['at']) }
}

const dayMs = 86_400_000

const rawUntil = ({ rowsOf }: CaseParts, id: string): string | null => {
  const last = ofCase(rowsOf('probe_facts'), id).at(-1)
  const days = dataMap['probe_facts']?.days
  if (last === undefined || days == null) return null
  return new Date(Date.parse(instant(last['received_at'])) + days * dayMs).toISOString()
}

const actionOf = ({ rowsOf }: CaseParts, id: string): ReportedCase['action'] => {
  const [row] = ofCase(rowsOf('actions'), id)
  return row === undefined
    ? null
    : {
        state: oneOf(actionStates, row['state']),
        at: instantOrNull(row['completed_at'] ?? row['recorded_at']),
      }
}

/**
 * The risk score, where nothing was answered. Beside the sums of all other checks it would give the sum of the answers, and
 * with it which of them were right: then the report holds the band alone.
 */
const riskOf = (row: KeptRow, asked: readonly AskedQuestion[]): number | null => {
  const tenths = numberOrNull(row['risk_tenths'])
  return tenths === null || asked.some(({ isAnswered }) => isAnswered) ? null : tenths / 10
}

const headOf = (row: KeptRow) => {
  return {
    id: text(row['id']),
    startedAt: instant(row['created_at']),
    closedAt: instantOrNull(row['closed_at']),
    purpose: oneOf(purposes, row['purpose']),
    state: text(row['state']),
    outcome: textOrNull(row['outcome']),
    ticket: textOrNull(row['ticket']),
    referrer: { kind: text(row['referrer_kind']), name: text(row['referrer_name']) },
    band: textOrNull(row['band']),
    policyVersion: numberOrNull(row['policy_version']) ?? 0,
  }
}

/** One verification as its participant may read it. */
export const reportedCase = (row: KeptRow, parts: CaseParts): ReportedCase => {
  const head = headOf(row)
  const { id } = head
  const isDetailWithheld = head.outcome !== 'passed'
  const asked = askedOf(parts, id)
  return {
    ...head,
    risk: riskOf(row, asked),
    decision: decisionOf(row, parts),
    action: actionOf(parts, id),
    messages: messagesOf(parts, id),
    asked,
    checks: checksOf(
      parts.scorings.find(({ verificationId }) => verificationId === id),
      isDetailWithheld,
    ),
    isDetailWithheld,
    feedback: feedbackOf(parts, id),
    labels: ofCase(parts.rowsOf('labels'), id).map((label) => ({
      label: text(label['label']),
      reason: text(label['reason']),
      by: text(label['by_name']),
      at: instant(label['at']),
    })),
    rawUntil: rawUntil(parts, id),
  }
}

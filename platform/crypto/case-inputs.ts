/**
 * The sealed input rows of a verification: what the API stores and the worker reads, in one place so that both agree on
 * form and place. Values are JSON, sealed under the tenant's data key and bound to their row (E1).
 */
import type { QuestionPlan } from '#domain/questions/plan.ts'
import type { ClientAddress, HeaderHints, RequestFacts } from '#domain/risk/facts.ts'
import type { InputReport, ProbeReport } from '#domain/risk/probe.ts'
import type { KeyRing } from './keys.ts'
import { openSealedText, seal, type Place } from './sealing.ts'

/** `probe_facts` of kind `request`: the raw request of a portal step, as the API saw it. */
export type StoredRequest = {
  readonly client: ClientAddress
  readonly request: RequestFacts
  /** As received; empty when the header is missing. */
  readonly userAgent: string
  readonly hints: HeaderHints | null
  readonly acceptLanguage: readonly string[] | null
  /** The session that the device's signed cookie names; `foreign`: a cookie that is not ours. Absent in older rows. */
  readonly deviceCookie: { readonly sessionId: string } | 'foreign' | null
  /** The way in which the code of this step was entered; null: it took no code. Absent in older rows. */
  readonly input: InputReport | null
}

/** `probe_facts` of kind `collector`: one beacon. */
export type StoredProbe = ProbeReport

/** `answers.reply_sealed`: what the participant chose or typed. */
export type StoredReply = { readonly optionId: string | null; readonly text: string | null }

const place = (tenantId: string, table: string, column: string, row: string): Place => ({
  tenantId,
  table,
  column,
  row,
})

const parse = <Value>(ring: KeyRing, where: Place, sealed: Uint8Array): Value =>
  JSON.parse(openSealedText(ring, where, sealed)) as Value

/** Seals a plan for `plans.plan_sealed`. */
export const sealPlan = (
  ring: KeyRing,
  tenantId: string,
  verificationId: string,
  plan: QuestionPlan,
): Buffer => seal(ring, place(tenantId, 'plans', 'plan_sealed', verificationId), JSON.stringify(plan))

/** Opens `plans.plan_sealed`. @throws SealBroken */
export const openPlan = (
  ring: KeyRing,
  tenantId: string,
  verificationId: string,
  sealed: Uint8Array,
): QuestionPlan => parse(ring, place(tenantId, 'plans', 'plan_sealed', verificationId), sealed)

const replyPlace = (tenantId: string, verificationId: string, position: number): Place =>
  place(tenantId, 'answers', 'reply_sealed', `${verificationId}/${String(position)}`)

/** Seals a reply for `answers.reply_sealed`. */
export const sealReply = (
  ring: KeyRing,
  tenantId: string,
  verificationId: string,
  position: number,
  reply: StoredReply,
): Buffer => seal(ring, replyPlace(tenantId, verificationId, position), JSON.stringify(reply))

/** Opens `answers.reply_sealed`. @throws SealBroken */
export const openReply = (
  ring: KeyRing,
  tenantId: string,
  verificationId: string,
  position: number,
  sealed: Uint8Array,
): StoredReply => parse(ring, replyPlace(tenantId, verificationId, position), sealed)

/** Seals a report for `probe_facts.report_sealed`; `rowId` is that row's id. */
export const sealProbe = (
  ring: KeyRing,
  tenantId: string,
  rowId: string,
  report: StoredRequest | StoredProbe,
): Buffer => seal(ring, place(tenantId, 'probe_facts', 'report_sealed', rowId), JSON.stringify(report))

/** Opens `probe_facts.report_sealed`: a `StoredRequest` or a `StoredProbe`, by the row's kind. @throws SealBroken */
export const openProbe = <Kind extends StoredRequest | StoredProbe>(
  ring: KeyRing,
  tenantId: string,
  rowId: string,
  sealed: Uint8Array,
): Kind => parse(ring, place(tenantId, 'probe_facts', 'report_sealed', rowId), sealed)

/** The case, and the one session that may open it. */
type EnrolmentPlace = {
  readonly tenantId: string
  readonly verificationId: string
  readonly portalSessionId: string
}

const enrolmentPlace = ({ tenantId, verificationId, portalSessionId }: EnrolmentPlace): Place =>
  place(tenantId, 'enrolment_codes', 'code_sealed', `${verificationId}/${portalSessionId}`)

/** Seals a one-time code for a new factor, for `enrolment_codes.code_sealed`. */
export const sealEnrolmentCode = (ring: KeyRing, at: EnrolmentPlace, code: string): Buffer =>
  seal(ring, enrolmentPlace(at), code)

/** Opens `enrolment_codes.code_sealed`. @throws SealBroken */
export const openEnrolmentCode = (ring: KeyRing, at: EnrolmentPlace, sealed: Uint8Array): string =>
  openSealedText(ring, enrolmentPlace(at), sealed)

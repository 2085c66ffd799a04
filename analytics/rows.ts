import { z } from 'zod'
import type { actionEvents, EventType } from '#domain/events/catalog.ts'
import { UInt16, UInt32, UInt8 } from './tables.ts'
import type { EventRow, FactRow } from './tables.ts'

/** One row of the outbox, as the relay takes it. */
export type OutboxEvent = {
  readonly eventId: string
  readonly type: string
  readonly version: number
  readonly tenantId: string
  readonly verificationId: string | null
  /** As `analyticsPayload` of domain/events/analytics.ts wrote it. */
  readonly payload: unknown
  readonly occurredAt: Date
  readonly recordedAt: Date
}

/** Column order needs a value where an event is about no verification. */
const noVerification = '00000000-0000-0000-0000-000000000000'

/** What is missing, or not what it should be, is taken as not said: one odd field must not hold up all that follow. */
const word = z.string().max(80).catch('')
const number = (range: z.ZodInt) => range.nullable().catch(null)
const flag = z.boolean().nullable().catch(null)

const Payload = z.object({
  startedAt: z.iso.datetime({ offset: true }).nullable().catch(null),
  pseudonym: word,
  purpose: word,
  tier: word,
  channel: word,
  referrerKind: word,
  referrerId: word,
  actorKind: word,
  actorId: word,
  outcome: word,
  decision: word,
  recommendation: word,
  band: word,
  route: word,
  family: word,
  verdict: word,
  status: word,
  delivery: word,
  result: word,
  action: word,
  rating: word,
  label: word,
  reasons: z.array(z.string().max(80)).catch([]),
  riskTenths: number(UInt8.max(100)),
  decideTenths: number(UInt8.max(100)),
  correct: number(UInt8),
  partial: number(UInt8),
  incorrect: number(UInt8),
  invalid: number(UInt8),
  skipped: number(UInt8),
  position: number(UInt8),
  ordinal: number(UInt16),
  tries: number(UInt16),
  secondsTenths: number(UInt32),
  extensions: number(UInt16),
  accepted: flag,
  timedOut: flag,
  tooFew: flag,
  scannerLike: flag,
})
type Payload = z.infer<typeof Payload>

const nothingSaid = Payload.parse({})

const payloadOf = (event: OutboxEvent): Payload => Payload.catch(nothingSaid).parse(event.payload)

/** A time as ClickHouse reads it: UTC, milliseconds. */
export const clickHouseTime = (at: Date): string => at.toISOString().replace('T', ' ').replace('Z', '')

/** The row of `events`. */
export function eventRow(event: OutboxEvent): EventRow {
  const said = payloadOf(event)
  return {
    tenant_id: event.tenantId,
    verification_id: event.verificationId ?? noVerification,
    type: event.type,
    event_id: event.eventId,
    version: event.version,
    occurred_at: clickHouseTime(event.occurredAt),
    recorded_at: clickHouseTime(event.recordedAt),
    actor_kind: said.actorKind,
    actor_id: said.actorId,
    pseudonym: said.pseudonym,
    purpose: said.purpose,
    tier: said.tier,
    channel: said.channel,
    referrer_kind: said.referrerKind,
    referrer_id: said.referrerId,
    outcome: said.outcome,
    decision: said.decision,
    recommendation: said.recommendation,
    band: said.band,
    route: said.route,
    family: said.family,
    verdict: said.verdict,
    // One of them at most: what a provider, a directory or the action says.
    status: said.status || said.delivery || said.result || said.action,
    rating: said.rating,
    label: said.label,
    reasons: said.reasons,
    risk_tenths: said.riskTenths,
    decide_tenths: said.decideTenths,
    correct: said.correct,
    partial: said.partial,
    incorrect: said.incorrect,
    invalid: said.invalid,
    skipped: said.skipped,
    position: said.position,
    ordinal: said.ordinal,
    tries: said.tries,
    seconds_tenths: said.secondsTenths,
    extensions: said.extensions,
    accepted: said.accepted,
    timed_out: said.timedOut,
    too_few: said.tooFew,
    scanner_like: said.scannerLike,
  }
}

type Addition = Omit<FactRow, 'tenant_id' | 'started_at' | 'verification_id' | 'about'>

const judged = (said: Payload): number =>
  (said.correct ?? 0) + (said.partial ?? 0) + (said.incorrect ?? 0) + (said.invalid ?? 0)

function scoring(at: string, said: Payload): Addition {
  if (said.riskTenths === null) return {}
  const { riskTenths, band, correct, reasons } = said
  return {
    scoring: {
      at,
      risk_tenths: riskTenths,
      band,
      correct: correct ?? 0,
      judged: judged(said),
      reasons: [...new Set(reasons)],
    },
  }
}

/** Where an action ended, for one kind of action. */
const endingsOf = (kind: (typeof actionEvents)[keyof typeof actionEvents]) =>
  Object.fromEntries(
    (['completed', 'failed', 'unknown', 'expired'] as const).map((action) => [
      `${kind}.${action}`,
      (at: string) => ({ acting: { at, action } }),
    ]),
  )

/** What events of a type say about their verification beyond that it is there. */
const additions: Partial<Record<EventType, (at: string, said: Payload) => Addition>> = {
  'link.sent': (at) => ({ sent_at: at }),
  'link.delivery_reported': (at, said) => (said.status === 'delivered' ? { delivered_at: at } : {}),
  'link.page_seen': (at, said) => (said.scannerLike === true ? {} : { seen_at: at }),
  'verification.opened': (at) => ({ opened_at: at }),
  'answers.completed': (at) => ({ answered_at: at }),
  'verification.scored': scoring,
  'verification.closed': (at, said) =>
    said.outcome === '' ? {} : { closing: { at, outcome: said.outcome } },
  ...endingsOf('reset'),
  ...endingsOf('unlock'),
  ...endingsOf('factor_reset'),
  'feedback.given': (at, said) => (said.rating === '' ? {} : { feedback: { at, rating: said.rating } }),
  'label.given': (at, said) => (said.label === '' ? {} : { labelling: { at, label: said.label } }),
}

/**
 * What the event adds to its verification's row of `verifications`; null for an event about something else, or one
 * that does not say when its verification started.
 */
export function factRow(event: OutboxEvent): FactRow | null {
  const said = payloadOf(event)
  if (event.verificationId === null || said.startedAt === null) return null
  const at = clickHouseTime(event.occurredAt)
  return {
    tenant_id: event.tenantId,
    started_at: clickHouseTime(new Date(said.startedAt)),
    verification_id: event.verificationId,
    about: {
      at,
      purpose: said.purpose,
      tier: said.tier,
      channel: said.channel,
      referrer_kind: said.referrerKind,
      referrer_id: said.referrerId,
    },
    ...additions[event.type as EventType]?.(at, said),
  }
}

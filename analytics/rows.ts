import { z } from 'zod'
import { forActionEnds, type EventType } from '#domain/events/catalog.ts'
import { columnsOf, payloadShape } from './fields.ts'
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

const Payload = z.object({
  ...payloadShape,
  startedAt: z.iso.datetime({ offset: true }).nullable().catch(null),
  // The answer of a provider, a directory or the action: one of them at most, and kept as the status.
  delivery: payloadShape.status,
  result: payloadShape.status,
  action: payloadShape.status,
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
    ...columnsOf({ ...said, status: said.status || said.delivery || said.result || said.action }),
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

/** Events of a type tell this about their verification, beyond that it exists. */
const additions: Partial<Record<EventType, (at: string, said: Payload) => Addition>> = {
  'link.sent': (at) => ({ sent_at: at }),
  'link.delivery_reported': (at, said) => (said.status === 'delivered' ? { delivered_at: at } : {}),
  'link.page_seen': (at, said) => (said.scannerLike === true ? {} : { seen_at: at }),
  'verification.opened': (at) => ({ opened_at: at }),
  'answers.completed': (at) => ({ answered_at: at }),
  'verification.scored': scoring,
  'verification.closed': (at, said) =>
    said.outcome === '' ? {} : { closing: { at, outcome: said.outcome } },
  ...forActionEnds((action) => (at: string) => ({ acting: { at, action } })),
  'feedback.given': (at, said) => (said.rating === '' ? {} : { feedback: { at, rating: said.rating } }),
  'label.given': (at, said) => (said.label === '' ? {} : { labelling: { at, label: said.label } }),
}

/**
 * The part that the event adds to its verification's row of `verifications`; null for an event about something else, or
 * one that does not say when its verification started.
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

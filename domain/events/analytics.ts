import type { Actor, Channel, Purpose, Tier } from '../verification/verification.ts'
import { analyticsFields, type EventDraft, type EventPayload, type Field } from './catalog.ts'

/**
 * Analytics may know this of a verification. Every event about one carries all of it, so that figures come out right in
 * whatever order events arrive. Nothing here names anybody (E8).
 */
export type AnalyticsVerification = {
  /** `verifications.created_at`, ISO 8601 UTC; the same in every event of the verification (to the millisecond). */
  readonly startedAt: string
  /** `people.pseudonym`: random, and destroyed when the participant is erased. Never the person's id. */
  readonly pseudonym: string
  readonly purpose: Purpose
  readonly tier: Tier
  /** The channel at the time of the event: a resend may have changed it. */
  readonly channel: Channel
  readonly referrerKind: 'agent' | 'self_service' | 'api_client'
  /** Staff id or API client id; the console adds the name. */
  readonly referrerId: string | null
}

/** The actor of an event, and the verification that it is about, if any. */
export type AnalyticsContext = {
  readonly actor: Actor
  readonly verification: AnalyticsVerification | null
}

const checkCode = /^(?:NET|END|PER|CHA|POS)_[A-Z0-9_]{1,60}$/
const mostCodes = 40

type Value = EventPayload[string] | undefined

const asCodes = (value: Value): readonly string[] | undefined =>
  Array.isArray(value) ? value.filter((code: string) => checkCode.test(code)).slice(0, mostCodes) : undefined

const asListed = (value: Value, list: readonly string[]): string | undefined =>
  typeof value === 'string' && list.includes(value) ? value : undefined

const taken = (field: Field, value: Value): Value => {
  if (field === 'number') return Number.isSafeInteger(value) ? value : undefined
  if (field === 'flag') return typeof value === 'boolean' ? value : undefined
  return field === 'codes' ? asCodes(value) : asListed(value, field)
}

const fieldsOf = (event: Pick<EventDraft, 'type' | 'payload'>): Record<string, EventPayload[string]> => {
  const fields: Record<string, EventPayload[string]> = {}
  for (const [name, field] of Object.entries(analyticsFields[event.type] ?? {})) {
    const value = taken(field, event.payload[name])
    if (value !== undefined) fields[name] = value
  }
  return fields
}

/** Copied key by key, so that no further field of the caller's row slips through. */
const contextOf = (about: AnalyticsVerification): EventPayload => ({
  startedAt: about.startedAt,
  pseudonym: about.pseudonym,
  purpose: about.purpose,
  tier: about.tier,
  channel: about.channel,
  referrerKind: about.referrerKind,
  referrerId: about.referrerId,
})

/** Participants and providers act too, but their ids are not for analytics. */
const staffId = (actor: Actor): string | null =>
  actor.kind === 'agent' || actor.kind === 'api_client' ? actor.id : null

/**
 * The outbox payload of an event: flat, without identities. Goes to `append_events` next to the
 * event's own payload, there without its verification, which is read and added in the same statement; the event's type,
 * version, time and verification id are columns of the outbox.
 */
export const analyticsPayload = (
  event: Pick<EventDraft, 'type' | 'payload'>,
  context: AnalyticsContext,
): EventPayload => ({
  ...(context.verification === null ? {} : contextOf(context.verification)),
  actorKind: context.actor.kind,
  actorId: staffId(context.actor),
  ...fieldsOf(event),
})

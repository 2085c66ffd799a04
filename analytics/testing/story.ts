import { randomUUID } from 'node:crypto'
import { analyticsPayload } from '#domain/events/analytics.ts'
import type { AnalyticsVerification } from '#domain/events/analytics.ts'
import type { EventPayload, EventType } from '#domain/events/catalog.ts'
import type { OutboxEvent } from '../rows.ts'

/** One verification of a test: what it is about, and what happened when, in seconds from its start. */
export type Story = Partial<Omit<AnalyticsVerification, 'startedAt'>> & {
  readonly tenantId: string
  readonly startedAt: string
  readonly happened: readonly (readonly [seconds: number, type: EventType, payload?: EventPayload])[]
}

/** The events of a verification as the outbox would hold them. */
export function eventsOf(story: Story): OutboxEvent[] {
  const verificationId = randomUUID()
  const verification: AnalyticsVerification = {
    startedAt: story.startedAt,
    pseudonym: randomUUID(),
    purpose: story.purpose ?? 'password_reset',
    tier: story.tier ?? 'standard',
    channel: story.channel ?? 'sms',
    referrerKind: story.referrerKind ?? 'agent',
    referrerId: story.referrerId ?? null,
  }
  const actor = { kind: 'system', id: 'test' } as const
  return story.happened.map(([seconds, type, payload = {}]) => {
    const at = new Date(new Date(story.startedAt).getTime() + seconds * 1000)
    return {
      eventId: randomUUID(),
      type,
      version: 1,
      tenantId: story.tenantId,
      verificationId,
      payload: analyticsPayload({ type, payload }, { actor, verification }),
      occurredAt: at,
      recordedAt: at,
    }
  })
}

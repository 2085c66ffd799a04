/** A session or a link of the portal in other hands than those of the browser that it is for (F15). */
import { randomUUID } from 'node:crypto'
import type { BreachFound } from '#platform/crypto/device-proof.ts'
import { eventOf, type Event } from '#platform/database/record-events.ts'

/** The event that tells of it: the audit, the timeline and the panel read it. */
export const breachEvent = (
  of: { readonly verificationId: string; readonly personId: string },
  { reason, origin }: BreachFound,
): Event =>
  eventOf(
    { kind: 'participant', id: of.personId },
    {
      type: 'session.breached',
      object: { kind: 'verification', id: of.verificationId },
      payload: { breach: reason, ...(origin === null ? {} : { origin }) },
    },
    randomUUID(),
  )

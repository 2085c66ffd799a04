import { z } from 'zod'
import { ActionState, Id, Instant, Outcome, Purpose, State } from './common.ts'
import { Ticket } from './console.ts'

/** The person whose account it is about: an exact id or login, compared as it is written (K6). */
const Person = z.union([
  z.strictObject({ directoryId: z.string().min(1).max(200) }),
  z.strictObject({ login: z.string().min(1).max(200) }),
])

/**
 * The start by another system. It names no contact and no evidence: those are the policy's to choose (B3, B7). The
 * ticket is a reference, shown and searched, and nothing else (Q8).
 */
export const ClientStartInput = z.strictObject({
  person: Person,
  purpose: Purpose,
  ticket: Ticket.nullable(),
})

/** A case as far as the client that started it may see it: its state and its outcome. */
export const ClientVerification = z
  .strictObject({
    id: Id,
    purpose: Purpose,
    ticket: z.string().nullable(),
    state: State,
    outcome: Outcome.nullable(),
    /** The progress of the action that was asked for. */
    action: ActionState,
    startedAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'ClientVerification' })

export const ClientStarted = z
  .strictObject({
    id: Id,
    /** pending: not recorded yet; the same request with the same key says more. */
    status: z.enum(['recorded', 'pending']),
  })
  .meta({ id: 'ClientStarted' })

export const ClientVerificationParams = z.strictObject({ verificationId: Id })

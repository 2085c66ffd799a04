/** One story as it is played: a clock, the state, the events in order and the rows they leave. */
import { analyticsPayload, type AnalyticsVerification } from '#domain/events/analytics.ts'
import { actionEvents, type EventPayload, type EventType } from '#domain/events/catalog.ts'
import type { Decision, Outcome } from '#domain/verification/outcome.ts'
import { placeOfStep, type FunnelStep } from '#domain/verification/funnel.ts'
import { applyMove, type Move, type VerificationState } from '#domain/verification/state.ts'
import type { Actor } from '#domain/verification/verification.ts'
import type { Event } from '#platform/database/record-events.ts'
import type { Row } from '../bulk.ts'
import { seedId, type SeedPerson } from '../people.ts'
import type { PastCase } from './cases.ts'
import type { World } from './world.ts'

/** An event of a verification with the moment at which it happened; its analytics are whole. */
export type ToldEvent = Event & { readonly verificationId: string; readonly at: number }

/** Everything about a case that changes while its story is played. */
export type Story = {
  readonly world: World
  readonly case: PastCase
  /** Every event of it gives analytics these fields. */
  readonly about: AnalyticsVerification
  /** The story's clock, milliseconds since 1970. */
  now: number
  state: VerificationState
  outcome: Outcome | null
  decision: Decision | null
  seq: number
  /** Columns of the row of `verifications` that steps set. */
  readonly columns: Record<string, unknown>
  readonly events: ToldEvent[]
  readonly rows: Map<string, Row[]>
}

/** A story that has just begun. */
export const begin = (world: World, past: PastCase): Story => ({
  world,
  case: past,
  about: aboutOf(world, past),
  now: past.startedAt,
  state: 'created',
  outcome: null,
  decision: null,
  seq: 1,
  columns: {},
  events: [],
  rows: new Map(),
})

/** The policy of the case: the one in force when it began. */
export const policyOf = ({ world, case: past }: Story) => world.policyAt(past.startedAt)

/** Lets time pass, in seconds. */
export const wait = (story: Story, least: number, most: number): void => {
  story.now += Math.round((least + story.case.random.next() * (most - least)) * 1000)
}

/** Adds a row of the organisation to a table. */
export const put = (story: Story, table: string, row: Row): void => {
  const known = story.rows.get(table) ?? []
  known.push({ tenant_id: story.world.tenantId, ...row })
  story.rows.set(table, known)
}

/** The moment of the story's clock, or another one, as a date. */
export const date = (story: Story, at = story.now): Date => new Date(at)

/** Staff of the help desk as an actor, and as ids. */
export const deskActor = ({ world }: Story, person: SeedPerson): Actor & { readonly kind: 'agent' } => ({
  kind: 'agent',
  id: seedId(world.chart, 'staff', person.login),
  name: person.displayName,
})

/** The person or system that started the case, as an actor. */
export const starter = ({ case: past }: Story): Actor => {
  const { kind, id, name } = past.referrer
  if (kind === 'agent') return { kind, id, name }
  return kind === 'api_client' ? { kind, id } : { kind: 'participant', id }
}

/** The participant as an actor. */
export const participant = ({ case: past }: Story): Actor => ({ kind: 'participant', id: past.person.id })

/** A rule that acts, as an actor. */
export const system = (id: 'workflow' | 'policy' | 'notices'): Actor => ({ kind: 'system', id })

const aboutOf = (world: World, past: PastCase): AnalyticsVerification => ({
  startedAt: new Date(past.startedAt).toISOString(),
  pseudonym: seedId(world.chart, 'pseudonym', past.person.id),
  purpose: past.purpose,
  tier: past.person.tier,
  channel: past.channel,
  referrerKind: past.referrer.kind,
  // A participant's own id is not for analytics (E8).
  referrerId: past.referrer.kind === 'self_service' ? null : past.referrer.id,
})

const completions: readonly EventType[] = Object.values(actionEvents).map(
  (event) => `${event}.completed` as const,
)

/** Steps that the other columns of the row of `verifications` do not show; a page that was seen is no part of it. */
const stepOf = (type: EventType, payload: EventPayload): FunnelStep | null => {
  if (type === 'link.delivery_reported') return payload['status'] === 'delivered' ? 'delivered' : null
  if (type === 'answers.completed') return 'answered'
  return completions.includes(type) ? 'done' : null
}

/** Records that something happened now. */
export const tell = (
  story: Story,
  actor: Actor,
  type: EventType,
  payload: EventPayload,
  at = story.now,
): void => {
  const { case: past, events, columns } = story
  const step = stepOf(type, payload)
  if (step !== null)
    columns['furthest_step'] = Math.max(Number(columns['furthest_step'] ?? 0), placeOfStep(step))
  events.push({
    id: seedId(story.world.chart, 'event', past.id, type, String(events.length)),
    type,
    actor,
    object: { kind: 'verification', id: past.id },
    verificationId: past.id,
    payload,
    analytics: analyticsPayload({ type, payload }, { actor, verification: story.about }),
    occurredAt: new Date(at).toISOString(),
    at,
  })
}

/** Makes one legal move and gives what its event says. @throws where the domain's table does not know it */
export const move = (story: Story, made: Move): EventPayload => {
  const { state: from, outcome, decision, seq } = story
  const moved = applyMove({ state: from, outcome, decision, seq }, made)
  if (!moved.ok) throw new Error(`${made} is not legal in ${from}`)
  Object.assign(story, moved.value)
  const { state } = moved.value
  return state === 'closed' ? { state, outcome: story.outcome, decision: story.decision } : { state }
}

/** Closes the case. */
export const close = (story: Story, made: Move, actor: Actor, reason?: string): void => {
  const payload = { ...move(story, made), ...(reason === undefined ? {} : { reason }) }
  story.columns['closed_at'] = date(story)
  if (story.decision !== null) {
    story.columns['decided_at'] = date(story)
    tell(story, actor, 'verification.decided', payload)
  }
  tell(story, actor, 'verification.closed', payload)
}

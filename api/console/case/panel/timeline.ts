import { deliveryProblem } from '#domain/messages/delivery-problem.ts'
import { may } from '#domain/roles.ts'
import type { StaffCaller } from '../../../http/callers.ts'
import type { Sentence } from '../../../contract/common.ts'
import type { RawVerification } from './raw.ts'

/** An agent does not see these: a report (B9), the finding of a check, and who looked at what. */
const hiddenFromAgents: ReadonlySet<string> = new Set([
  'participant.reported',
  'device.copied',
  'freeze.lifted',
  'account.lock_asked',
  'account.locked',
  'account.lock_failed',
  'access.denied',
  'transcript.opened',
  'evidence.opened',
  'notice.sent',
  'notice.dropped',
  'exercise.marked',
  'exercise.unmarked',
])

/** Values of an event that its sentence may hold; all others stay in the audit. */
const shownSlots = [
  'ordinal',
  'tries',
  'position',
  'channel',
  'contact',
  'contactLabel',
  'kind',
  'delivery',
  'status',
  'decision',
  'outcome',
  'rating',
  'label',
  'action',
  'result',
  'lock',
  'route',
  'state',
  'person',
  'breach',
  'origin',
] as const

const slotsOf = (payload: Readonly<Record<string, unknown>>, staff: StaffCaller): Sentence['slots'] => {
  const slots: Sentence['slots'] = {}
  const names: readonly string[] = may(staff.role, 'transcripts.read')
    ? [...shownSlots, 'verdict']
    : shownSlots
  for (const name of names) {
    const value = payload[name]
    if (typeof value === 'string' || typeof value === 'number') slots[name] = value
  }
  const { code } = payload
  if (typeof code === 'string') slots['problem'] = deliveryProblem(code)
  if (staff.role === 'agent' && slots['outcome'] === 'reported') slots['outcome'] = 'failed'
  return slots
}

/** A code to another contact that no message was begun for was not sent to anybody. */
const keyOf = (type: string, payload: Readonly<Record<string, unknown>>): string => {
  if (!/^(?:second|entry)_code\.sent$/.test(type) || !('refusal' in payload)) return `event.${type}`
  return payload['refusal'] === 'send_limit_reached'
    ? 'event.second_code.limit_reached'
    : 'event.second_code.not_sent'
}

/** The events, in order, as sentences by key (`event.<type>`). */
export const timelineOf = (raw: RawVerification, staff: StaffCaller) =>
  raw.events
    .filter(({ type }) => staff.role !== 'agent' || !hiddenFromAgents.has(type))
    .map(({ at, type, actorKind, actorName, payload }) => ({
      at,
      event: { key: keyOf(type, payload), slots: slotsOf(payload, staff) },
      actor:
        staff.role === 'agent' && payload['outcome'] === 'reported' ? 'system' : (actorName ?? actorKind),
    }))

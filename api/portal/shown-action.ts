import type { ActionState } from '#domain/verification/outcome.ts'
import { actions, isFinishedByParticipant, type ActingPurpose } from '#domain/verification/verification.ts'
import type { Step } from '../contract/portal.ts'
import type { PortalCase } from './portal-case.ts'

type Ending = Extract<Step, { kind: 'ended' }>['ending']
type Awaited = Extract<Step, { kind: 'waiting' }>['for']

/**
 * The page shows an action as an end, a time of waiting, a waiting time of the policy, a return that is needed, or as
 * the participant's to finish.
 */
export type ShownAction =
  | { readonly kind: 'ended'; readonly ending: Ending }
  | { readonly kind: 'waiting'; readonly for: Awaited }
  | { readonly kind: 'scheduled' }
  | { readonly kind: 'awaited'; readonly for: Awaited }
  | { readonly kind: 'own_turn' }

/** States after which something follows. */
type Going = 'none' | 'scheduled' | 'awaiting_participant' | 'in_progress' | 'granted'

/** Ends that say more than that it failed. */
const ofReason: Readonly<Partial<Record<string, Ending>>> = {
  account_not_locked: 'account_not_locked',
  reported: 'stopped_by_report',
  stopped: 'cancelled',
}

const endingOf = (
  purpose: ActingPurpose,
  state: Exclude<ActionState, Going>,
  reason: string | null,
): Ending => {
  if (state === 'expired') return 'timed_out'
  const own = reason === null ? undefined : ofReason[reason]
  if (own !== undefined) return own
  return actions[purpose].endings[state === 'undone' ? 'failed' : state]
}

/** An action that is not over; one that begins by itself is never for the participant to finish. */
const going = (purpose: ActingPurpose, state: Going): ShownAction => {
  if (state === 'scheduled') return { kind: 'scheduled' }
  if (state === 'awaiting_participant') return { kind: 'awaited', for: actions[purpose].awaited }
  return state === 'granted' && isFinishedByParticipant(purpose)
    ? { kind: 'own_turn' }
    : { kind: 'waiting', for: actions[purpose].awaited }
}

const isGoing = (state: ActionState): state is Going =>
  ['none', 'scheduled', 'awaiting_participant', 'in_progress', 'granted'].includes(state)

/** The state of an action, as the participant sees it. */
export const shownAction = (purpose: ActingPurpose, action: PortalCase['action']): ShownAction => {
  const state = action?.state ?? 'none'
  return isGoing(state)
    ? going(purpose, state)
    : { kind: 'ended', ending: endingOf(purpose, state, action?.reason ?? null) }
}

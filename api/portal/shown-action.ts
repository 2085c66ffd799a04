import type { ActionState } from '#domain/verification/outcome.ts'
import type { ActingPurpose } from '#domain/verification/verification.ts'
import type { Step } from '../contract/portal.ts'
import type { PortalCase } from './portal-case.ts'

type Ending = Extract<Step, { kind: 'ended' }>['ending']
type Awaited = Extract<Step, { kind: 'waiting' }>['for']

/**
 * What an action means on the page: an end, a time of waiting, one that the policy asks for, that the participant has to come
 * back, or that it is their turn.
 */
export type ShownAction =
  | { readonly kind: 'ended'; readonly ending: Ending }
  | { readonly kind: 'waiting'; readonly for: Awaited }
  | { readonly kind: 'scheduled' }
  | { readonly kind: 'awaited'; readonly for: Awaited }
  | { readonly kind: 'own_turn' }

/** States after which something follows. */
type Going = 'none' | 'scheduled' | 'awaiting_participant' | 'in_progress' | 'granted'

type Endings = Readonly<Record<'completed' | 'unknown' | 'failed', Ending>>

const endings: Readonly<Record<ActingPurpose, Endings>> = {
  password_reset: {
    completed: 'password_changed',
    unknown: 'password_unknown',
    failed: 'password_failed',
  },
  account_unlock: { completed: 'account_unlocked', unknown: 'unlock_unknown', failed: 'unlock_failed' },
  mfa_reset: { completed: 'factors_reset', unknown: 'factors_unknown', failed: 'factors_failed' },
}

const awaited = { password_reset: 'password', account_unlock: 'unlock', mfa_reset: 'factors' } as const

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
  return endings[purpose][state === 'undone' ? 'failed' : state]
}

/** What is not over: an unlock is never the participant's turn, since it begins by itself. */
const going = (purpose: ActingPurpose, state: Going): ShownAction => {
  if (state === 'scheduled') return { kind: 'scheduled' }
  if (state === 'awaiting_participant') return { kind: 'awaited', for: awaited[purpose] }
  return state === 'granted' && purpose !== 'account_unlock'
    ? { kind: 'own_turn' }
    : { kind: 'waiting', for: awaited[purpose] }
}

const isGoing = (state: ActionState): state is Going =>
  ['none', 'scheduled', 'awaiting_participant', 'in_progress', 'granted'].includes(state)

/** Where an action stands, as the participant sees it. */
export const shownAction = (purpose: ActingPurpose, action: PortalCase['action']): ShownAction => {
  const state = action?.state ?? 'none'
  return isGoing(state)
    ? going(purpose, state)
    : { kind: 'ended', ending: endingOf(purpose, state, action?.reason ?? null) }
}

import type { ActionState } from '#domain/verification/outcome.ts'
import type { ActingPurpose } from '#domain/verification/verification.ts'
import type { Step } from '../contract/portal.ts'
import type { PortalCase } from './portal-case.ts'

type Ending = Extract<Step, { kind: 'ended' }>['ending']
type Awaited = Extract<Step, { kind: 'waiting' }>['for']

/** What an action means on the page: an end, a time of waiting, or that it is the participant's turn. */
export type ShownAction =
  | { readonly kind: 'ended'; readonly ending: Ending }
  | { readonly kind: 'waiting'; readonly for: Awaited }
  | { readonly kind: 'own_turn' }

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

const endingOf = (
  purpose: ActingPurpose,
  state: Exclude<ActionState, 'none' | 'in_progress' | 'granted'>,
  reason: string | null,
): Ending => {
  if (state === 'expired') return 'timed_out'
  if (reason === 'account_not_locked') return 'account_not_locked'
  return endings[purpose][state === 'undone' ? 'failed' : state]
}

/** Where an action stands, as the participant sees it. An unlock is never their turn: it begins by itself. */
export const shownAction = (purpose: ActingPurpose, action: PortalCase['action']): ShownAction => {
  const state = action?.state ?? 'none'
  if (state === 'granted' && purpose !== 'account_unlock') return { kind: 'own_turn' }
  if (state === 'none' || state === 'in_progress' || state === 'granted')
    return { kind: 'waiting', for: awaited[purpose] }
  return { kind: 'ended', ending: endingOf(purpose, state, action?.reason ?? null) }
}

import { err, ok, type Result } from '../result.ts'
import { refusal, type Refusal } from '../refusal.ts'
import type { Decision, Outcome } from './outcome.ts'

/** The states of a verification, in the order of its life. */
export const states = [
  'created',
  'undelivered',
  'link_sent',
  'opened',
  'answering',
  'scored',
  'awaiting_decision',
  'closed',
] as const

/** One state. */
export type VerificationState = (typeof states)[number]

/**
 * The moves of a verification. `deliver` a provider took the link · `fail_delivery` a provider refused it · `open` the
 * match code was accepted · `begin` the first step after it was shown · `complete` nothing more is asked · `hand_over`
 * a person decides · `approve` `refuse` the decision · `end_short` too little could be asked · `expire` the time was up
 * · `cancel` staff gave it up · `report` the participant said "this was not me".
 */
export const moves = [
  'deliver',
  'fail_delivery',
  'open',
  'begin',
  'complete',
  'hand_over',
  'approve',
  'refuse',
  'end_short',
  'expire',
  'cancel',
  'report',
] as const

/** One move. */
export type Move = (typeof moves)[number]

const endings = { expire: 'closed', cancel: 'closed', report: 'closed' } as const

/** The one table of legal moves. Validators, API, buttons and the diagram read it; nothing else knows. */
export const legalMoves: Readonly<Record<VerificationState, Partial<Record<Move, VerificationState>>>> = {
  created: { deliver: 'link_sent', fail_delivery: 'undelivered', ...endings },
  undelivered: { deliver: 'link_sent', fail_delivery: 'undelivered', ...endings },
  link_sent: { deliver: 'link_sent', fail_delivery: 'undelivered', open: 'opened', ...endings },
  // A portal session that ended early is resumed by a fresh link and code (F3), hence deliver.
  opened: {
    begin: 'answering',
    complete: 'scored',
    deliver: 'link_sent',
    fail_delivery: 'undelivered',
    ...endings,
  },
  answering: { complete: 'scored', deliver: 'link_sent', fail_delivery: 'undelivered', ...endings },
  scored: {
    hand_over: 'awaiting_decision',
    approve: 'closed',
    refuse: 'closed',
    end_short: 'closed',
    ...endings,
  },
  awaiting_decision: { approve: 'closed', refuse: 'closed', ...endings },
  closed: {},
}

/** True if a move is legal in a state. */
export const isLegal = (state: VerificationState, move: Move): boolean =>
  legalMoves[state][move] !== undefined

/** The state after a move, or why it is refused. */
export const next = (state: VerificationState, move: Move): Result<VerificationState, Refusal> => {
  const to = legalMoves[state][move]
  if (to !== undefined) return ok(to)
  return err(refusal(state === 'closed' ? 'verification_closed' : 'state_does_not_allow', { state, move }))
}

const outcomeOfMove: Partial<Record<Move, Outcome>> = {
  approve: 'passed',
  refuse: 'failed',
  end_short: 'not_enough_questions',
  expire: 'timed_out',
  cancel: 'cancelled',
  report: 'reported',
}

/** The outcome that a closing move sets; a verification whose link never arrived ends as undelivered. */
export const outcomeOf = (state: VerificationState, move: Move): Outcome | null =>
  state === 'undelivered' && move === 'expire' ? 'undelivered' : (outcomeOfMove[move] ?? null)

/** Moves change these parts of a case. `seq` counts its records. */
export type Progress = {
  readonly state: VerificationState
  readonly outcome: Outcome | null
  readonly decision: Decision | null
  readonly seq: number
}

const decisionOfMove: Partial<Record<Move, Decision>> = { approve: 'approved', refuse: 'refused' }

/** A case after one more move, with everything else as it was; or why the move is refused. */
export const applyMove = <Case extends Progress>(before: Case, move: Move): Result<Case, Refusal> => {
  const to = next(before.state, move)
  if (!to.ok) return to
  return ok({
    ...before,
    state: to.value,
    outcome: outcomeOf(before.state, move) ?? before.outcome,
    decision: decisionOfMove[move] ?? before.decision,
    seq: before.seq + 1,
  })
}

const asksApprover: readonly VerificationState[] = ['opened', 'answering', 'awaiting_decision']

/**
 * True if an approver may be asked to vouch: the match code was right, and nobody has decided. This is no move: the state
 * stays.
 */
export const mayAskApproverIn = (state: VerificationState): boolean => asksApprover.includes(state)

/** A verification is open until it is closed: people still wait for something. */
export const isOpen = (state: VerificationState): boolean => state !== 'closed'

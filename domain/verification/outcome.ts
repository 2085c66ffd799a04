/** The outcomes of a verification; set once, in the closing move. */
export const outcomes = [
  'passed',
  'failed',
  'timed_out',
  'not_enough_questions',
  'cancelled',
  'undelivered',
  'reported',
] as const

/** One outcome. */
export type Outcome = (typeof outcomes)[number]

/** The decision that a person or the policy recorded. */
export const decisions = ['approved', 'refused'] as const

/** One decision. */
export type Decision = (typeof decisions)[number]

/** The progress of the action that a purpose asks for. The child workflow keeps it in its own row. */
export const actionStates = [
  'none',
  // The waiting time runs; anybody who got the notice may say no.
  'scheduled',
  // Approved, and the participant has to come back with a fresh link before a grant is signed (F3).
  'awaiting_participant',
  'granted',
  'in_progress',
  'completed',
  'undone',
  'failed',
  'expired',
  'unknown',
] as const

/** One action state. */
export type ActionState = (typeof actionStates)[number]

/**
 * The outcome as a role may see it: a participant's report reaches supervisors, admins and auditors; the agent sees
 * only "not verified", since the agent may be the one who was reported (B9).
 */
export const shownOutcome = (outcome: Outcome | null, role: string): Outcome | null =>
  outcome === 'reported' && role === 'agent' ? 'failed' : outcome

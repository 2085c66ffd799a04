import { ApplicationFailure } from '@temporalio/common'
import { next, outcomeOf, type Move } from '#domain/verification/state.ts'
import type { Decision } from '#domain/verification/outcome.ts'
import type { ActorRef } from '#workflows/messages.ts'
import type { RecordedMove, Snapshot } from '#workflows/verification/steps.ts'

const decisions: Partial<Record<Move, Decision>> = { approve: 'approved', refuse: 'refused' }

/**
 * The snapshot after moves, and the moves as they are recorded: what the workflow will come to when it follows them.
 * @throws when the domain's table does not know one of them here; the workflow asked for it, so that is a fault of ours
 */
export const movedTo = (
  snapshot: Snapshot,
  moves: readonly Move[],
  actor: ActorRef,
  at: string,
  reason?: string,
): { readonly snapshot: Snapshot; readonly moves: readonly RecordedMove[] } => {
  let after = snapshot
  const recorded = moves.map((move): RecordedMove => {
    const from = after.state
    const to = next(from, move)
    if (!to.ok)
      throw ApplicationFailure.nonRetryable(`the move ${move} is not legal in ${from}`, to.error.code)
    after = {
      ...after,
      state: to.value,
      seq: after.seq + 1,
      outcome: outcomeOf(from, move) ?? after.outcome,
      decision: decisions[move] ?? after.decision,
    }
    return {
      seq: after.seq,
      move,
      from,
      to: to.value,
      actor,
      occurredAt: at,
      ...(reason === undefined ? {} : { reason }),
    }
  })
  return { snapshot: after, moves: recorded }
}

import { ApplicationFailure } from '@temporalio/common'
import { applyMove, type Move } from '#domain/verification/state.ts'
import type { ActorRef } from '#workflows/messages.ts'
import type { RecordedMove, Snapshot } from '#workflows/verification/activity-types.ts'

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
    const moved = applyMove(after, move)
    if (!moved.ok)
      throw ApplicationFailure.nonRetryable(`the move ${move} is not legal in ${from}`, moved.error.code)
    after = moved.value
    return {
      seq: after.seq,
      move,
      from,
      to: after.state,
      actor,
      occurredAt: at,
      ...(reason === undefined ? {} : { reason }),
    }
  })
  return { snapshot: after, moves: recorded }
}

import { isCancellation, log, sleep } from '@temporalio/workflow'
import type { DecideInput, DecisionAnswer } from '../messages.ts'
import { decide, type Act } from './deciding.ts'
import type { Steps } from './sending.ts'
import type { Inbox } from '../inbox.ts'
import type { StaffRequest } from './activity-types.ts'

/** Beside the steps, waiting for a second approval needs these. */
export type Approving = { readonly steps: Steps; readonly inbox: Inbox; readonly act: Act }

/** Decides; where that is a first approval only, the case waits for the second as long as the first lives (D5). */
export const decideByStaff = async (
  approving: Approving,
  input: DecideInput,
  staffRequest: StaffRequest,
): Promise<DecisionAnswer> => {
  const { steps, act } = approving
  const { answer, first } = await decide(steps, input, staffRequest, act)
  if (first === undefined) return answer
  steps.run.firstApproval = { id: first.id, untilMs: steps.now() + first.seconds * 1000 }
  void awaitSecond(approving)
  return { ...answer, awaitsSecondUntil: first.expiresAt }
}

/** Waits until the newest first approval is over, in whichever run. */
export const awaitSecond = async (approving: Approving): Promise<void> => {
  const { steps, inbox } = approving
  const waiting = steps.run.firstApproval
  if (waiting === null) return
  try {
    await sleep(Math.max(waiting.untilMs - steps.now(), 1))
    inbox.leave(() => endFirst(steps, waiting.id))
  } catch (error) {
    if (!isCancellation(error)) throw error
  }
}

const endFirst = async (steps: Steps, approvalId: string): Promise<void> => {
  const { run, activities, now } = steps
  if (!run.isOpen || run.firstApproval?.id !== approvalId) return
  run.firstApproval = null
  try {
    await activities.endFirstApproval({ case: run.case, approvalId, at: new Date(now()).toISOString() })
  } catch (error) {
    // It counts for nothing all the same: its time is over by the clock of the database.
    log.warn('a first approval could not be ended', { error: String((error as Error).name) })
  }
}

import { setHandler } from '@temporalio/workflow'
import { refuse } from '../failures.ts'
import type { Inbox } from '../inbox.ts'
import {
  resetMfaUpdate,
  type PasswordResetInput,
  type ResetMfaAnswer,
  type ResetMfaSaid,
} from '../messages.ts'
import { activitiesFor } from '../action/activities.ts'
import type { ActionActivities } from '../action/activity-types.ts'
import { liveUnderGrant, type Acting } from '../action/under-grant.ts'
import { attempt } from '../action/attempt.ts'
import { writeOnce } from '../action/write-once.ts'

/**
 * Removes second factors under a grant, when the participant says so on the verified device: only there can the one-time
 * code for a new factor be shown, so nothing is removed while nobody is there to enrol one. Outlives its verification.
 */
export async function mfaReset(input: PasswordResetInput): Promise<void> {
  await liveUnderGrant(input, activitiesFor(input.queuePrefix), { listen })
}

const listen = (inbox: Inbox, acting: Acting<ActionActivities>): void => {
  setHandler(resetMfaUpdate, (said) => inbox.ask(() => reset(inbox, acting, said)), {
    validator: (_said: ResetMfaSaid) => {
      if (acting.run.isOver) throw refuse('grant_unusable')
    },
  })
}

const reset = async (
  inbox: Inbox,
  acting: Acting<ActionActivities>,
  { portalSessionId }: ResetMfaSaid,
): Promise<ResetMfaAnswer> => {
  const { run, activities, at } = acting
  const { refusal, doneAs } = await writeOnce(acting, (operation) =>
    activities.write.resetMfa({ operation, portalSessionId }),
  )
  if (doneAs !== null) {
    const seq = run.nextSeq()
    const endSessions = () => activities.endSessions({ operation: doneAs, seq, at: at() })
    inbox.leave(() => attempt('end_sessions', endSessions), true)
  }
  return { action: run.state, refusal }
}

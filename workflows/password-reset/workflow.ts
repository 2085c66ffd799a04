import { setHandler } from '@temporalio/workflow'
import { refuse } from '../failures.ts'
import type { Inbox } from '../inbox.ts'
import { submitPasswordUpdate, type PasswordResetInput, type SubmitInput } from '../messages.ts'
import { liveUnderGrant, type Acting } from '../action/under-grant.ts'
import { submitPassword } from './act.ts'
import { activitiesFor } from '../action/activities.ts'
import type { ActionActivities } from '../action/activity-types.ts'

/** Sets a new password under a grant: intent, one guarded write, read back, recorded. Outlives its verification. */
export async function passwordReset(input: PasswordResetInput): Promise<void> {
  await liveUnderGrant(input, activitiesFor(input.queuePrefix), { listen })
}

const listen = (inbox: Inbox, acting: Acting<ActionActivities>): void => {
  setHandler(
    submitPasswordUpdate,
    ({ inputId }) =>
      inbox.ask(async () => {
        const { answer, follow } = await submitPassword(acting, inputId)
        inbox.leave(follow, true)
        return answer
      }),
    {
      validator: (_input: SubmitInput) => {
        if (acting.run.isOver) throw refuse('grant_unusable')
      },
    },
  )
}

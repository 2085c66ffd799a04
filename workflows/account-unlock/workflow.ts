import type { PasswordResetInput } from '../messages.ts'
import { activitiesFor } from '../action/activities.ts'
import { liveUnderGrant } from '../action/under-grant.ts'
import { writeOnce } from '../action/write-once.ts'

/**
 * Lifts a lockout under a grant, as soon as that is signed: there is nothing for the participant to choose, and nothing to
 * hand out. Outlives its verification.
 */
export async function accountUnlock(input: PasswordResetInput): Promise<void> {
  await liveUnderGrant(input, activitiesFor(input.queuePrefix), {
    begin: async (acting) => {
      await writeOnce(acting, (operation) => acting.activities.write.unlockAccount({ operation }))
    },
  })
}

import type { SubmitPasswordAnswer } from '../messages.ts'
import type { Acting } from '../action/under-grant.ts'
import { attempt } from '../action/attempt.ts'
import { intend, orLost, readBack, refused } from '../action/write-once.ts'
import type { OperationRef, ActionActivities } from '../action/activity-types.ts'

type Resetting = Acting<ActionActivities>

/** The answer, and what is done after it was given. */
export type Submitted = { readonly answer: SubmitPasswordAnswer; readonly follow: () => Promise<void> }

const nothing = (): Promise<void> => Promise.resolve()

const answerOf = ({ run }: Resetting, refusal: SubmitPasswordAnswer['refusal']): Submitted => ({
  answer: { action: run.state, refusal, triesLeft: run.triesLeft },
  follow: nothing,
})

/** Intent → act, one try → read back → record. A timeout is never a reason to act again (R4). */
export const submitPassword = async (acting: Resetting, inputId: string): Promise<Submitted> => {
  const { run, activities } = acting
  const { operation, refusal } = await intend(acting)
  if (refusal !== null) return answerOf(acting, refusal)
  const said = await orLost(() => activities.write.setPassword({ operation, inputId }))
  if (said.kind === 'password_refused') return passwordRefused(acting, said.triesLeft)
  if (said.kind === 'refused') {
    await refused(acting, operation, said.reason)
    return answerOf(acting, said.reason)
  }
  if (!(await readBack(acting, operation)))
    return answerOf(acting, run.state === 'unknown' ? null : 'directory_refused')
  const seq = run.nextSeq()
  return { ...answerOf(acting, null), follow: () => tidyUp(acting, operation, seq) }
}

const passwordRefused = async (acting: Resetting, triesLeft: number): Promise<Submitted> => {
  const { run, activities, at } = acting
  run.triesLeft = triesLeft
  await activities.recordAction(
    triesLeft > 0
      ? run.move('granted', at(), 'password_refused')
      : run.move('failed', at(), 'password_refused'),
  )
  return answerOf(acting, 'password_refused')
}

/** Work after a new password, where the directory offers it; its failure changes nothing about the reset. */
const tidyUp = async ({ activities, at }: Resetting, operation: OperationRef, seq: number): Promise<void> => {
  await attempt('clear_lockout', () => activities.clearLockout({ operation }))
  await attempt('end_sessions', () => activities.endSessions({ operation, seq, at: at() }))
}

import { log } from '@temporalio/workflow'
import { refuse } from '../failures.ts'
import type { SubmitPasswordAnswer } from '../messages.ts'
import type { ResetRun } from './run.ts'
import type { OperationRef, PasswordResetActivities, SetPasswordAnswer } from './steps.ts'

/** What the steps of a reset share. */
export type Acting = {
  readonly run: ResetRun
  readonly activities: PasswordResetActivities
  readonly at: () => string
}

/** The answer, and what is done after it was given. */
export type Submitted = { readonly answer: SubmitPasswordAnswer; readonly follow: () => Promise<void> }

const nothing = (): Promise<void> => Promise.resolve()

const answerOf = (run: ResetRun, refusal: SubmitPasswordAnswer['refusal']): Submitted => ({
  answer: { action: run.state, refusal, triesLeft: run.triesLeft },
  follow: nothing,
})

/** Intent → act, one try → read back → record. A timeout is never a reason to act again (security.md R4). */
export const submitPassword = async (acting: Acting, inputId: string): Promise<Submitted> => {
  const { run, activities, at } = acting
  if (run.isOver) throw refuse('grant_unusable')
  const operation = run.nextOperation()
  const intent = await activities.recordIntent({ operation, seq: run.nextSeq(), at: at() })
  if (intent.refusal !== null) {
    await activities.recordAction(run.move('failed', at(), intent.refusal))
    return answerOf(run, intent.refusal)
  }
  run.follow('in_progress')
  const said = await write(acting, operation, inputId)
  if (said.kind === 'password_refused') return passwordRefused(acting, said.triesLeft)
  if (said.kind === 'refused') {
    await activities.recordAction(run.move('failed', at(), said.reason, operation.operationId))
    return answerOf(run, said.reason)
  }
  return readBack(acting, operation)
}

/** The one write. When its answer is lost, reading back decides. */
const write = async (
  { activities }: Acting,
  operation: OperationRef,
  inputId: string,
): Promise<SetPasswordAnswer | { readonly kind: 'lost' }> => {
  try {
    return await activities.setPassword({ operation, inputId })
  } catch (error) {
    log.warn('the answer of a directory write was lost', { error: String((error as Error).name) })
    return { kind: 'lost' }
  }
}

const passwordRefused = async (acting: Acting, triesLeft: number): Promise<Submitted> => {
  const { run, activities, at } = acting
  run.triesLeft = triesLeft
  await activities.recordAction(
    triesLeft > 0
      ? run.move('granted', at(), 'password_refused')
      : run.move('failed', at(), 'password_refused'),
  )
  return answerOf(run, 'password_refused')
}

const readBack = async (acting: Acting, operation: OperationRef): Promise<Submitted> => {
  const { run, activities, at } = acting
  const { kind } = await activities.readBack({ operation }).catch(() => ({ kind: 'unknown' as const }))
  if (kind !== 'done') {
    const state = kind === 'unknown' ? 'unknown' : 'failed'
    await activities.recordAction(run.move(state, at(), `read_back_${kind}`, operation.operationId))
    return answerOf(run, kind === 'unknown' ? null : 'directory_refused')
  }
  await activities.recordAction(run.move('completed', at(), null, operation.operationId))
  const seq = run.nextSeq()
  return { ...answerOf(run, null), follow: () => tidyUp(acting, operation, seq) }
}

/** What follows a new password where the directory offers it; its failure changes nothing about the reset. */
const tidyUp = async ({ activities, at }: Acting, operation: OperationRef, seq: number): Promise<void> => {
  await attempt('clear_lockout', () => activities.clearLockout({ operation }))
  await attempt('end_sessions', () => activities.endSessions({ operation, seq, at: at() }))
}

const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    log.warn('a step after a reset failed', { what, error: String((error as Error).name) })
  }
}

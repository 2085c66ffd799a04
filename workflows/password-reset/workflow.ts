import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import { refuse } from '../failures.ts'
import { Inbox } from '../inbox.ts'
import {
  resetViewQuery,
  revokeSignal,
  submitPasswordUpdate,
  type PasswordResetInput,
  type RevokeInput,
  type SubmitInput,
} from '../messages.ts'
import { Publisher } from '../publish.ts'
import { submitPassword, type Acting } from './act.ts'
import { activitiesFor } from './activities.ts'
import { ResetRun } from './run.ts'
import { Turn } from './turn.ts'

/** Sets a new password under a grant: intent, one guarded write, read back, recorded. Outlives its verification. */
export async function passwordReset(input: PasswordResetInput): Promise<void> {
  const { workflowId, runId, runStartTime } = workflowInfo()
  const run = new ResetRun(input, { workflowId, runId, startedMs: runStartTime.getTime() })
  const acting: Acting = {
    run,
    activities: activitiesFor(input.queuePrefix),
    at: () => new Date(Date.now()).toISOString(),
  }
  const inbox = new Inbox()
  const publisher = new Publisher({ state: run.state })
  listen(inbox, acting)
  const turn = turnOf(input, inbox, acting, publisher)
  try {
    await turn?.come()
    if (!run.isOver) await CancellationScope.nonCancellable(() => grant(acting, input.grantSeconds))
    publisher.show({ state: run.state })
    const clock = { isOver: false }
    void ring(input.grantSeconds, clock)
    await live(inbox, acting, clock, publisher)
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => giveUp(inbox, acting, publisher))
    throw error
  }
  await CancellationScope.nonCancellable(() => inbox.workOff(allHandlersFinished))
}

/** What is waited for before the grant; null for a child that an earlier release started. */
const turnOf = (
  { returning, queuePrefix }: PasswordResetInput,
  inbox: Inbox,
  acting: Acting,
  publisher: Publisher,
): Turn | null => {
  if (returning === undefined) return null
  const { run, at } = acting
  const show = (): void => {
    publisher.show({ state: run.state })
  }
  return new Turn(
    { run, inbox, at, show, expire: () => end(acting, 'expired', 'time_over'), queuePrefix },
    returning,
  )
}

/** The grant is signed now, when the decision is stored and the participant is present (security.md F3). */
const grant = async ({ run, activities, at }: Acting, grantSeconds: number): Promise<void> => {
  const answer = await activities.issueGrant({ reset: run.reset, seq: run.nextSeq(), grantSeconds, at: at() })
  run.grantId = answer.grantId ?? ''
  run.follow(answer.grantId === null ? 'failed' : 'granted')
}

const ring = async (seconds: number, clock: { isOver: boolean }): Promise<void> => {
  try {
    await sleep(Math.max(seconds * 1000, 1))
    clock.isOver = true
  } catch (error) {
    if (!isCancellation(error)) throw error
  }
}

/** The main loop. No history of a reset grows long: a grant lives minutes and allows four passwords. */
const live = async (
  inbox: Inbox,
  acting: Acting,
  clock: { readonly isOver: boolean },
  publisher: Publisher,
): Promise<void> => {
  while (!acting.run.isOver) {
    await condition(() => !inbox.isEmpty || clock.isOver)
    if (inbox.isEmpty) inbox.leave(() => end(acting, 'expired', 'time_over'))
    await inbox.workOnce()
    publisher.show({ state: acting.run.state })
  }
}

/** An operator cancelled the workflow: the grant is void, the row says so, and everybody who waits has an answer. */
const giveUp = async (inbox: Inbox, acting: Acting, publisher: Publisher): Promise<void> => {
  await end(acting, 'failed', 'cancelled')
  publisher.show({ state: acting.run.state })
  await inbox.workOff(allHandlersFinished)
}

const end = async ({ run, activities, at }: Acting, state: 'expired' | 'failed', reason: string) => {
  if (!run.isOver) await activities.recordAction(run.move(state, at(), reason))
}

/** All handlers, before the first await. */
const listen = (inbox: Inbox, acting: Acting): void => {
  const { run } = acting
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
        if (run.isOver) throw refuse('grant_unusable')
      },
    },
  )
  setHandler(revokeSignal, (said) => {
    if (run.isFirst(said.reportId)) inbox.leave(() => revoke(acting, said), true)
  })
  setHandler(resetViewQuery, () => ({ action: run.state, seq: run.seq }))
}

const revoke = (acting: Acting, said: RevokeInput): Promise<void> =>
  end(acting, 'failed', said.reason ?? 'reported')

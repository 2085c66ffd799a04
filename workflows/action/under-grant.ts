import {
  allHandlersFinished,
  CancellationScope,
  condition,
  isCancellation,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import { Inbox } from '../inbox.ts'
import { resetViewQuery, revokeSignal, type PasswordResetInput, type RevokeInput } from '../messages.ts'
import type { GrantActivities, IssueGrantAnswer } from './activity-types.ts'
import { ResetRun } from './run.ts'
import { WaitBeforeGrant } from './wait-before-grant.ts'
import { Publisher } from '../progress.ts'
import { attempt } from './attempt.ts'

/*
 * Every child that acts has the same life: it waits, its grant is signed, it does one thing after the other while the grant
 * lives, and its end is recorded, whatever ends it.
 */

/** The parts that the steps of a child share. */
export type Acting<Activities extends GrantActivities = GrantActivities> = {
  readonly run: ResetRun
  readonly activities: Activities
  readonly at: () => string
}

/** A child's own part, beside the waiting. */
export type OwnPart<Activities extends GrantActivities> = {
  /** Its own handlers, set before the first await. */
  readonly listen?: (inbox: Inbox, acting: Acting<Activities>) => void
  /** Starts the act at once, under a grant that was signed; absent where the child waits for the participant. */
  readonly begin?: (acting: Acting<Activities>) => Promise<void>
}

/** Lives under a grant, from its signature to the end of what it allows. */
export const liveUnderGrant = async <Activities extends GrantActivities>(
  input: PasswordResetInput,
  activities: Activities,
  { listen, begin }: OwnPart<Activities>,
): Promise<void> => {
  const { workflowId, runId, runStartTime } = workflowInfo()
  const run = new ResetRun(input, { workflowId, runId, startedMs: runStartTime.getTime() })
  const acting: Acting<Activities> = { run, activities, at: () => new Date(Date.now()).toISOString() }
  const inbox = new Inbox()
  const publisher = new Publisher({ state: run.state })
  listen?.(inbox, acting)
  listenToAll(inbox, acting)
  const wait = new WaitBeforeGrant(
    {
      ...{ run, inbox, at: acting.at, queuePrefix: input.queuePrefix },
      show: () => {
        publisher.show({ state: run.state })
      },
      expire: () => end(acting, 'expired', 'time_over'),
    },
    input.returning,
  )
  try {
    await wait.over()
    if (!run.isOver) await CancellationScope.nonCancellable(() => grant(acting, input.grantSeconds))
    publisher.show({ state: run.state })
    // An act that could not begin ends with its grant, like one that nobody came for.
    if (begin !== undefined && !run.isOver) inbox.leave(() => attempt('begin', () => begin(acting)))
    const clock = { isOver: false }
    void ring(input.grantSeconds, clock)
    await live(inbox, acting, clock, publisher)
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => giveUp(inbox, acting, publisher))
    throw error
  }
  await CancellationScope.nonCancellable(() => inbox.workOff(allHandlersFinished))
}

const stateAfter = ({ grantId, reason }: IssueGrantAnswer): 'granted' | 'expired' | 'failed' => {
  if (grantId !== null) return 'granted'
  return reason === 'time_over' ? 'expired' : 'failed'
}

/** The grant is signed now, when the decision is stored and the participant is present (F3). */
const grant = async ({ run, activities, at }: Acting, grantSeconds: number): Promise<void> => {
  const { reset, returnedSessionId } = run
  const asked = { reset, seq: run.nextSeq(), grantSeconds, returnedSessionId, at: at() }
  const answer = await activities.issueGrant(asked)
  run.grantId = answer.grantId ?? ''
  run.follow(stateAfter(answer))
}

const ring = async (seconds: number, clock: { isOver: boolean }): Promise<void> => {
  try {
    await sleep(Math.max(seconds * 1000, 1))
    clock.isOver = true
  } catch (error) {
    if (!isCancellation(error)) throw error
  }
}

/** The main loop. No history of a child grows long: a grant lives minutes and allows four tries at most. */
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

const listenToAll = (inbox: Inbox, acting: Acting): void => {
  const { run } = acting
  setHandler(revokeSignal, (said) => {
    if (run.isFirst(said.reportId)) inbox.leave(() => revoke(acting, said), true)
  })
  setHandler(resetViewQuery, () => ({ action: run.state, seq: run.seq }))
}

const revoke = (acting: Acting, said: RevokeInput): Promise<void> =>
  end(acting, 'failed', said.reason ?? 'reported')

import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow'
import type { Move } from '#domain/verification/state.ts'
import { Inbox } from '../inbox.ts'
import {
  answersCompletedSignal,
  cancelUpdate,
  decideUpdate,
  deliveryReportedSignal,
  openUpdate,
  reportedSignal,
  resendUpdate,
  submitMatchCodeUpdate,
  submitSecondCodeUpdate,
  viewQuery,
  type ActorRef,
  type CancelInput,
  type DeliveryReport,
  type ResendInput,
  type SubmitInput,
  type VerificationInput,
} from '../messages.ts'
import { startReset } from '../password-reset/start.ts'
import { activitiesFor } from './activities.ts'
import { complete, decide, sendSecondCode, tryMatchCode, trySecondCode, type Act } from './deciding.ts'
import { record } from './recorder.ts'
import { VerificationRun, type MoveDetail } from './run.ts'
import { open, resend, type Steps } from './sending.ts'

const system: ActorRef = { kind: 'system', id: 'workflow' }

/** One verification from its link to its decision. The only writer of the case's state. */
export async function verification(input: VerificationInput): Promise<void> {
  const info = workflowInfo()
  const run = new VerificationRun(input, { runId: info.runId, startedMs: info.runStartTime.getTime() })
  const steps: Steps = {
    run,
    activities: activitiesFor(input.queuePrefix),
    lifetimes: input.lifetimes,
    now: () => Date.now(),
  }
  const inbox = new Inbox()
  listen(inbox, steps, input)

  const clock = { isOver: false }
  void ring(run.deadlineMs - Date.now(), clock)
  try {
    await live(inbox, steps, clock, input)
    await condition(allHandlersFinished)
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => giveUp(steps))
    throw error
  }
}

/** Turns the clock over when the time is up; cancelled with the workflow. */
const ring = async (ms: number, clock: { isOver: boolean }): Promise<void> => {
  try {
    await sleep(Math.max(ms, 1))
    clock.isOver = true
  } catch (error) {
    if (!isCancellation(error)) throw error
  }
}

/** The main loop: one piece of work after the other, until the case is closed. */
const live = async (
  inbox: Inbox,
  steps: Steps,
  clock: { readonly isOver: boolean },
  input: VerificationInput,
): Promise<void> => {
  const { run } = steps
  while (run.isOpen) {
    await condition(() => !inbox.isEmpty || clock.isOver)
    if (!(await inbox.workOnce())) await close(steps, 'expire', system)
    if (run.isOpen && inbox.isEmpty && workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
      await continueAsNew<typeof verification>({ ...input, carried: run.carried })
    }
  }
  // Whoever came too late is told so, by the same check that everyone passes.
  while (await inbox.workOnce());
}

const close = async (steps: Steps, move: Move, actor: ActorRef, detail: MoveDetail = {}): Promise<void> => {
  // A case that was started but never opened has nothing to record yet.
  if (steps.run.snapshot.seq === 0) steps.run.create(actor, steps.now())
  steps.run.move(move, actor, steps.now(), detail)
  await record(steps.run, steps.activities)
}

const giveUp = async (steps: Steps): Promise<void> => {
  if (steps.run.isOpen) await close(steps, 'cancel', system, { reason: 'workflow_cancelled' })
}

/** All handlers, before the first await. */
const listen = (inbox: Inbox, steps: Steps, input: VerificationInput): void => {
  const { run } = steps
  const allows =
    <Input>(move: Move): ((input: Input) => void) =>
    () => {
      mayJudge(inbox, run, move)
    }
  const act: Act = (childId) => startReset(input, childId)

  setHandler(openUpdate, () => inbox.ask(() => open(steps, input)))
  setHandler(resendUpdate, (target) => inbox.ask(() => resend(steps, target)), {
    validator: allows<ResendInput>('deliver'),
  })
  setHandler(
    submitMatchCodeUpdate,
    ({ inputId }) =>
      inbox.ask(async () => {
        const answer = await tryMatchCode(steps, inputId)
        if (answer.accepted && answer.route === 'second_contact')
          inbox.leave(() => sendSecondCode(steps), true)
        return answer
      }),
    { validator: allows<SubmitInput>('open') },
  )
  setHandler(
    submitSecondCodeUpdate,
    ({ inputId }) =>
      inbox.ask(async () => {
        const answer = await trySecondCode(steps, inputId)
        if (answer.accepted && run.isFirst(inputId)) inbox.leave(() => complete(steps, inputId, act), true)
        return answer
      }),
    { validator: allows<SubmitInput>('complete') },
  )
  setHandler(decideUpdate, (said) => inbox.ask(() => decide(steps, said, act)), {
    validator: ({ decision }) => {
      mayJudge(inbox, run, decision === 'approved' ? 'approve' : 'refuse')
    },
  })
  setHandler(cancelUpdate, (said) => inbox.ask(() => cancel(steps, said)), {
    validator: allows<CancelInput>('cancel'),
  })
  setHandler(answersCompletedSignal, ({ completionId }) => {
    if (run.isFirst(completionId)) inbox.leave(() => complete(steps, completionId, act))
  })
  setHandler(deliveryReportedSignal, (report) => {
    if (run.isFirst(report.reportId)) inbox.leave(() => noteDelivery(steps, report))
  })
  setHandler(reportedSignal, ({ reportId }) => {
    if (run.isFirst(reportId)) inbox.leave(() => endReported(steps, reportId), true)
  })
  setHandler(viewQuery, () => run.view)
}

/** Turns away what is illegal now, unless something is under way that may make it legal. */
const mayJudge = (inbox: Inbox, run: VerificationRun, move: Move): void => {
  if (!run.isOpen || !inbox.isBusy) run.mustAllow(move)
}

const cancel = async (steps: Steps, said: CancelInput) => {
  steps.run.mustAllow('cancel')
  await close(steps, 'cancel', said.actor, { reason: said.reason })
  return { state: steps.run.state }
}

/** "This was not me": the freeze itself is the API's transaction; this moves the case (B9, B13). */
const endReported = async (steps: Steps, reportId: string): Promise<void> => {
  if (!steps.run.isOpen) return
  await close(steps, 'report', { kind: 'participant', id: steps.run.case.personId }, { ref: reportId })
}

/** What the provider says later: information, never evidence (Q2). */
const noteDelivery = async (steps: Steps, report: DeliveryReport): Promise<void> => {
  const { run, activities } = steps
  if (run.snapshot.seq === 0) return
  const isLost = report.status === 'undelivered' && report.deliveryId === run.snapshot.linkDeliveryId
  if (isLost && run.state === 'link_sent') {
    run.move('fail_delivery', { kind: 'provider', id: 'report' }, steps.now(), { ref: report.deliveryId })
  }
  await record(run, activities, [report])
}

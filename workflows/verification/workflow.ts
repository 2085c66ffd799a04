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
import { refusalIn } from '../failures.ts'
import { Inbox } from '../inbox.ts'
import {
  answerApproverUpdate,
  answersCompletedSignal,
  askApproverUpdate,
  cancelUpdate,
  decideUpdate,
  deliveryReportedSignal,
  openUpdate,
  reportedSignal,
  resendUpdate,
  submitMatchCodeUpdate,
  submitPasskeyUpdate,
  submitProviderSignInUpdate,
  submitPushUpdate,
  submitRecoveryCodeUpdate,
  submitSecondCodeUpdate,
  viewQuery,
  type ActorRef,
  type AskApproverInput,
  type CancelInput,
  type DecideInput,
  type DeliveryReport,
  type ResendInput,
  type SubmitInput,
  type VerificationInput,
} from '../messages.ts'
import { startReset } from '../action/start.ts'
import { Publisher } from '../progress.ts'
import { updateId } from '../update-id.ts'
import { activitiesFor } from './activities.ts'
import { askOnce, byStaff, type Ask } from './asking.ts'
import {
  complete,
  sendSecondCode,
  tryMatchCode,
  tryPasskey,
  tryProviderSignIn,
  tryPush,
  tryRecoveryCode,
  trySecondCode,
  type Follow,
} from './deciding.ts'
import { record } from './recorder.ts'
import { VerificationRun, type MoveDetail } from './run.ts'
import { awaitSecond, decideByStaff } from './second-approval.ts'
import { open, resend, type Steps } from './sending.ts'
import type { StaffRequest } from './activity-types.ts'
import { endUnopened } from './unopened.ts'
import {
  askByStaff,
  awaitAnswer,
  followOf,
  hearApprover,
  mustAllowAsking,
  type Vouching,
} from './vouching.ts'

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
  const vouching: Vouching = { steps, inbox, act: (childId) => startReset(input, childId) }
  listen(vouching, input)
  // An earlier run may have left an approver to wait for.
  void awaitAnswer(vouching)
  void awaitSecond(vouching)
  void endUnopened(steps, inbox, () => close(steps, 'expire', system, { reason: 'unopened' }))

  const clock = { isOver: false }
  void ring(run.deadlineMs - Date.now(), clock)
  const publisher = new Publisher({ state: run.state, band: run.band })
  try {
    await live(inbox, steps, clock, input, publisher)
  } catch (error) {
    if (isCancellation(error)) await CancellationScope.nonCancellable(() => giveUp(inbox, steps, publisher))
    throw error
  }
  await CancellationScope.nonCancellable(() => inbox.workOff(allHandlersFinished))
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
  publisher: Publisher,
): Promise<void> => {
  const { run } = steps
  // A history that is long is handed over between two pieces of work, once everybody has had an answer.
  const isTooLong = (): boolean =>
    workflowInfo().continueAsNewSuggested && inbox.isEmpty && allHandlersFinished()
  while (run.isOpen) {
    await condition(() => !inbox.isEmpty || clock.isOver || isTooLong())
    if (clock.isOver && inbox.isEmpty) inbox.leave(() => close(steps, 'expire', system))
    if (await inbox.workOnce()) publisher.show({ state: run.state, band: run.band })
    else await continueAsNew<typeof verification>({ ...input, carried: run.carried })
  }
}

const close = async (steps: Steps, move: Move, actor: ActorRef, detail: MoveDetail = {}): Promise<void> => {
  // A case that was started but never opened has nothing to record yet.
  if (steps.run.snapshot.seq === 0) steps.run.create(actor, steps.now())
  steps.run.move(move, actor, steps.now(), detail)
  await record(steps.run, steps.activities)
}

/** An operator cancelled the workflow: the row says so, and everybody who waits has an answer. */
const giveUp = async (inbox: Inbox, steps: Steps, publisher: Publisher): Promise<void> => {
  const { run } = steps
  if (run.isOpen) await close(steps, 'cancel', system, { reason: 'workflow_cancelled' })
  publisher.show({ state: run.state, band: run.band })
  await inbox.workOff(allHandlersFinished)
}

/** Further evidence that the participant was asked for: either completes the answers. */
const listenForEvidence = (inbox: Inbox, steps: Steps, follow: Follow): void => {
  const { run } = steps
  const ask: Ask = (work) => askOnce(inbox, run, work)
  const validator = (_: SubmitInput): void => {
    mayJudge(inbox, run, 'complete')
  }
  setHandler(
    submitSecondCodeUpdate,
    ({ inputId }) =>
      ask(async () => {
        const answer = await trySecondCode(steps, inputId)
        if (answer.accepted && run.isFirst(inputId)) inbox.leave(() => complete(steps, inputId, follow), true)
        return answer
      }),
    { validator },
  )
  const completing =
    <Answer extends { readonly isOver: boolean }>(work: (steps: Steps, inputId: string) => Promise<Answer>) =>
    ({ inputId }: SubmitInput): Promise<Answer> =>
      ask(async () => {
        const answer = await work(steps, inputId)
        if (answer.isOver && run.isFirst(inputId)) inbox.leave(() => complete(steps, inputId, follow), true)
        return answer
      })
  setHandler(submitPasskeyUpdate, completing(tryPasskey), { validator })
  setHandler(submitProviderSignInUpdate, completing(tryProviderSignIn), { validator })
  setHandler(submitPushUpdate, completing(tryPush), { validator })
  setHandler(submitRecoveryCodeUpdate, completing(tryRecoveryCode), { validator })
}

/** All handlers, before the first await. */
const listen = (vouching: Vouching, input: VerificationInput): void => {
  const { steps, inbox } = vouching
  const { run } = steps
  const follow = followOf(vouching)
  const allows =
    <Input>(moveOf: (input: Input) => Move): ((input: Input) => void) =>
    (update) => {
      mayJudge(inbox, run, moveOf(update))
    }
  const ask = <Answer>(work: () => Promise<Answer>): Promise<Answer> => askOnce(inbox, run, work)

  setHandler(openUpdate, () => ask(() => open(steps, input)))
  setHandler(
    resendUpdate,
    byStaff(ask, (target: ResendInput, staffRequest) => resend(steps, target, staffRequest)),
    {
      validator: allows<ResendInput>(() => 'deliver'),
    },
  )
  setHandler(
    submitMatchCodeUpdate,
    ({ inputId }) =>
      ask(async () => {
        const answer = await tryMatchCode(steps, inputId)
        if (answer.accepted && answer.route === 'second_contact')
          inbox.leave(() => sendSecondCode(steps), true)
        return answer
      }),
    { validator: allows<SubmitInput>(() => 'open') },
  )
  listenForEvidence(inbox, steps, follow)
  listenToApprovers(vouching, ask)
  setHandler(
    decideUpdate,
    byStaff(ask, (input: DecideInput, staffRequest) => decideByStaff(vouching, input, staffRequest)),
    {
      validator: allows<DecideInput>(({ decision }) => (decision === 'approved' ? 'approve' : 'refuse')),
    },
  )
  setHandler(
    cancelUpdate,
    byStaff(ask, (input: CancelInput, staffRequest) => cancel(steps, input, staffRequest)),
    {
      validator: allows<CancelInput>(() => 'cancel'),
    },
  )
  setHandler(answersCompletedSignal, ({ completionId }) => {
    if (run.isFirst(completionId)) inbox.leave(() => complete(steps, completionId, follow))
  })
  setHandler(deliveryReportedSignal, (report) => {
    if (run.isFirst(report.reportId)) inbox.leave(() => noteDelivery(steps, report))
  })
  setHandler(reportedSignal, ({ reportId }) => {
    if (run.isFirst(reportId)) inbox.leave(() => endReported(steps, reportId), true)
  })
  setHandler(viewQuery, () => run.view)
}

/** Asking an approver to vouch is no move of the table: the case keeps its state until they have answered. */
const listenToApprovers = (vouching: Vouching, ask: Ask): void => {
  const { steps, inbox } = vouching
  const mayAsk = (): void => {
    const isAnswered = steps.run.answerTo(updateId()) !== undefined
    if (!isAnswered && (!steps.run.isOpen || !inbox.isBusy)) mustAllowAsking(steps)
  }
  setHandler(
    askApproverUpdate,
    byStaff(ask, (input: AskApproverInput, staffRequest) => askByStaff(vouching, input, staffRequest)),
    {
      validator: (_said: AskApproverInput) => {
        mayAsk()
      },
    },
  )
  setHandler(answerApproverUpdate, ({ inputId }) => ask(() => hearApprover(vouching, inputId)), {
    validator: (_said: SubmitInput) => {
      mayAsk()
    },
  })
}

/** Turns away what is illegal now, unless something is under way that may make it legal, or it was answered before. */
const mayJudge = (inbox: Inbox, run: VerificationRun, move: Move): void => {
  if (run.answerTo(updateId()) !== undefined) return
  if (!run.isOpen || !inbox.isBusy) run.mustAllow(move)
}

const cancel = async (steps: Steps, { actor, reason }: CancelInput, staffRequest: StaffRequest) => {
  const { run } = steps
  run.mustAllow('cancel')
  const before = run.snapshot
  try {
    await close(steps, 'cancel', actor, { reason, staffRequest })
  } catch (error) {
    run.takeBack(before)
    throw refusalIn(error) ?? error
  }
  return { state: run.state }
}

/** "This was not me": the freeze itself is the API's transaction; this moves the case (B9, B13). */
const endReported = async (steps: Steps, reportId: string): Promise<void> => {
  const { run } = steps
  if (!run.isOpen) return
  const before = run.snapshot
  try {
    await close(steps, 'report', { kind: 'participant', id: run.case.personId }, { ref: reportId })
  } catch (error) {
    if (refusalIn(error) === undefined) throw error
    // No report is stored: the case continues.
    run.takeBack(before)
  }
}

/** Records the provider's later report: information, never evidence (Q2). */
const noteDelivery = async (steps: Steps, report: DeliveryReport): Promise<void> => {
  const { run, activities } = steps
  if (run.snapshot.seq === 0) return
  const isLost = report.status === 'undelivered' && report.deliveryId === run.snapshot.linkDeliveryId
  if (isLost && run.state === 'link_sent') {
    run.move('fail_delivery', { kind: 'provider', id: 'report' }, steps.now(), { ref: report.deliveryId })
  }
  await record(run, activities, [report])
}

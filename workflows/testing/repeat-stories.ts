/** Stories in which messages come twice, too late, or where they are turned away. */
import { setTimeout as rest } from 'node:timers/promises'
import { WorkflowUpdateStage } from '@temporalio/client'
import {
  answerApproverUpdate,
  answersCompletedSignal,
  askApproverUpdate,
  cancelUpdate,
  deliveryReportedSignal,
  reportedSignal,
  revokeSignal,
} from '../messages.ts'
import { first } from './approval-stories.ts'
import { lacking } from './approver-stories.ts'
import { ask } from './purpose-stories.ts'
import { lost, submit } from './reset-stories.ts'
import { agent, complete, decide, open, typeCode } from './story-steps.ts'
import type { RunningStory, Story } from './story.ts'

/** @throws unless the workflow turns the update away */
const mustBeRefused = async (update: Promise<unknown>): Promise<void> => {
  const isTaken = await update.then(
    () => true,
    () => false,
  )
  if (isTaken) throw new Error('an update was taken that should have been refused')
}

const cancel = ({ handle }: RunningStory): Promise<unknown> =>
  handle.executeUpdate(cancelUpdate, { args: [{ actor: agent, reason: 'done' }], updateId: 'cancel-1' })

const askApprover = ({ handle }: RunningStory, updateId: string): Promise<unknown> =>
  handle.executeUpdate(askApproverUpdate, { args: [{ actor: agent }], updateId })

/** Played like all others. */
export const repeatStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'delivery-reported-before-it-is-opened',
    script: {},
    play: async (running) => {
      const report = { reportId: 'report-1', deliveryId: 'delivery-1', status: 'delivered' } as const
      // A message that comes with the start itself is handled in the order in which handlers are set, the opening
      // first.
      await running.hasBegun()
      await running.handle.signal(deliveryReportedSignal, report)
      await open(running)
      await cancel(running)
    },
  },
  {
    name: 'completed-twice-and-not-scored-at-first',
    script: {
      scoreVerification: (call) =>
        call === 1 ? lost() : { ...lacking, moves: ['complete', 'hand_over'], asksApprover: false },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      // A repeat that comes before the failure is the repeat of what is under way, and counts for nothing.
      await running.hasFailed()
      await complete(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await decide(running, 'approved')
    },
  },
  {
    name: 'reported-twice-while-it-ends',
    script: { recordTransition: (call, cue) => (call === 2 ? cue : undefined) },
    play: async (running) => {
      await open(running)
      await mustBeRefused(askApprover(running, 'ask-1'))
      await running.handle.signal(reportedSignal, { reportId: 'report-1' })
      await running.hasAsked('recordTransition', 2)
      await running.handle.signal(reportedSignal, { reportId: 'report-1' })
      await running.handle.signal(reportedSignal, { reportId: 'report-2' })
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      const asked = await running.handle.startUpdate(askApproverUpdate, {
        args: [{ actor: agent }],
        updateId: 'ask-2',
        waitForStage: WorkflowUpdateStage.ACCEPTED,
      })
      running.giveCue()
      await mustBeRefused(asked.result())
    },
  },
  {
    name: 'approver-answers-as-the-time-ends',
    script: {
      scoreVerification: (call) =>
        call === 1 ? lacking : { ...lacking, moves: ['complete', 'hand_over'], asksApprover: false },
      askApprover: { asked: true, seconds: 1 },
      acceptApproverAnswer: async (_call, cue) => {
        await cue
        return { accepted: true, said: 'yes' }
      },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await running.hasAsked('askApprover')
      const said = await running.handle.startUpdate(answerApproverUpdate, {
        args: [{ inputId: 'said-1' }],
        updateId: 'said-1',
        waitForStage: WorkflowUpdateStage.ACCEPTED,
      })
      await running.hasRung()
      running.giveCue()
      await said.result()
      await running.reaches('awaiting_decision')
      await decide(running, 'approved')
    },
  },
  {
    name: 'cancelled-while-two-are-awaited',
    isCancelled: true,
    script: { recordDecision: first('approval-1', 900) },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await askApprover(running, 'ask-1')
      await decide(running, 'approved')
      await running.handle.cancel()
    },
  },
  {
    name: 'first-approval-over-as-it-is-cancelled',
    script: {
      recordDecision: async (_call, cue) => {
        await cue
        return first('approval-1', 1)
      },
      // The first approval ends while the end of the case is recorded.
      recordTransition: (call) => (call === 2 ? rest(2_000) : undefined),
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      const decided = decide(running, 'approved')
      await running.hasAsked('recordDecision')
      const cancelled = await running.handle.startUpdate(cancelUpdate, {
        args: [{ actor: agent, reason: 'done' }],
        updateId: 'cancel-1',
        waitForStage: WorkflowUpdateStage.ACCEPTED,
      })
      running.giveCue()
      await Promise.all([decided, cancelled.result()])
    },
  },
  {
    name: 'no-child-for-its-purpose',
    script: { recordDecision: { refusal: null, moves: ['approve'], childId: 'none' } },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await decide(running, 'approved')
    },
  },
]

/** Runs to the end of a revoked grant, whose record waits for the cue. */
const revokeAndWait = async (running: RunningStory): Promise<void> => {
  await running.reaches('granted')
  await running.handle.signal(revokeSignal, { reportId: 'report-1' })
  await running.hasAsked('recordAction')
}

/** Messages that come late or twice to a password reset. */
export const lateResetStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'told-again-while-it-ends',
    script: { recordAction: (_call, cue) => cue },
    play: async (running) => {
      await revokeAndWait(running)
      await running.handle.signal(revokeSignal, { reportId: 'report-1' })
      await running.handle.signal(revokeSignal, { reportId: 'report-2' })
      await mustBeRefused(submit(running, 'late'))
      running.giveCue()
    },
  },
  {
    name: 'not-to-be-begun',
    script: { recordIntent: { refusal: 'grant_unusable' } },
    play: async (running) => {
      await running.reaches('granted')
      await submit(running, 'a')
    },
  },
  {
    name: 'refused-for-the-last-time',
    script: { setPassword: { kind: 'password_refused', triesLeft: 0 } },
    play: async (running) => {
      await running.reaches('granted')
      await submit(running, 'a')
    },
  },
  {
    name: 'lost-and-not-done',
    script: { setPassword: lost, readBack: { kind: 'not_done' } },
    play: async (running) => {
      await running.reaches('granted')
      await submit(running, 'a')
    },
  },
]

/** Messages that come late or twice to an MFA reset. */
export const lateMfaStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'told-again-while-it-ends',
    script: { recordAction: (_call, cue) => cue },
    play: async (running) => {
      await revokeAndWait(running)
      await mustBeRefused(ask(running))
      running.giveCue()
    },
  },
]

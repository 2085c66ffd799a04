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
import { agent, complete, decide, open, typeCode } from './steps.ts'
import type { Stage, Story } from './story.ts'

/** @throws unless the workflow turns the update away */
const mustBeRefused = async (update: Promise<unknown>): Promise<void> => {
  const isTaken = await update.then(
    () => true,
    () => false,
  )
  if (isTaken) throw new Error('an update was taken that should have been refused')
}

const cancel = ({ handle }: Stage): Promise<unknown> =>
  handle.executeUpdate(cancelUpdate, { args: [{ actor: agent, reason: 'done' }], updateId: 'cancel-1' })

const askApprover = ({ handle }: Stage, updateId: string): Promise<unknown> =>
  handle.executeUpdate(askApproverUpdate, { args: [{ actor: agent }], updateId })

/** Played like all others. */
export const repeatStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'delivery-reported-before-it-is-opened',
    script: {},
    play: async (stage) => {
      const report = { reportId: 'report-1', deliveryId: 'delivery-1', status: 'delivered' } as const
      // What comes with the start itself is handled in the order in which handlers are set, the opening first.
      await stage.hasBegun()
      await stage.handle.signal(deliveryReportedSignal, report)
      await open(stage)
      await cancel(stage)
    },
  },
  {
    name: 'completed-twice-and-not-scored-at-first',
    script: {
      scoreVerification: (call) =>
        call === 1 ? lost() : { ...lacking, moves: ['complete', 'hand_over'], asksApprover: false },
    },
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await stage.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      // A repeat that comes before the failure is the repeat of what is under way, and counts for nothing.
      await stage.hasFailed()
      await complete(stage)
      await stage.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await decide(stage, 'approved')
    },
  },
  {
    name: 'reported-twice-while-it-ends',
    script: { recordTransition: (call, cue) => (call === 2 ? cue : undefined) },
    play: async (stage) => {
      await open(stage)
      await mustBeRefused(askApprover(stage, 'ask-1'))
      await stage.handle.signal(reportedSignal, { reportId: 'report-1' })
      await stage.hasAsked('recordTransition', 2)
      await stage.handle.signal(reportedSignal, { reportId: 'report-1' })
      await stage.handle.signal(reportedSignal, { reportId: 'report-2' })
      await stage.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      const asked = await stage.handle.startUpdate(askApproverUpdate, {
        args: [{ actor: agent }],
        updateId: 'ask-2',
        waitForStage: WorkflowUpdateStage.ACCEPTED,
      })
      stage.giveCue()
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
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await stage.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await stage.hasAsked('askApprover')
      const said = await stage.handle.startUpdate(answerApproverUpdate, {
        args: [{ inputId: 'said-1' }],
        updateId: 'said-1',
        waitForStage: WorkflowUpdateStage.ACCEPTED,
      })
      await stage.hasRung()
      stage.giveCue()
      await said.result()
      await stage.reaches('awaiting_decision')
      await decide(stage, 'approved')
    },
  },
  {
    name: 'cancelled-while-two-are-awaited',
    isCancelled: true,
    script: { recordDecision: first('approval-1', 900) },
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await complete(stage)
      await askApprover(stage, 'ask-1')
      await decide(stage, 'approved')
      await stage.handle.cancel()
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
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await complete(stage)
      const decided = decide(stage, 'approved')
      await stage.hasAsked('recordDecision')
      const cancelled = await stage.handle.startUpdate(cancelUpdate, {
        args: [{ actor: agent, reason: 'done' }],
        updateId: 'cancel-1',
        waitForStage: WorkflowUpdateStage.ACCEPTED,
      })
      stage.giveCue()
      await Promise.all([decided, cancelled.result()])
    },
  },
  {
    name: 'no-child-for-its-purpose',
    script: { recordDecision: { refusal: null, moves: ['approve'], childId: 'none' } },
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await complete(stage)
      await decide(stage, 'approved')
    },
  },
]

/** Runs to the end of a revoked grant, whose record waits for the cue. */
const revokeAndWait = async (stage: Stage): Promise<void> => {
  await stage.reaches('granted')
  await stage.handle.signal(revokeSignal, { reportId: 'report-1' })
  await stage.hasAsked('recordAction')
}

/** Of a reset. */
export const lateResetStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'told-again-while-it-ends',
    script: { recordAction: (_call, cue) => cue },
    play: async (stage) => {
      await revokeAndWait(stage)
      await stage.handle.signal(revokeSignal, { reportId: 'report-1' })
      await stage.handle.signal(revokeSignal, { reportId: 'report-2' })
      await mustBeRefused(submit(stage, 'late'))
      stage.giveCue()
    },
  },
  {
    name: 'not-to-be-begun',
    script: { recordIntent: { refusal: 'grant_unusable' } },
    seconds: 3,
    play: async (stage) => {
      await stage.reaches('granted')
      await submit(stage, 'a')
    },
  },
  {
    name: 'refused-for-the-last-time',
    script: { setPassword: { kind: 'password_refused', triesLeft: 0 } },
    play: async (stage) => {
      await stage.reaches('granted')
      await submit(stage, 'a')
    },
  },
  {
    name: 'lost-and-not-done',
    script: { setPassword: lost, readBack: { kind: 'not_done' } },
    play: async (stage) => {
      await stage.reaches('granted')
      await submit(stage, 'a')
    },
  },
]

/** Of a reset of factors. */
export const lateFactorStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'told-again-while-it-ends',
    script: { recordAction: (_call, cue) => cue },
    play: async (stage) => {
      await revokeAndWait(stage)
      await mustBeRefused(ask(stage))
      stage.giveCue()
    },
  },
]

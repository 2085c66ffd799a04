/** Stories in which somebody is asked to vouch. */
import { answerApproverUpdate, answersCompletedSignal, askApproverUpdate } from '../messages.ts'
import { agent, complete, decide, open, typeCode } from './steps.ts'
import type { Stage, Story } from './story.ts'

const answerAsApprover = async ({ handle }: Stage, inputId: string): Promise<void> => {
  await handle.executeUpdate(answerApproverUpdate, { args: [{ inputId }], updateId: inputId })
}

/** Played like all others. */
export const approverStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'vouched-for',
    script: {
      scoreVerification: (call) => ({
        moves: call === 1 ? [] : ['complete', 'hand_over'],
        recommendation: call === 1 ? 'hold' : 'approve',
        riskTenths: 24,
        band: 'guarded',
        childId: null,
        asksSecondContact: false,
        asksApprover: call === 1,
      }),
      acceptApproverAnswer: (call) =>
        call === 1
          ? { accepted: false, reason: 'code_wrong', triesLeft: 2 }
          : { accepted: true, said: 'yes' },
    },
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await stage.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await stage.reaches('answering')
      await answerAsApprover(stage, 'said-1')
      await answerAsApprover(stage, 'said-2')
      await stage.reaches('awaiting_decision')
      await decide(stage, 'approved')
    },
  },
  {
    name: 'approver-silent-then-asked-again',
    script: {
      scoreVerification: (call) => ({
        moves: call === 2 ? ['complete', 'hand_over'] : [],
        recommendation: call === 3 ? 'approve' : 'hold',
        riskTenths: 24,
        band: 'guarded',
        childId: null,
        asksSecondContact: false,
        asksApprover: call === 1,
      }),
      askApprover: (call) => ({ asked: true, seconds: call === 1 ? 1 : 900 }),
    },
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await complete(stage)
      await stage.handle.executeUpdate(askApproverUpdate, { args: [{ actor: agent }], updateId: 'ask-1' })
      await answerAsApprover(stage, 'said-1')
      await decide(stage, 'approved')
    },
  },
  {
    name: 'approver-denies',
    script: {
      scoreVerification: (call) => ({
        moves: call === 1 ? [] : ['complete', 'refuse'],
        recommendation: call === 1 ? 'hold' : 'refuse',
        riskTenths: 90,
        band: 'high',
        childId: null,
        asksSecondContact: false,
        asksApprover: call === 1,
      }),
      acceptApproverAnswer: { accepted: true, said: 'no' },
    },
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await stage.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await stage.reaches('answering')
      await answerAsApprover(stage, 'said-1')
    },
  },
  {
    name: 'nobody-to-ask',
    script: {
      scoreVerification: (call) => ({
        moves: call === 1 ? [] : ['complete', 'hand_over'],
        recommendation: 'hold',
        riskTenths: 24,
        band: 'guarded',
        childId: null,
        asksSecondContact: false,
        asksApprover: call === 1,
      }),
      askApprover: { asked: false, refusal: 'approver_unavailable' },
    },
    play: async (stage) => {
      await open(stage)
      await typeCode(stage)
      await complete(stage)
      await decide(stage, 'refused')
    },
  },
]

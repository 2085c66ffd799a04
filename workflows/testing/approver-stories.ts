/** Stories in which an approver is asked to vouch. */
import { answerApproverUpdate, answersCompletedSignal, askApproverUpdate } from '../messages.ts'
import { agent, complete, decide, open, typeCode } from './story-steps.ts'
import type { ScoreAnswer } from '../verification/activity-types.ts'
import type { RunningStory, Story } from './story.ts'

const answerAsApprover = async ({ handle }: RunningStory, inputId: string): Promise<void> => {
  await handle.executeUpdate(answerApproverUpdate, { args: [{ inputId }], updateId: inputId })
}

/** The evidence lacks what a yes would complete. */
export const lacking: ScoreAnswer = {
  moves: [],
  recommendation: 'hold',
  riskTenths: 24,
  band: 'guarded',
  childId: null,
  asksSecondContact: false,
  asksApprover: true,
}

/** Weighed first without what is missing, so that an approver is asked; then as given, the last answer again and again. */
const weighed =
  (...later: readonly [Partial<ScoreAnswer>, ...Partial<ScoreAnswer>[]]) =>
  (call: number): ScoreAnswer =>
    call === 1 ? lacking : { ...lacking, asksApprover: false, ...later[Math.min(call - 2, later.length - 1)] }

/** These stories are played like all others. */
export const approverStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'vouched-for',
    script: {
      scoreVerification: weighed({ moves: ['complete', 'hand_over'], recommendation: 'approve' }),
      acceptApproverAnswer: (call) =>
        call === 1
          ? { accepted: false, reason: 'code_wrong', triesLeft: 2 }
          : { accepted: true, said: 'yes' },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await running.reaches('answering')
      await answerAsApprover(running, 'said-1')
      await answerAsApprover(running, 'said-2')
      await running.reaches('awaiting_decision')
      await decide(running, 'approved')
    },
  },
  {
    name: 'approver-silent-then-asked-again',
    script: {
      scoreVerification: weighed({ moves: ['complete', 'hand_over'] }, { recommendation: 'approve' }),
      askApprover: (call) => ({ asked: true, seconds: call === 1 ? 1 : 900 }),
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await running.handle.executeUpdate(askApproverUpdate, { args: [{ actor: agent }], updateId: 'ask-1' })
      await answerAsApprover(running, 'said-1')
      await decide(running, 'approved')
    },
  },
  {
    name: 'approver-denies',
    script: {
      scoreVerification: (call) => ({
        ...weighed({ moves: ['complete', 'refuse'], recommendation: 'refuse' })(call),
        riskTenths: 90,
        band: 'high',
      }),
      acceptApproverAnswer: { accepted: true, said: 'no' },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
      await running.reaches('answering')
      await answerAsApprover(running, 'said-1')
    },
  },
  {
    name: 'nobody-to-ask',
    script: {
      scoreVerification: weighed({ moves: ['complete', 'hand_over'] }),
      askApprover: { asked: false, refusal: 'approver_unavailable' },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await decide(running, 'refused')
    },
  },
]

/** Stories of a password reset. */
import { ApplicationFailure } from '@temporalio/common'
import { revokeSignal, submitPasswordUpdate } from '../messages.ts'
import type { RunningStory, Story } from './story.ts'

export const submit = async ({ handle }: RunningStory, inputId = 'input-1'): Promise<void> => {
  await handle.executeUpdate(submitPasswordUpdate, { args: [{ inputId }], updateId: inputId })
}

/** The answer of a write was lost. Without a stack, which would name places of the machine that recorded it. */
export const lost = (): Promise<never> => {
  const failure = ApplicationFailure.nonRetryable('lost', 'lost')
  failure.stack = ''
  return Promise.reject(failure)
}

/** The endings of a grant. */
export const resetStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'completed',
    script: {},
    play: async (running) => {
      await running.reaches('granted')
      await submit(running)
    },
  },
  {
    name: 'password-refused-first',
    script: {
      setPassword: (call) => (call === 1 ? { kind: 'password_refused', triesLeft: 3 } : { kind: 'accepted' }),
    },
    play: async (running) => {
      await running.reaches('granted')
      await submit(running, 'input-1')
      await submit(running, 'input-2')
    },
  },
  // Nobody looks at it meanwhile: on a busy machine the second is over before the first look.
  { name: 'expired', script: {}, seconds: 1, play: () => Promise.resolve() },
  {
    name: 'revoked',
    script: {},
    play: async (running) => {
      await running.reaches('granted')
      await running.handle.signal(revokeSignal, { reportId: 'report-1' })
    },
  },
  {
    name: 'answer-lost-but-done',
    script: { setPassword: lost },
    play: async (running) => {
      await running.reaches('granted')
      await submit(running)
    },
  },
  {
    name: 'unknown',
    script: {
      setPassword: lost,
      readBack: { kind: 'unknown' },
    },
    play: async (running) => {
      await running.reaches('granted')
      await submit(running)
    },
  },
  {
    name: 'not-written',
    script: { setPassword: { kind: 'refused', reason: 'grant_unusable' } },
    play: async (running) => {
      await running.reaches('granted')
      await submit(running)
    },
  },
  {
    name: 'operator-cancelled',
    script: {},
    isCancelled: true,
    play: async (running) => {
      await running.reaches('granted')
      await running.handle.cancel()
    },
  },
  {
    name: 'no-grant',
    script: { issueGrant: { grantId: null, reason: 'grant_unusable' } },
    play: async () => {},
  },
]

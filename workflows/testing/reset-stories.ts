/** Stories of a password reset. */
import { ApplicationFailure } from '@temporalio/common'
import { revokeSignal, submitPasswordUpdate } from '../messages.ts'
import type { Stage, Story } from './story.ts'

export const submit = async ({ handle }: Stage, inputId = 'input-1'): Promise<void> => {
  await handle.executeUpdate(submitPasswordUpdate, { args: [{ inputId }], updateId: inputId })
}

/** The answer of a write was lost. Without a stack, which would name places of the machine that recorded it. */
export const lost = (): Promise<never> => {
  const failure = ApplicationFailure.nonRetryable('lost', 'lost')
  failure.stack = ''
  return Promise.reject(failure)
}

/** What may become of a grant. */
export const resetStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'completed',
    script: {},
    play: async (stage) => {
      await stage.reaches('granted')
      await submit(stage)
    },
  },
  {
    name: 'password-refused-first',
    script: {
      setPassword: (call) => (call === 1 ? { kind: 'password_refused', triesLeft: 3 } : { kind: 'accepted' }),
    },
    play: async (stage) => {
      await stage.reaches('granted')
      await submit(stage, 'input-1')
      await submit(stage, 'input-2')
    },
  },
  // Nobody looks at it meanwhile: on a busy machine the second is over before the first look.
  { name: 'expired', script: {}, seconds: 1, play: () => Promise.resolve() },
  {
    name: 'revoked',
    script: {},
    play: async (stage) => {
      await stage.reaches('granted')
      await stage.handle.signal(revokeSignal, { reportId: 'report-1' })
    },
  },
  {
    name: 'answer-lost-but-done',
    script: { setPassword: lost },
    play: async (stage) => {
      await stage.reaches('granted')
      await submit(stage)
    },
  },
  {
    name: 'unknown',
    script: {
      setPassword: lost,
      readBack: { kind: 'unknown' },
    },
    play: async (stage) => {
      await stage.reaches('granted')
      await submit(stage)
    },
  },
  {
    name: 'not-written',
    script: { setPassword: { kind: 'refused', reason: 'grant_unusable' } },
    play: async (stage) => {
      await stage.reaches('granted')
      await submit(stage)
    },
  },
  {
    name: 'operator-cancelled',
    script: {},
    isCancelled: true,
    play: async (stage) => {
      await stage.reaches('granted')
      await stage.handle.cancel()
    },
  },
  {
    name: 'no-grant',
    script: { issueGrant: { grantId: null, reason: 'grant_unusable' } },
    play: async () => {},
  },
]

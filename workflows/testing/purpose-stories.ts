/** Stories of the children that unlock an account and that reset factors. */
import { cancelUpdate, openUpdate, resetMfaUpdate, revokeSignal } from '../messages.ts'
import { lost } from './reset-stories.ts'
import type { RunningStory, Story } from './story.ts'

const nothing = async (): Promise<void> => {}

/** A start without an agent on the line: its code goes to another contact, and what is lost of that is not sent again. */
export const startStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'without-agent',
    referrer: 'self_service',
    script: {},
    play: async ({ handle }) => {
      await handle.executeUpdate(openUpdate, { args: [], updateId: 'open-1' })
      await handle.executeUpdate(cancelUpdate, {
        args: [{ actor: { kind: 'agent', id: 'agent-1' }, reason: 'as the story says' }],
        updateId: 'cancel-1',
      })
    },
  },
  {
    name: 'without-agent-code-lost',
    referrer: 'api_client',
    script: { deliverEntryCode: lost },
    play: async ({ handle }) => {
      await handle.executeUpdate(openUpdate, { args: [], updateId: 'open-1' })
      await handle.executeUpdate(cancelUpdate, {
        args: [{ actor: { kind: 'agent', id: 'agent-1' }, reason: 'as the story says' }],
        updateId: 'cancel-1',
      })
    },
  },
]

/** The endings of an unlock, which begins by itself. */
const unlockStories: readonly Omit<Story, 'type'>[] = [
  { name: 'completed', script: {}, play: nothing },
  { name: 'answer-lost-but-done', script: { unlockAccount: lost }, play: nothing },
  { name: 'unknown', script: { unlockAccount: lost, readBack: { kind: 'unknown' } }, play: nothing },
  {
    name: 'not-locked',
    script: { recordIntent: { refusal: 'account_not_locked' } },
    play: nothing,
  },
  {
    name: 'not-written',
    script: { unlockAccount: { kind: 'refused', reason: 'directory_cannot' } },
    play: nothing,
  },
  {
    name: 'no-grant',
    script: { issueGrant: { grantId: null, reason: 'grant_unusable' } },
    play: nothing,
  },
]

export const ask = async ({ handle }: RunningStory): Promise<void> => {
  await handle.executeUpdate(resetMfaUpdate, {
    args: [{ portalSessionId: 'session-1' }],
    updateId: 'session-1',
  })
}

const askedOnce = async (running: RunningStory): Promise<void> => {
  await running.reaches('granted')
  await ask(running)
}

/** The endings of an MFA reset, which waits for the participant. */
const mfaStories: readonly Omit<Story, 'type'>[] = [
  { name: 'completed', script: {}, play: askedOnce },
  { name: 'answer-lost-but-done', script: { resetMfa: lost }, play: askedOnce },
  { name: 'unknown', script: { resetMfa: lost, readBack: { kind: 'unknown' } }, play: askedOnce },
  {
    name: 'not-written',
    script: { resetMfa: { kind: 'refused', reason: 'directory_cannot' } },
    play: askedOnce,
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
]

/** All of them, each with its workflow. */
export const purposeStories: readonly Story[] = [
  ...unlockStories.map((story) => ({ type: 'accountUnlock' as const, ...story })),
  ...mfaStories.map((story) => ({ type: 'mfaReset' as const, ...story })),
]

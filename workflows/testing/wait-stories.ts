/** Stories of what comes between a decision and its grant. */
import {
  revokeSignal,
  sendReturnLinkUpdate,
  stopActionUpdate,
  submitPasswordUpdate,
  submitReturnCodeUpdate,
} from '../messages.ts'
import { agent } from './story-steps.ts'
import type { RunningStory, Story } from './story.ts'

const submit = async ({ handle }: RunningStory): Promise<void> => {
  await handle.executeUpdate(submitPasswordUpdate, { args: [{ inputId: 'input-1' }], updateId: 'input-1' })
}

const typeCode = async ({ handle }: RunningStory, inputId: string): Promise<void> => {
  await handle.executeUpdate(submitReturnCodeUpdate, { args: [{ inputId }], updateId: inputId })
}

const absent = { kind: 'absent', linkOrdinal: 1 } as const

/** Played like all others; `returns`: how long a participant may take to come back. */
export const waitStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'waited-then-done',
    script: { prepareAction: (call) => (call === 1 ? { kind: 'scheduled', seconds: 1 } : { kind: 'ready' }) },
    play: async (running) => {
      await running.reaches('granted')
      await submit(running)
    },
  },
  {
    name: 'stopped-while-scheduled',
    script: {
      prepareAction: { kind: 'scheduled', seconds: 900 },
      stopAction: (call) => ({ refusal: call === 1 ? 'not_permitted' : null }),
    },
    play: async ({ reaches, handle }) => {
      await reaches('scheduled')
      const args = [{ actor: agent, reason: 'they called us' }] as const
      await handle.executeUpdate(stopActionUpdate, { args: [...args], updateId: 'stop-1' })
      await handle.executeUpdate(stopActionUpdate, { args: [...args], updateId: 'stop-2' })
    },
  },
  {
    name: 'came-back',
    script: {
      prepareAction: absent,
      acceptReturnCode: (call) =>
        call === 1
          ? { accepted: false, reason: 'code_wrong', triesLeft: 4 }
          : { accepted: true, portalSessionId: 'session-2', route: 'none' },
    },
    play: async (running) => {
      await running.reaches('awaiting_participant')
      const target = {
        channel: 'email',
        contactId: 'contact-2',
        contactMasked: 'a•••@x',
        actor: agent,
      } as const
      await running.handle.executeUpdate(sendReturnLinkUpdate, { args: [target], updateId: 'send-1' })
      await typeCode(running, 'code-1')
      await typeCode(running, 'code-2')
      await running.reaches('granted')
      await submit(running)
    },
  },
  {
    name: 'never-came-back',
    returns: 1,
    script: { prepareAction: absent },
    // Nobody looks at it meanwhile: on a busy machine the second is over before the first look.
    play: () => Promise.resolve(),
  },
  {
    name: 'reported-while-awaited',
    script: { prepareAction: absent },
    play: async (running) => {
      await running.reaches('awaiting_participant')
      await running.handle.signal(revokeSignal, { reportId: 'report-1' })
    },
  },
]

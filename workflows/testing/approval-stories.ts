/** Stories in which two people approve. */
import { decideUpdate } from '../messages.ts'
import type { RecordDecisionAnswer } from '../verification/activity-types.ts'
import { agent, complete, decide, open, typeCode } from './story-steps.ts'
import type { RunningStory, Story } from './story.ts'

const supervisor = { kind: 'agent', id: 'supervisor-1' } as const

/** A first approval that lives so long. */
export const first = (id: string, seconds: number): RecordDecisionAnswer => ({
  ...{ refusal: null, moves: [], childId: null },
  first: { id, seconds, expiresAt: '2030-01-01T00:00:00.000Z' },
})

const decideAs = async (
  { handle }: RunningStory,
  actor: typeof supervisor,
  updateId: string,
): Promise<void> => {
  const attestation = { steppedUpAt: '2030-01-01T00:00:00.000Z', keyId: 'k', mac: '00' }
  const args = [
    { decision: 'approved', reason: 'as told', actor, screenHash: '1'.repeat(64), attestation },
  ] as const
  await handle.executeUpdate(decideUpdate, { args: [...args], updateId })
}

/** Played like all others. */
export const approvalStories: readonly Omit<Story, 'type'>[] = [
  {
    name: 'approved-by-two',
    script: {
      recordDecision: (call) =>
        call === 1 ? first('approval-1', 900) : { refusal: null, moves: ['approve'], childId: null },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await decide(running, 'approved')
      await decideAs(running, supervisor, 'second-1')
    },
  },
  {
    name: 'first-approval-over',
    script: {
      recordDecision: (call) =>
        call === 1 ? first('approval-1', 1) : { refusal: null, moves: ['refuse'], childId: null },
    },
    play: async (running) => {
      await open(running)
      await typeCode(running)
      await complete(running)
      await decide(running, 'approved')
      await running.hasAsked('endFirstApproval')
      await running.handle.executeUpdate(decideUpdate, {
        args: [{ decision: 'refused', reason: 'as told', actor: agent, screenHash: '0'.repeat(64) }],
        updateId: 'decide-refused',
      })
    },
  },
]

/** Steps that several stories share. */
import { answersCompletedSignal, decideUpdate, openUpdate, submitMatchCodeUpdate } from '../messages.ts'
import type { RunningStory } from './story.ts'

export const agent = { kind: 'agent', id: 'agent-1' } as const
const screenHash = '0'.repeat(64)
export const open = async ({ handle }: RunningStory): Promise<void> => {
  await handle.executeUpdate(openUpdate, { updateId: 'open-1' })
}
export const typeCode = async ({ handle }: RunningStory, inputId = 'input-1'): Promise<void> => {
  await handle.executeUpdate(submitMatchCodeUpdate, { args: [{ inputId }], updateId: inputId })
}
export const complete = async (running: RunningStory): Promise<void> => {
  await running.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
  await running.reaches('awaiting_decision')
}
export const decide = async ({ handle }: RunningStory, decision: 'approved' | 'refused'): Promise<void> => {
  const args = [{ decision, reason: 'as told', actor: agent, screenHash }] as const
  await handle.executeUpdate(decideUpdate, { args: [...args], updateId: `decide-${decision}` })
}

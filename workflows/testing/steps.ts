/** What several stories do. */
import { answersCompletedSignal, decideUpdate, openUpdate, submitMatchCodeUpdate } from '../messages.ts'
import type { Stage } from './story.ts'

export const agent = { kind: 'agent', id: 'agent-1' } as const
const shownHash = '0'.repeat(64)
export const open = async ({ handle }: Stage): Promise<void> => {
  await handle.executeUpdate(openUpdate, { updateId: 'open-1' })
}
export const typeCode = async ({ handle }: Stage, inputId = 'input-1'): Promise<void> => {
  await handle.executeUpdate(submitMatchCodeUpdate, { args: [{ inputId }], updateId: inputId })
}
export const complete = async (stage: Stage): Promise<void> => {
  await stage.handle.signal(answersCompletedSignal, { completionId: 'completion-1' })
  await stage.reaches('awaiting_decision')
}
export const decide = async ({ handle }: Stage, decision: 'approved' | 'refused'): Promise<void> => {
  const args = [{ decision, reason: 'as told', actor: agent, shownHash }] as const
  await handle.executeUpdate(decideUpdate, { args: [...args], updateId: `decide-${decision}` })
}

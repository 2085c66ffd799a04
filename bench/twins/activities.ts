/** Activities that do nothing: what is left is Temporal's own cost. */
import { Context } from '@temporalio/activity'

/** Input of a twin. `load` has the size of a verification's payload, and takes its place. */
export type TwinInput = {
  readonly queuePrefix: string
  readonly seconds: number
  readonly answers: number
  readonly load: string
}

/** `score` is the activity after which an agent decides. */
export type TwinActivities = {
  effect(load: string): Promise<string>
  project(load: string): Promise<string>
  score(load: string): Promise<string>
}

/** About the size of what our activities answer, bytes. */
const answer = 'x'.repeat(150)

/** Makes the activities; `scored` is called with the workflow's id. */
export const createTwinActivities = (scored: (workflowId: string) => void): TwinActivities => ({
  effect: () => Promise.resolve(answer),
  project: () => Promise.resolve(answer),
  score: () => {
    scored(Context.current().info.workflowExecution?.workflowId ?? '')
    return Promise.resolve(answer)
  },
})

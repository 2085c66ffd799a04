import type { WorkflowHandle } from '@temporalio/client'
import type { VerificationInput, workflowTypes } from '../messages.ts'
import type { Script } from './mocks.ts'

/** A story that runs, with everything it may do. */
export type RunningStory = {
  readonly handle: WorkflowHandle
  /** Waits until the workflow's own state is this. */
  reaches(state: string): Promise<void>
  /** Waits until the workflow has asked for this activity, so many times. */
  hasAsked(activity: string, times?: number): Promise<void>
  /** Waits until the workflow's first task is done: what comes now is no longer handled with the start. */
  hasBegun(): Promise<void>
  /** Waits until an activity has failed for good and the workflow has seen it. */
  hasFailed(): Promise<void>
  /** Waits until a timer of the workflow has rung. */
  hasRung(): Promise<void>
  /** Releases the activities that wait for a cue. */
  giveCue(): void
  /**
   * Waits until another run has taken over. On a busy machine one task does what elsewhere are two, and the history stays too
   * short for it: every two seconds `lengthen` adds to it.
   */
  isHandedOver(lengthen: () => Promise<void>): Promise<void>
}

/**
 * One story. `seconds`: lifetime of the verification, or of the grant. `runs`: how many runs it takes on a server that lets
 * histories grow to `longestHistory` events; one where it is absent, and any server will do.
 */
export type Story = {
  readonly type: keyof typeof workflowTypes
  readonly name: string
  readonly script: Script
  readonly seconds?: number
  /** For a reset: the participant may take this long to come back; 900 where it is absent. */
  readonly returns?: number
  readonly purpose?: VerificationInput['purpose']
  /** The kind of referrer that started it; an agent where it is absent. */
  readonly referrer?: Exclude<VerificationInput['referrer']['kind'], 'agent'>
  readonly runs?: number
  /** An operator cancels the workflow, which then ends as cancelled. */
  readonly isCancelled?: true
  play(running: RunningStory): Promise<void>
}

/** Events after which the server of the longer stories suggests to hand over; it is 4,096 elsewhere. */
export const longestHistory = 38

/** Names of what is recorded of a story, one for each of its runs. */
export const recordingsOf = ({ type, name, runs = 1 }: Pick<Story, 'type' | 'name' | 'runs'>): string[] =>
  Array.from({ length: runs }, (_, run) => `${type}/${name}${run === 0 ? '' : `-continued-${String(run)}`}`)

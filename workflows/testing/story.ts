import type { WorkflowHandle } from '@temporalio/client'
import type { VerificationInput } from '../messages.ts'
import type { Script } from './mocks.ts'

/** What a story may do. */
export type Stage = {
  readonly handle: WorkflowHandle
  /** Waits until the workflow's own state is this. */
  reaches(state: string): Promise<void>
}

/** One story. `seconds`: lifetime of the verification, or of the grant. */
export type Story = {
  readonly type: 'verification' | 'passwordReset'
  readonly name: string
  readonly script: Script
  readonly seconds?: number
  readonly purpose?: VerificationInput['purpose']
  play(stage: Stage): Promise<void>
}

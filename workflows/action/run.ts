import type { ActionState } from '#domain/verification/outcome.ts'
import type { PasswordResetInput } from '../messages.ts'
import type { ActionRecord, OperationRef, ResetRef } from './activity-types.ts'

/** The workflow id and the run id of this run. */
export type RunInfo = { readonly workflowId: string; readonly runId: string; readonly startedMs: number }

/** The directory's own rules may refuse this many passwords before the grant is void (N4: at most 3 more). */
export const passwordTries = 4

/** States from which nothing follows. */
const endings: readonly ActionState[] = ['completed', 'failed', 'expired', 'unknown', 'undone']

/** The state of one reset. */
export class ResetRun {
  readonly reset: ResetRef
  grantId = ''
  /** The session in which the participant came back. */
  returnedSessionId: string | null = null
  triesLeft = passwordTries
  #state: ActionState = 'none'
  #seq = 0
  #attempt = 0
  #handled = new Set<string>()

  constructor(input: PasswordResetInput, info: RunInfo) {
    const { tenantId, verificationId, personId, policyVersion } = input
    const run = { id: info.runId, startedAt: new Date(info.startedMs).toISOString() }
    this.reset = { tenantId, verificationId, personId, policyVersion, workflowId: info.workflowId, run }
  }

  get state(): ActionState {
    return this.#state
  }
  get seq(): number {
    return this.#seq
  }
  get isOver(): boolean {
    return endings.includes(this.#state)
  }

  /** The next record's place. */
  nextSeq(): number {
    this.#seq += 1
    return this.#seq
  }

  /** Follows a state that an activity has recorded with its effect. */
  follow(state: ActionState): void {
    this.#state = state
  }

  /** Moves and gives the record of it. */
  move(
    state: ActionState,
    at: string,
    reason: string | null = null,
    operationId: string | null = null,
  ): ActionRecord {
    this.#state = state
    return { reset: this.reset, seq: this.nextSeq(), state, reason, operationId, at }
  }

  /** The next attempt under the grant. */
  nextOperation(): OperationRef {
    this.#attempt += 1
    const operationId = `${this.grantId}.${String(this.#attempt)}`
    return { reset: this.reset, grantId: this.grantId, attempt: this.#attempt, operationId }
  }

  /** True the first time an id is seen. */
  isFirst(id: string): boolean {
    if (this.#handled.has(id)) return false
    this.#handled.add(id)
    return true
  }
}

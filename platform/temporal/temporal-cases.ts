/** The part of the port that the reconciler asks: whether a workflow still runs. */
import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client'
import { searchAttributes } from '#workflows/messages.ts'
import {
  caseHandleOf,
  signalsOver,
  type TemporalClient,
  type VerificationRef,
  type Verifications,
} from './temporal.ts'

/** The state of a workflow. `gone`: closed or unknown to the server · `unclear`: the server does not answer. */
export type WorkflowState = 'running' | 'gone' | 'unclear'

/** Ids of workflows that run, and of their runs. */
export type Running = { readonly ids: ReadonlySet<string>; readonly runs: ReadonlySet<string> }

/** The reconciler's questions about workflows. */
export type CaseWorkflows = Pick<Verifications, 'answersCompleted' | 'reported'> & {
  /**
   * The running workflows of a tenant, in one question however many they are; null: the server does not answer. A
   * moment old.
   */
  runningIn(tenantId: string): Promise<Running | null>
  stateOf(ref: VerificationRef): Promise<WorkflowState>
  /** `resetId`: `actions.workflow_id`; an account's resets share it, so the run is named too. */
  stateOfReset(resetId: string, runId: string): Promise<WorkflowState>
}

/** The reconciler's view over a connection that is already open. */
export const caseWorkflowsOver = (temporal: TemporalClient): CaseWorkflows => {
  const { answersCompleted, reported } = signalsOver(temporal)
  const stateBy = async (handle: WorkflowHandle): Promise<WorkflowState> => {
    try {
      const { status } = await temporal.connection.withDeadline(Date.now() + 5_000, () => handle.describe())
      return status.name === 'RUNNING' ? 'running' : 'gone'
    } catch (error) {
      return error instanceof WorkflowNotFoundError ? 'gone' : 'unclear'
    }
  }
  const runningIn = async (tenantId: string): Promise<Running | null> => {
    const query = `${searchAttributes.tenant.name} = '${tenantId}' and ExecutionStatus = 'Running'`
    const [ids, runs] = [new Set<string>(), new Set<string>()]
    try {
      await temporal.connection.withDeadline(Date.now() + 5_000, async () => {
        for await (const { workflowId: id, runId } of temporal.client.workflow.list({
          query,
          pageSize: 1_000,
        })) {
          ids.add(id)
          runs.add(runId)
        }
      })
      return { ids, runs }
    } catch {
      return null
    }
  }
  return {
    answersCompleted,
    reported,
    runningIn,
    stateOf: (ref) => stateBy(caseHandleOf(temporal.client, ref)),
    stateOfReset: (resetId, runId) => stateBy(temporal.client.workflow.getHandle(resetId, runId)),
  }
}

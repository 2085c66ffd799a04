import { caseWorkflowsOver } from '#platform/temporal/temporal-cases.ts'
import type { TemporalClient } from '#platform/temporal/temporal.ts'
import { until } from './until.ts'

/**
 * Terminates a workflow as an operator does, and waits until the server's list of what runs agrees: the list follows some
 * moments later, and the reconcilers read it.
 */
export const terminate = async (temporal: TemporalClient, tenantId: string, id: string): Promise<void> => {
  await temporal.client.workflow.getHandle(id).terminate('an operator')
  const { runningIn } = caseWorkflowsOver(temporal)
  await until(async () => (await runningIn(tenantId))?.ids.has(id) === false)
}

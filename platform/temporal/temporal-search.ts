/** The part of the port that has the worker ask the directories: the API talks to none. */
import { WorkflowFailedError, type Client } from '@temporalio/client'
import { taskQueues, workflowId, workflowTypes } from '#workflows/messages.ts'
import type {
  DirectorySearchAnswer,
  DirectorySearchInput,
} from '#workflows/directory-search/activity-types.ts'
import type { Reply } from './temporal-acts.ts'

/** A directory has three seconds, and what it says has to be stored; nobody waits longer for an answer. */
const deadlineMs = 8_000

/** A search in the directories. */
export type SearchPort = {
  /** Asks once, and waits for the answer. `pending` and `unavailable`: the result is unknown. */
  searchDirectories(input: Omit<DirectorySearchInput, 'queuePrefix'>): Promise<Reply<DirectorySearchAnswer>>
}

type Within = <Value>(ms: number, call: () => Promise<Value>) => Promise<Reply<Value>>

/** The port over a client. */
export const searchOver = (client: Client, taskQueuePrefix: string, within: Within): SearchPort => ({
  searchDirectories: async (input) => {
    try {
      return await within<DirectorySearchAnswer>(deadlineMs, () =>
        client.workflow.execute(workflowTypes.directorySearch, {
          workflowId: workflowId(input.tenantId, 'directory-search', input.searchId),
          taskQueue: taskQueues(taskQueuePrefix).main,
          args: [{ ...input, queuePrefix: taskQueuePrefix }],
          // Without a worker nothing is left behind.
          workflowExecutionTimeout: 2 * deadlineMs,
        }),
      )
    } catch (error) {
      if (error instanceof WorkflowFailedError) return { kind: 'unavailable' }
      throw error
    }
  },
})

import { proxyActivities } from '@temporalio/workflow'
import { effects } from '../effects.ts'
import { taskQueues } from '../messages.ts'
import type {
  DirectorySearchActivities,
  DirectorySearchAnswer,
  DirectorySearchInput,
} from './activity-types.ts'

/**
 * Asks the directories of a tenant for people, once, while an agent waits: the API talks to no directory. The search has
 * another queue than the writes, so that an agent who searches much keeps no reset waiting.
 */
export async function directorySearch(input: DirectorySearchInput): Promise<DirectorySearchAnswer> {
  const { tenantId, searchId, sealedWords, queuePrefix } = input
  const { searchDirectories } = proxyActivities<DirectorySearchActivities>({
    ...effects.searchDirectory,
    taskQueue: taskQueues(queuePrefix).delivery,
  })
  return searchDirectories({ search: { tenantId, searchId, sealedWords } })
}

import { readDirectoryTrouble } from '#services/people/directory-syncs.ts'
import type { Tx } from '#platform/database/transaction.ts'
import type { Sentence } from '../../contract/common.ts'

/**
 * Explains why facts of a person, or of the organisation, may be old: the directory does not answer, or is not
 * believed. As the last reading found it, a minute ago at most.
 */
export const directoryNote = async (tx: Tx, personId: string | null): Promise<Sentence | null> => {
  const trouble = await readDirectoryTrouble(tx, personId)
  return trouble === null ? null : { key: `warning.directory_${trouble}`, slots: {} }
}
